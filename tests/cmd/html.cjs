// Pages below a folder with html-validate:
//
//	NODE_PATH=build/validators/node_modules node tests/cmd/html.cjs SITE
//
// All of them but most conversations, which are a hundred pages from one template:
// those with the odd posts, and one in eight.
'use strict';
const fs = require('fs'), path = require('path');
const { HtmlValidate } = require('html-validate');
const site = process.argv[2];

const validator = new HtmlValidate({
	root: true,
	extends: ['html-validate:standard', 'html-validate:recommended',
		'html-validate:document', 'html-validate:a11y'],
	rules: {
		'doctype-style': 'off', // lower case is as good
		'long-title': 'off', // a conversation is called what its customer called it
		'require-sri': 'off', // styles are the site's own, and named by their hash
	},
});
function walk(dir) {
	return fs.readdirSync(dir, { withFileTypes: true }).flatMap(e =>
		e.isDirectory() ? walk(path.join(dir, e.name)) : [path.join(dir, e.name)]);
}
// A post's headings begin at h4, also below the h1 of a conversation's own page.
const known = m => m.ruleId === 'heading-level' && /expected <h2> but got <h4>/.test(m.message);
function problems(html, name) {
	return validator.validateStringSync(html, name).results.flatMap(r => r.messages
		.filter(m => !(name.startsWith('threads/') && known(m)))
		.map(m => `${name}:${m.line}: ${m.message} [${m.ruleId}]`));
}
const files = walk(site).map(f => path.relative(site, f)).filter(f => f.endsWith('.html')).sort()
	.filter((f, i) => !f.startsWith('threads/') || /edge|900001/.test(f) || i % 8 === 0);
const found = files.flatMap(f => problems(fs.readFileSync(path.join(site, f), 'utf8'), f));
console.log(`${found.length || !files.length ? 'not ok' : 'ok'} 1 - html-validate on ${files.length} pages`);
for (const p of found.slice(0, 40))
	console.error('# ' + p);
const wrong = problems('<!DOCTYPE html><html lang="en"><head><title>T</title></head>' +
	'<body><p id="a"><ul id="a"></ul></p></body></html>', 'wrong');
console.log(`${wrong.length ? 'ok' : 'not ok'} 2 - which finds mistakes`);
console.log('1..2');
