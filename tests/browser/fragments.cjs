// All fragments of the demo on one page, in two shops that look like nothing of ours,
// one wide, one narrow: ids are there once and links within find them, nothing overflows,
// axe finds nothing against WCAG 2.2 AA, the shop looks as before, and what is in the
// plain theme looks as the shop does.
// With SHOTS=FOLDER, what was seen is put there.
'use strict';
const fs = require('fs');
const path = require('path');
const { ok, serve, launch, run } = require('./lib.cjs');

const root = path.resolve(process.argv[2]);
const axe = require.resolve('axe-core/axe.min.js');
const url = 'https://open.wrenholt.example/';

// One that says little, one that says a lot, dark and with everything reset.
const shops = {
	paper: `body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 18px/1.5 Georgia, serif; background: #fbf8f1; color: #222; }
		a { color: #7a1f1f; } h1, h2, h3 { font-weight: normal; }`,
	night: `:root { color-scheme: dark; } * { margin: 0; padding: 0; box-sizing: border-box; }
		body { padding: 1rem; font: 15px/1.7 ui-monospace, monospace; background: #101418; color: #dfe6ee; }
		a { color: #7fd1ff; } ul, ol { list-style: none; } p { margin-bottom: 1em; }
		h1, h2, h3, h4 { font-size: 1.1em; text-transform: uppercase; letter-spacing: .1em; color: #ffd479; }
		img { width: 100%; } b, strong { color: #fff; } table { width: 100%; }`,
};

function fragments(theme) {
	const products = path.join(root, theme, 'products');

	return fs.readdirSync(products).map((slug) =>
		fs.readFileSync(path.join(products, slug, 'fragment.html'), 'utf8').replaceAll(url, `/${theme}/`)).join('\n');
}

const page = (shop, inside) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${shops[shop]}</style></head>
<body><main><h1>Everything</h1><p id="own">A sentence of the shop's, with <a href="/">a link</a>.</p>
<ul id="list"><li>One</li></ul>${inside}</main></body></html>`;

function answer(name) {
	const [, shop, theme] = name.match(/^\/shop\/(\w+)\/(\w+)$/) || [];

	if (shop)
		return { html: page(shop, theme === 'none' ? '' : fragments(theme)) };
	return path.join(root, name);
}

// What the shop's own elements look like.
const looks = () => ['#own', '#own a', '#list', '#list li', 'h1', 'body'].map((s) => {
	const e = document.querySelector(s);
	const style = getComputedStyle(e);

	return [s, e.getBoundingClientRect().height * (s !== 'body'), ...['color', 'backgroundColor', 'fontSize', 'fontFamily', 'margin', 'padding', 'listStyle', 'textDecoration'].map((k) => style[k])].join(' ');
}).join('\n');

async function look(browser, base, shop, theme, width) {
	const context = await browser.newContext({ viewport: { width, height: 900 } });
	const tab = await context.newPage();
	const name = `${theme} in ${shop} at ${width} px`;

	await tab.goto(`${base}/shop/${shop}/none`);
	const before = await tab.evaluate(looks);
	await tab.goto(`${base}/shop/${shop}/${theme}`);
	ok(await tab.evaluate(looks) === before, `${name}: the shop looks as before`, await tab.evaluate(looks));
	const found = await tab.evaluate(() => {
		const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
		const refs = [...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute('href').slice(1));
		const name = document.querySelector('.candor .candor-body p');
		const own = getComputedStyle(document.querySelector('#own'));

		return {
			sections: document.querySelectorAll('section.candor').length,
			twice: ids.filter((id, i) => ids.indexOf(id) !== i),
			lost: refs.filter((id) => !document.getElementById(id)),
			overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
			styled: getComputedStyle(document.querySelector('.candor-posts')).listStyleType === 'none',
			same: ['color', 'fontFamily', 'fontSize'].every((k) => getComputedStyle(name)[k] === own[k]),
		};
	});
	ok(found.sections > 10 && found.styled, `${name}: all of them, with their style sheet`, JSON.stringify(found));
	ok(found.twice.length === 0, `${name}: no id is there twice`, found.twice.join('\n'));
	ok(found.lost.length === 0, `${name}: every link within leads somewhere`, found.lost.join('\n'));
	ok(found.overflow <= 0, `${name}: nothing overflows`, `${found.overflow} px`);
	ok(found.same || theme !== 'plain', `${name}: words look as the shop's`);
	if (process.env.SHOTS)
		await tab.screenshot({ path: path.join(process.env.SHOTS, `${theme}-${shop}-${width}.png`), clip: { x: 0, y: 0, width, height: 2400 }, fullPage: true });
	await tab.addScriptTag({ path: axe });
	const result = await tab.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
	ok(result.violations.length === 0, `${name}: axe finds nothing`,
		result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' ')}`).join('\n'));
	await context.close();
}

run(async () => {
	const server = await serve(answer);
	const browser = await launch();

	for (const theme of ['default', 'plain']) {
		await look(browser, server.base, 'paper', theme, 1280);
		await look(browser, server.base, 'night', theme, 320);
	}
	await browser.close();
	server.close();
});
