// fragment.js SITE link|inline|none LEVEL: looks at all fragments of a built site at
// once, as if they stood on one page.
'use strict';
const fs = require('fs');
const path = require('path');

const [site, css, level] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const url = 'https://open.wrenholt.example/';
const seen = new Map();
let failed = 0;

function want(good, slug, what) {
	if (good)
		return;
	console.error(`# ${slug}: ${what}`);
	failed = 1;
}

const all = (html, pattern) => [...html.matchAll(pattern)].map((m) => m[1]);

for (const slug of fs.readdirSync(path.join(site, 'products'))) {
	const whole = fs.readFileSync(path.join(site, 'products', slug, 'fragment.html'), 'utf8');
	const link = `<link rel="stylesheet" href="${url}assets/fragment.css">\n`;
	const style = whole.match(/^<style>\n[\x00-\x7f]*?<\/style>\n/);
	const html = whole.replace(link, '').replace(style ? style[0] : '', '');
	const ids = all(html, /\sid="([^"]*)"/g);
	const levels = all(html, /<h([1-6])[\s>]/g).map(Number);
	const classes = all(html, /\sclass="([^"]*)"/g).join(' ').split(/\s+/).filter(Boolean);

	want(whole.startsWith(link) === (css === 'link'), slug, 'the link to the style sheet');
	want((style !== null) === (css === 'inline'), slug, 'the style sheet in it');
	want(!/<link|<style|<script|\sstyle=/.test(html), slug, 'more that brings looks or scripts');
	want(!style || style[0].includes('.candor'), slug, 'the theme\'s own style sheet');
	want(levels[0] === level, slug, `its first heading is ${levels[0]}`);
	want(levels.every((l) => l >= level), slug, `headings ${levels.join(' ')}`);
	want(levels.every((l, i) => i === 0 || l <= levels[i - 1] + 1 || l === 6), slug, `a level is left out: ${levels.join(' ')}`);
	want(classes.every((c) => /^candor(-|$)|^language-/.test(c)), slug, `classes ${classes.join(' ')}`);
	for (const id of ids) {
		want(id.startsWith(`${slug}_`), slug, `the id ${id}`);
		want(!seen.has(id), slug, `the id ${id} is one of ${seen.get(id)}`);
		seen.set(id, slug);
	}
	want(slug === 'peg-rail' || ids.length > 3, slug, 'hardly an id');
	for (const to of all(html, /\shref="#([^"]*)"/g).concat(all(html, /\s(?:aria-labelledby|aria-describedby|for)="([^"]*)"/g)))
		want(ids.includes(to), slug, `nothing is called ${to}`);
	for (const to of all(html, /\s(?:href|src)="([^"]*)"/g))
		want(/^(https?:|mailto:|#)/.test(to), slug, `a link to ${to}`);
}
process.exitCode = failed;
