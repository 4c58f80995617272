// In pages of a preview: loads them again when they changed, lays mistakes over them, and
// says in a bar at the bottom what of the page and the site waits, how the share stands and
// why each conversation is here.  Whatever comes from the archive is only ever text.
'use strict';
(() => {
	const script = document.currentScript;
	let { edition } = script.dataset;
	let waits = 'waits' in script.dataset;
	const whole = 'whole' in script.dataset;        // a shop's
	const here = location.pathname;
	const asked = encodeURIComponent(decodeURIComponent(here));

	// --- What is remembered: of the page in this tab, of the bar for all of them ---

	const recall = (store, key) => {
		try {
			return JSON.parse(store.getItem(key));
		} catch {
			return null;
		}
	};
	const remember = (store, key, value) => {
		try {
			store.setItem(key, JSON.stringify(value));
		} catch {
			// Then it isn't.
		}
	};

	const place = `candor-preview ${here}`;
	let left = null;        // what had the focus before the overlay came
	const focusable = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
	const details = () => [...document.querySelectorAll('details')];

	const reading = () => ({ x: scrollX, y: scrollY, open: details().map((d) => d.open), focus: focusable().indexOf(left || document.activeElement) });

	function reload() {
		remember(sessionStorage, place, reading());
		location.reload();
	}

	function restore(was) {
		if (was.open.length === details().length)
			details().forEach((d, i) => { d.open = was.open[i]; });
		scrollTo({ left: was.x, top: was.y, behavior: 'instant' });
		focusable()[was.focus]?.focus({ preventScroll: true });
	}

	// The new page in place of the old one is there much sooner than by loading it again.
	// That it can't be where scripts, styles or the address ask for more: then it is false.
	const about = (d) => JSON.stringify([...d.querySelectorAll('script:not([data-edition]), link[rel~=stylesheet], style, [http-equiv]')].map((e) => e.outerHTML));

	async function update() {
		const answer = await fetch(`/_candor/page?path=${asked}`);
		const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
		const added = next.querySelector('script[data-edition]');

		if (!added || answer.redirected || 'whole' in added.dataset || location.hash || document.querySelector('script:not([data-edition])') || about(next) !== about(document)) {
			reload();
			return false;
		}
		const was = reading();
		edition = added.dataset.edition;
		waits = 'waits' in added.dataset;
		document.title = next.title;
		for (const name of ['lang', 'dir'])
			document.documentElement[name] = next.documentElement[name];
		document.body.replaceWith(document.adoptNode(next.body));
		restore(was);
		return true;
	}

	// --- Elements ---

	function el(name, attributes, ...children) {
		const e = document.createElement(name);

		for (const [key, value] of Object.entries(attributes || {})) {
			if (key === 'on')
				e.addEventListener('click', value);
			else if (value !== null && value !== undefined && value !== false)
				e.setAttribute(key, value === true ? '' : value);
		}
		e.append(...children.filter((c) => c !== null && c !== undefined && c !== ''));
		return e;
	}

	const stranger = (text) => el('bdi', {}, text);
	const link = (href, text) => el('a', { href }, stranger(text));
	const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;
	const day = (time) => time.slice(0, 10);
	const web = (url) => /^https?:\/\//.test(url || '');

	// --- Why something is shown or not ---

	const reasons = {
		gone: 'gone or hidden where it was written', ground: 'not every post may be republished',
		embargo: 'embargoed', expired: 'expired', keep: 'it does not meet a line of ‘keep’', drop: 'a line of ‘drop’ leaves it out',
		share: 'with it there would be too few where we were wrong', cap: 'there are enough of its kind', limit: 'the page is full',
	};

	function reason(c) {
		if (c.shown)
			return `shown at place ${c.position}, rank ${(c.rank / 1e6).toFixed(2)}`;
		return `not shown: ${reasons[c.reason]}${c.embargo && c.reason === 'embargo' ? ` until ${day(c.embargo)}` : ''}` +
			`${c.expires && c.reason === 'expired' ? ` on ${day(c.expires)}` : ''}`;
	}

	function admission(a) {
		const found = a.by === 'label' ? ['confirmed by ', stranger(a.curator), ` on ${day(a.at)}`] : [`found by the pattern ${a.pattern}, ${a.grade}`];

		return el('p', {}, el('strong', {}, 'We were wrong: '), el('q', {}, stranger(a.quote || '')), ' ', stranger(a.author), ', ', ...found);
	}

	// Where it stands on this page: what links to its origin, or to its own page.
	function spot(c) {
		return [...document.links].find((a) => (web(c.url) && a.href === c.url) || (c.path && a.pathname === `/${c.path}`));
	}

	function find(c) {
		const at = spot(c);

		at.scrollIntoView({ block: 'center' });
		at.focus({ preventScroll: true });
	}

	function candidate(c, links) {
		const title = c.title || `${c.venue}/${c.id}`;
		const name = c.path ? link(`/${c.path}`, title) : web(c.url) ? link(c.url, title) : stranger(title);

		return el('li', {},
			el('p', {}, name, ' ', c.shown && links && spot(c) ? el('button', { type: 'button', on: () => find(c) }, 'Show me') : ''),
			el('p', { class: 'soft' }, reason(c), c.rule ? ' — ' : '', c.rule ? el('code', {}, c.rule) : ''),
			c.admission ? admission(c.admission) : null);
	}

	function shareOf(c) {
		return `${c.wrong} of ${c.shown} wrong, ${c.need} required`;
	}

	function more(n) {
		return n > 0 ? el('p', { class: 'soft' }, `and ${n} more`) : null;
	}

	function whyChoice(c) {
		const shown = c.candidates.filter((x) => x.shown);
		const others = c.candidates.filter((x) => !x.shown);

		return [
			el('p', {}, stranger(c.title), `: ${shareOf(c)}.`,
				c.shortfall ? ` ${count(c.shortfall, 'conversation is', 'conversations are')} missing for want of ones where we were wrong.` : ''),
			el('h3', {}, 'On the page'), el('ol', {}, ...shown.map((x) => candidate(x, true))),
			el('h3', {}, 'Not on the page'), others.length ? el('ul', {}, ...others.map((x) => candidate(x))) : el('p', {}, 'None: all candidates are shown.'),
			more(c.more),
		];
	}

	function whyThread(t) {
		if (!t.places.length)
			return [el('p', {}, 'It is a candidate for no product.')];
		return t.places.flatMap((p) => [el('h3', {}, link(`/${p.path}`, p.title)), el('ul', {}, candidate(p.candidate))]);
	}

	function why(page) {
		return page?.choice ? whyChoice(page.choice) : page?.thread ? whyThread(page.thread) : [];
	}

	// --- Mistakes ---

	function where(d) {
		return [d.file, d.line, d.column].filter(Boolean).join(':');
	}

	function diagnostic(d) {
		const pre = d.excerpt === undefined ? null
			: el('pre', { tabindex: 0, role: 'group', 'aria-label': 'the line' }, `${String(d.line).padStart(5)} | ${d.excerpt}\n      | ${' '.repeat(d.caret)}`,
				el('b', {}, `^${'~'.repeat(d.under - 1)}`));

		return el('li', { class: d.level },
			el('p', {}, d.file ? el('code', {}, where(d)) : '', d.file ? ' ' : '', el('strong', {}, `${d.level}: `), stranger(d.message), ' ', el('code', { class: 'soft' }, `[${d.id}]`)),
			pre, d.hint ? el('p', {}, el('strong', {}, 'hint: '), stranger(d.hint)) : null);
	}

	function diagnostics(list) {
		return el('ul', { class: 'diagnostics' }, ...list.map(diagnostic));
	}

	// --- What waits ---

	function waiting(s) {
		const rows = [
			['Drafts', s.drafts.map((d) => el('li', {}, link(`/${d.path}`, d.title)))],
			['Embargoed', s.embargoed.map((c) => candidate(c))],
			['Expired', s.expired.map((c) => candidate(c))],
		];

		return rows.filter(([, items]) => items.length).flatMap(([title, items]) => [el('h3', {}, title), el('ul', {}, ...items)]);
	}

	function siteShare(s) {
		const items = s.site.short.map((c) => el('li', {}, link(`/${c.path}`, c.title),
			`: ${shareOf(c)}; ${c.skipped ? 'no page, for want of ones where we were wrong' : `${c.shortfall} fewer than there could be`}`));

		return [
			el('p', {}, `On all product pages together, ${s.site.wrong} of ${s.site.shown} conversations are ones where we were wrong; ${s.site.need} are required.`),
			items.length ? el('h3', {}, 'Pages that show fewer than they could') : null,
			items.length ? el('ul', {}, ...items) : null,
			more(s.site.short_n - s.site.short.length),
		];
	}

	// --- The bar and the overlay ---

	const css = `
:host { all: initial; direction: ltr; position: fixed; inset: auto 0 0; z-index: 2147483001; color-scheme: light dark; --ink: #15181c; --soft: #545b64; --line: #c3c8ce; --paper: #fff; --sheet: #f3f5f8; --link: #0b4a96; --bad: #a4120c; --warn: #7a4b00;
  color: var(--ink); font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
@media (prefers-color-scheme: dark) { :host { --ink: #e8e8e4; --soft: #aab0b8; --line: #3d434b; --paper: #131519; --sheet: #1d222a; --link: #94c0ff; --bad: #ff9a91; --warn: #f0c060; } }
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.bar, .panel, .overlay { position: fixed; inset-inline: 0; background: var(--paper); color: var(--ink); }
.bar { inset-block-end: 0; display: flex; flex-wrap: wrap; gap: 2px 4px; align-items: center; padding: 3px 6px; border-block-start: 1px solid var(--line); box-shadow: 0 -1px 6px rgb(0 0 0 / .15); font-size: 14px; }
.bar.small { inset-inline-start: auto; border-inline-start: 1px solid var(--line); border-start-start-radius: 8px; }
.bar > span, .bar > a { padding: 2px 6px; }
.state { border-radius: 4px; font-weight: 650; }
.state.draft, .state.embargoed, .state.expired { background: var(--bad); color: var(--paper); }
.end { margin-inline-start: auto; }
button { min-height: 28px; padding: 2px 8px; border: 1px solid var(--line); border-radius: 5px; background: var(--sheet); color: inherit; font: inherit; cursor: pointer; }
button:hover { border-color: var(--ink); }
button[aria-expanded="true"]:not(#fold) { background: var(--ink); color: var(--paper); }
button.bad { border-color: var(--bad); color: var(--bad); font-weight: 650; }
button.warn { color: var(--warn); }
button.bad[aria-expanded="true"], button.warn[aria-expanded="true"] { color: var(--paper); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
.panel { inset-block-end: var(--bar, 40px); max-height: min(70vh, 40rem); overflow: auto; padding: 10px 16px 16px; border-block-start: 1px solid var(--line); box-shadow: 0 -4px 18px rgb(0 0 0 / .2); }
.overlay, .panel { overscroll-behavior: contain; }
.overlay { inset: 0; overflow: auto; padding: clamp(12px, 4vw, 48px); border: 0; border-block-start: 8px solid var(--bad); background: color-mix(in srgb, var(--paper) 96%, transparent); }
.overlay > div, .panel > div { max-width: 62rem; margin-inline: auto; }
h2 { margin: 0 0 8px; font-size: 19px; line-height: 1.3; }
.overlay h2 { font-size: 22px; }
h3 { margin: 14px 0 4px; font-size: 15px; }
p { margin: 0 0 4px; overflow-wrap: anywhere; }
ul, ol { margin: 0; padding-inline-start: 22px; }
li { padding-block: 5px; }
.diagnostics { padding: 0; list-style: none; }
.diagnostics li { padding-block: 12px; border-block-start: 1px solid var(--line); }
.error strong { color: var(--bad); }
.warning strong { color: var(--warn); }
pre { margin: 6px 0; padding: 8px; overflow-x: auto; background: var(--sheet); }
pre, code { font: 14px/1.5 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
pre b { color: var(--bad); }
a { color: var(--link); text-underline-offset: .2em; }
.soft { color: var(--soft); }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 40rem) { .share.site { display: none; } }
@media (prefers-reduced-motion: no-preference) { .panel, .overlay { animation: in .12s ease-out; } @keyframes in { from { opacity: 0; } } }
@media (forced-colors: active) { .bar, .panel, .overlay { border: 1px solid; } }
@media print { :host { display: none; } }
`;
	const host = el('candor-preview', { lang: 'en', dir: 'ltr' });
	const root = host.attachShadow({ mode: 'open' });
	const sheet = new CSSStyleSheet();
	const room = new CSSStyleSheet();       // the page's, for the bar
	const bar = el('section', { class: 'bar', 'aria-label': 'candor preview' });
	const panel = el('section', { class: 'panel', id: 'panel', hidden: true });
	const overlay = el('section', { class: 'overlay', id: 'overlay', role: 'dialog', 'aria-labelledby': 'mistakes', hidden: true, tabindex: -1 });
	const said = el('p', { class: 'said', role: 'status' });
	let state = null;
	let opened = null;      // which panel is
	let hiddenFor = null;   // the mistakes whose overlay was hidden
	let connected = true;
	let small = recall(localStorage, 'candor-preview small') === true;

	function say(text) {
		if (said.textContent !== text)
			said.textContent = text;
	}

	// The count in the bar, and what it opens.
	const panels = {
		why: { title: 'Why is this here?', label: () => 'Why is this here?', content: () => why(state.page), has: () => state.page?.choice || state.page?.thread },
		share: { title: 'The share', label: () => `Site: ${state.site.wrong} of ${state.site.shown} wrong`, content: () => siteShare(state), has: () => state.site },
		waiting: {
			title: 'Not published', content: () => waiting(state),
			label: () => `${state.drafts.length + state.embargoed.length + state.expired.length} not published`,
			has: () => state.drafts && state.drafts.length + state.embargoed.length + state.expired.length > 0,
		},
		warnings: {
			title: 'Warnings and mistakes', class: () => (elsewhere() ? 'bad' : 'warn'),
			label: () => [elsewhere() ? count(elsewhere(), 'mistake elsewhere', 'mistakes elsewhere') : '', state.wrong.warnings ? count(state.wrong.warnings, 'warning', 'warnings') : ''].filter(Boolean).join(', '),
			content: () => [diagnostics(state.wrong.items)], has: () => elsewhere() || (!state.failed && state.wrong.warnings),
		},
	};

	// What keeps the site from being published, and what this page lacks.
	const mistakes = () => (state.failed ? state.wrong.items : state.page_wrong.items.filter((d) => d.level === 'error'));
	const elsewhere = () => (state.failed ? 0 : Math.max(0, state.wrong.errors - state.page_wrong.errors));

	function showPanel() {
		const of = opened && panels[opened];

		panel.hidden = !of || !of.has();
		if (panel.hidden)
			return;
		panel.replaceChildren(el('div', {}, el('h2', {}, of.title), ...of.content().filter(Boolean)));
		panel.setAttribute('aria-label', of.title);
		panel.tabIndex = 0;
	}

	function toggle(name) {
		opened = opened === name ? null : name;
		show();
		root.getElementById(name)?.focus();
	}

	function setSmall(value) {
		small = value;
		remember(localStorage, 'candor-preview small', small);
		opened = null;
		show();
		root.getElementById('fold').focus();
	}

	function showOverlay() {
		const list = mistakes();
		const key = JSON.stringify(list);
		const close = () => {
			hiddenFor = key;
			show();
			root.getElementById('again')?.focus();
		};

		overlay.hidden = !list.length || hiddenFor === key;
		if (!list.length)
			hiddenFor = null;
		if (overlay.hidden || overlay.dataset.key === key)
			return;
		overlay.dataset.key = key;
		opened = null;
		panel.hidden = true;
		overlay.replaceChildren(el('div', {},
			el('h2', { id: 'mistakes' }, state.failed ? `${count(list.length, 'mistake keeps', 'mistakes keep')} the site from being built` : `${count(list.length, 'mistake', 'mistakes')} in this page`),
			el('p', {}, state.page ? 'Below is the page as it was before. ' : '', 'This goes away by itself when all is mended. ', el('button', { type: 'button', on: close }, 'Hide (Esc)')),
			diagnostics(list)));
		say(`${count(list.length, 'mistake', 'mistakes')}: ${where(list[0])} ${list[0].message}`);
		overlay.close = close;
	}

	function button(name) {
		const of = panels[name];

		return of.has() ? el('button', { type: 'button', id: name, class: of.class?.(), 'aria-expanded': String(opened === name), 'aria-controls': 'panel', on: () => toggle(name) }, of.label()) : null;
	}

	function showBar() {
		const focus = root.activeElement?.id;
		const kind = state.page?.state;
		const items = [
			el('span', { class: `state ${kind || ''}` }, !connected ? 'candor has stopped' : kind && state.page.found && !whole ? kind : 'preview'),
			state.page?.choice ? el('span', { class: 'share' }, shareOf(state.page.choice)) : null,
			button('why'), button('share'), button('waiting'), button('warnings'),
			state.shop ? link('/_candor/shop/', 'Product pages') : null,
			mistakes().length ? el('button', { type: 'button', id: 'again', class: 'bad', on: () => { hiddenFor = null; delete overlay.dataset.key; show(); overlay.focus(); } }, count(mistakes().length, 'mistake', 'mistakes')) : null,
		];

		bar.classList.toggle('small', small);
		bar.replaceChildren(...(small ? items.slice(-1) : items).filter(Boolean),
			el('button', { type: 'button', id: 'fold', class: 'end', 'aria-expanded': String(!small), 'aria-label': small ? 'Show the preview’s bar' : 'Hide the preview’s bar', on: () => setSmall(!small) }, small ? 'candor' : '×'));
		if (focus)
			root.getElementById(focus)?.focus();
		panel.style.setProperty('--bar', `${bar.offsetHeight}px`);
		// Neither the page's end nor what has the focus is left under the bar.
		room.replaceSync(small ? '' : `@media screen { html { padding-block-end: ${bar.offsetHeight}px; scroll-padding-block-end: ${bar.offsetHeight + 4}px; } }`);
	}

	// Under the overlay nothing can be reached, and keys scroll the overlay; when all is
	// mended, the focus is where it was.
	function cover() {
		const over = !overlay.hidden;

		if (over && !document.body.inert) {
			if (document.activeElement !== host)
				left = document.activeElement;
			overlay.focus();
		}
		document.body.inert = over;
		if (!over && !mistakes().length) {
			if (!root.activeElement)
				left?.focus({ preventScroll: true });
			left = null;
		}
	}

	function show() {
		if (!state)
			return;
		showOverlay();
		cover();
		showBar();
		showPanel();
	}

	function escape(event) {
		if (event.key !== 'Escape' || event.defaultPrevented)
			return;
		if (!overlay.hidden)
			overlay.close();
		else if (opened)
			toggle(opened);
	}

	// --- From the server ---

	let news = null;
	let asking = false;
	let again = false;

	// One question at a time; what comes meanwhile is asked once more.
	async function refresh() {
		if (asking) {
			again = true;
			return;
		}
		asking = true;
		try {
			// From a page that goes away nothing more is asked.
			if ((news.edition !== edition || (waits && news.done)) && !await update())
				return;
			const answer = await fetch(`/_candor/state?path=${asked}`);

			state = await answer.json();
			show();
		} catch {
			// The stream of events says when it is there again.
		}
		asking = false;
		if (again) {
			again = false;
			refresh();
		}
	}

	function hear(event) {
		news = JSON.parse(event.data);
		connected = true;
		refresh();
	}

	// A tab that nobody sees listens to nothing: browsers have few connections to one host.
	let stream = null;
	const AGAIN_MS = 1000;

	function listen() {
		if (document.visibilityState === 'hidden') {
			stream?.close();
			stream = null;
			return;
		}
		if (stream)
			return;
		stream = new EventSource('/_candor/events');
		stream.onmessage = hear;
		stream.onerror = () => {
			connected = false;
			say('candor has stopped');
			show();
			// After an answer that is no stream, another server's, a browser doesn't try again.
			if (stream.readyState === EventSource.CLOSED) {
				stream = null;
				setTimeout(listen, AGAIN_MS);
			}
		};
	}

	sheet.replaceSync(css);
	root.adoptedStyleSheets = [sheet];
	document.adoptedStyleSheets = [...document.adoptedStyleSheets, room];
	root.append(overlay, panel, bar, said);
	document.documentElement.append(host);
	addEventListener('keydown', escape);
	addEventListener('resize', () => panel.style.setProperty('--bar', `${bar.offsetHeight}px`));
	addEventListener('pagehide', () => stream?.close());
	addEventListener('pageshow', (event) => {
		if (!event.persisted)
			return;
		stream = null;
		listen();
	});
	document.addEventListener('visibilitychange', listen);
	const was = recall(sessionStorage, place);

	if (was) {
		restore(was);
		// What is still loading may make room for it.
		addEventListener('load', () => scrollTo({ left: was.x, top: was.y, behavior: 'instant' }), { once: true });
	}
	remember(sessionStorage, place, null);
	listen();
})();
