// Y, N, S and U press the buttons that say so, once, and not while somebody types.
'use strict';
let pressed = false;

addEventListener('pageshow', () => { pressed = false; });
addEventListener('keydown', (event) => {
	const button = document.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);

	if (!button || pressed || event.repeat || event.ctrlKey || event.altKey || event.metaKey ||
		event.target.closest('input, textarea'))
		return;
	pressed = true;
	event.preventDefault();
	button.click();
});
