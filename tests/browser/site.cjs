// The demo as visitors see it, in headless Chromium over loopback: on every kind of
// page, wide and narrow, light and dark, no script runs, nothing is asked of another
// host, nothing overflows, and axe finds nothing against WCAG 2.2 AA.
'use strict';
const fs = require('fs');
const path = require('path');
const { ok, serve, launch, run } = require('./lib.cjs');

const site = path.resolve(process.argv[2]);
const shop = path.resolve(process.argv[3]);
const axe = require.resolve('axe-core/axe.min.js');

const file = (url) => (url.startsWith('/shop/') ? path.join(shop, url.slice(5)) : path.join(site, url.replace(/^\/site/, '')));

// One page of each kind, and the threads whose posts look hostile.
function kinds() {
	const find = (dir) => fs.readdirSync(path.join(site, dir)).sort();
	const text = (dir, id) => fs.readFileSync(path.join(site, dir, id, 'index.html'), 'utf8');
	const pages = ['/site/', '/site/about/', '/site/how-we-choose/', '/site/report-a-problem/'];

	for (const slug of ['lull-clock', 'peg-rail', 'sill-planter']) // full, empty, short of its share
		pages.push(`/site/products/${slug}/`);
	pages.push(`/site/products/${find('products')[0]}/all/`);
	for (const venue of find('threads')) {
		const ids = find(`threads/${venue}`);
		const odd = ids.filter((id) => /&lt;script|\{\{|dir="rtl"|[\u0590-\u06ff]/.test(text(`threads/${venue}`, id)));

		for (const id of [ids[0], ...odd])
			pages.push(`/site/threads/${venue}/${id}/`);
	}
	for (const name of fs.readdirSync(shop).filter((n) => n.endsWith('.html')).slice(0, 3))
		pages.push(`/shop/${name}`);
	return pages;
}

async function look(browser, base, url, width, scheme) {
	const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true });
	const page = await context.newPage();
	const outside = [];
	const said = [];
	const name = `${url} at ${width} px, ${scheme}`;

	page.on('request', (r) => { if (!r.url().startsWith(base)) outside.push(r.url()); });
	page.on('console', (m) => { if (m.type() === 'error') said.push(m.text()); });
	page.on('dialog', (d) => { said.push(`dialog: ${d.message()}`); d.dismiss(); });
	await page.goto(base + url);
	const found = await page.evaluate(() => ({
		scripts: document.querySelectorAll('script:not([type="application/ld+json"])').length,
		handlers: [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => /^on/i.test(a.name))).length,
		overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
	}));
	ok(found.scripts === 0 && found.handlers === 0, `${name}: no script`, JSON.stringify(found));
	ok(outside.length === 0, `${name}: nothing from outside`, outside.join('\n'));
	ok(said.length === 0, `${name}: no complaint of the browser`, said.join('\n'));
	ok(found.overflow <= 0, `${name}: nothing overflows`, `${found.overflow} px`);
	await page.addScriptTag({ path: axe });
	const result = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
	ok(result.violations.length === 0, `${name}: axe finds nothing`,
		result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' ')}`).join('\n'));
	await context.close();
}

run(async () => {
	const server = await serve(file);
	const browser = await launch();

	for (const url of kinds()) {
		await look(browser, server.base, url, 1280, 'light');
		await look(browser, server.base, url, 320, 'dark');
	}
	await browser.close();
	server.close();
});
