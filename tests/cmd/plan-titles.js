// Threads whose titles and ids want to be more than text in a comment on GitHub.
'use strict';
const titles = [
	'`code` and ``more`` @octocat', '`', '``', ' ` ', '```', '~~~ @team/all', '# heading', '#1 and GH-2 and a/b#3',
	'![x](https://evil.example/x.png)', '[click](javascript:alert(1))', '<img src=x onerror=alert(1)>',
	'<details><summary>', '<!-- hidden', '--> @octocat', 'https://evil.example www.evil.example a@evil.example',
	'| a | b |', '**bold** _em_ ~~del~~', 'ends in a backslash \\', '&lt;b&gt; &#64;octocat', '- [ ] a task',
	':tada: $x^2$', 'line\nbreak\n\n# heading', '@octocat', '` @octocat `` #5 `', '\\` @octocat', '[^1]: note',
	'x'.repeat(300), '\u202Egnp.exe', '%0A::error::x',
];
const ids = ['@octocat', '#7', '`', 'a`b', '<b>', '[x](y)', 'a|b', '../..', 'x y', '\\'];
let n = 0;
const put = (id, title) => console.log(JSON.stringify({
	type: 'thread', venue: 'forum', id, url: `https://forum.brook.example/x/${++n}`, title,
	created: '2026-01-10T08:00:00Z', products: ['kettle'], posts: [
		{ id: '1', author: { id: `h${n}`, name: 'h' }, created: '2026-01-10T08:00:00Z', format: 'text', body: 'Hello' },
		{ id: '2', author: { id: 'u1', name: 'ada' }, created: '2026-01-10T09:00:00Z', format: 'text', body: 'Hello' }],
}));
titles.forEach((title, i) => put(`t${i}`, title));
ids.forEach(id => put(id, 'Plain'));
