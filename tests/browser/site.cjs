// The demo as visitors see it, in headless Chromium over loopback: on every kind of
// page, at five widths, light and dark, in forced colours, with larger text, from right
// to left, on paper and without style sheets: no script runs, nothing is asked of another
// host, nothing overflows, every control can be reached and seen by keyboard, no word is
// hidden, and axe finds nothing against WCAG 2.2 AA.
'use strict';
const fs = require('fs');
const path = require('path');
const { ok, serve, launch, run } = require('./lib.cjs');

const site = path.resolve(process.argv[2]);
const shop = path.resolve(process.argv[3]);
const folds = process.argv[4] !== 'unfolded'; // the theme's menu, on a phone
const axe = require.resolve('axe-core/axe.min.js');
const widths = [320, 480, 768, 1280, 1920];

const file = (url) => (url.startsWith('/shop/') ? path.join(shop, url.slice(5)) : path.join(site, url.replace(/^\/site/, '')));

// One page of each kind, and the threads whose posts look hostile.
function kinds() {
	const find = (dir) => fs.readdirSync(path.join(site, dir)).filter((name) => fs.statSync(path.join(site, dir, name)).isDirectory()).sort();
	const text = (dir, id) => fs.readFileSync(path.join(site, dir, id, 'index.html'), 'utf8');
	const pages = ['/site/', '/site/about/', '/site/how-we-choose/', '/site/report-a-problem/', '/site/wrong/', '/site/contributors/', '/site/scenarios/'];

	for (const slug of ['lull-clock', 'drumlin-pan', 'peg-rail', 'sill-planter']) // full, with folded posts, empty, short of its share
		pages.push(`/site/products/${slug}/`);
	pages.push(`/site/products/${find('products')[0]}/all/`);
	pages.push(`/site/products/lull-clock/topics/${find('products/lull-clock/topics')[0]}/`);
	pages.push(`/site/contributors/${find('contributors')[0]}/`);
	pages.push(`/site/scenarios/${find('scenarios')[0]}/`, `/site/scenarios/${find('scenarios')[0]}/all/`);
	for (const venue of find('threads')) {
		const ids = find(`threads/${venue}`);
		const odd = ids.filter((id) => /&lt;script|\{\{|dir="rtl"|[\u0590-\u06ff]/.test(text(`threads/${venue}`, id)));

		for (const id of new Set([ids[0], ...odd]))
			pages.push(`/site/threads/${venue}/${id}/`);
	}
	for (const name of fs.readdirSync(shop).filter((n) => n.endsWith('.html')).slice(0, 3))
		pages.push(`/shop/${name}`);
	return pages;
}

// --- In the page ---

const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

const scripts = () => document.querySelectorAll('script:not([type="application/ld+json"])').length +
	[...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => /^on/i.test(a.name))).length;

// Controls that show nothing of themselves, or not that they have the focus.
const unseen = () => [...document.querySelectorAll('a[href], summary, button, input')].filter((e) => {
	if (!e.checkVisibility())
		return false; // what isn't there for anybody, such as the words of a closed <details>
	e.focus({ focusVisible: true });
	const box = e.getBoundingClientRect();
	const style = getComputedStyle(e);

	return document.activeElement !== e || box.width < 1 || box.height < 1 || box.right <= 0 || box.left >= innerWidth ||
		style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 1;
}).map((e) => e.outerHTML.slice(0, 120));

const headings = () => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((h) => Number(h.tagName[1]));

// Words that stand there now, and did in none of the texts before.
const shows = (before) => {
	const said = before.join(' ').toLowerCase();

	return [...new Set(document.body.innerText.toLowerCase().match(/[\p{L}\p{N}]+/gu))].filter((word) => !said.includes(word));
};

// Words of a closed <details> that would stay in the drawer.
const folded = () => [...document.querySelectorAll('details:not([open])')].filter((d) => d.checkVisibility() &&
	[...d.children].some((c) => c.tagName !== 'SUMMARY' && !c.checkVisibility())).length;

const violations = async () => (await window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }))
	.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' ')}`);

// --- From outside ---

async function narrowest(page, what) {
	const found = await page.evaluate(overflow);

	return found > 0 ? `${what}: ${found} px` : '';
}

async function layouts(page, url) {
	const wide = [];

	for (const width of widths) {
		await page.setViewportSize({ width, height: 900 });
		wide.push(await narrowest(page, `at ${width} px`));
	}
	for (const width of [640, 1280]) {
		await page.setViewportSize({ width, height: 900 });
		await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
		wide.push(await narrowest(page, `text at 200 %, ${width} px`));
		await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
	}
	for (const width of [320, 1280]) {
		await page.setViewportSize({ width, height: 900 });
		await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
		wide.push(await narrowest(page, `from right to left, ${width} px`));
		await page.evaluate(() => { document.documentElement.removeAttribute('dir'); });
	}
	ok(!wide.some((w) => w), `${url}: nothing overflows`, wide.filter((w) => w).join('\n'));
}

async function colours(page, url) {
	for (const [width, colorScheme] of [[1280, 'light'], [320, 'dark']]) {
		await page.setViewportSize({ width, height: 900 });
		await page.emulateMedia({ colorScheme });
		const found = await page.evaluate(violations);

		ok(found.length === 0, `${url}: axe finds nothing, ${width} px, ${colorScheme}`, found.join('\n'));
	}
	await page.setViewportSize({ width: 1280, height: 900 });
	for (const forcedColors of ['none', 'active']) {
		await page.emulateMedia({ colorScheme: 'light', forcedColors });
		const found = await page.evaluate(unseen);

		ok(found.length === 0, `${url}: every control shows its focus, forced colours ${forcedColors}`, found.slice(0, 5).join('\n'));
	}
	await page.emulateMedia({ forcedColors: 'none' });
}

async function paper(page, url) {
	await page.emulateMedia({ media: 'print' });
	const hidden = await page.evaluate(folded);

	ok(hidden === 0, `${url}: on paper nothing is folded away`, `${hidden} of <details>`);
	await page.emulateMedia({ media: 'screen' });
}

async function bare(page, url) {
	const texts = [];
	const levels = await page.evaluate(headings);

	for (const width of [320, 1280]) {
		await page.setViewportSize({ width, height: 900 });
		texts.push(await page.evaluate(() => document.body.innerText));
	}
	await page.evaluate(() => document.querySelectorAll('link[rel~=stylesheet], style').forEach((e) => e.remove()));
	const hidden = await page.evaluate(shows, texts);

	ok(hidden.length === 0, `${url}: style sheets hide no word`, hidden.join(' '));
	ok(levels[0] === 1 && levels.filter((l) => l === 1).length === 1 && levels.every((l, i) => i === 0 || l <= levels[i - 1] + 1),
		`${url}: headings make an outline`, levels.join(' '));
}

async function look(browser, base, url) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: 'light', bypassCSP: true });
	const page = await context.newPage();
	const outside = [];
	const said = [];

	page.on('request', (r) => { if (!r.url().startsWith(base)) outside.push(r.url()); });
	page.on('console', (m) => { if (m.type() === 'error') said.push(m.text()); });
	page.on('dialog', (d) => { said.push(`dialog: ${d.message()}`); d.dismiss(); });
	await page.goto(base + url);
	ok(await page.evaluate(scripts) === 0, `${url}: no script`);
	await page.addScriptTag({ path: axe });
	await layouts(page, url);
	await colours(page, url);
	await paper(page, url);
	await bare(page, url);
	ok(outside.length === 0, `${url}: nothing from outside`, outside.join('\n'));
	ok(said.length === 0, `${url}: no complaint of the browser`, said.join('\n'));
	await context.close();
}

// With the real key: from one control to the next, as they stand, none left out.
async function walk(browser, base, url) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	const page = await context.newPage();
	const number = () => { document.querySelectorAll('a[href], summary, button, input').forEach((e, i) => { e.dataset.n = String(i); }); };
	const visible = () => [...document.querySelectorAll('[data-n]')].filter((e) => e.checkVisibility()).map((e) => Number(e.dataset.n));
	const focused = () => {
		const e = document.activeElement;
		const box = e.getBoundingClientRect();

		return e.dataset.n && box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0 ? Number(e.dataset.n) : -1;
	};
	const went = [];

	await page.goto(base + url);
	await page.evaluate(number);
	const want = await page.evaluate(visible);
	for (let i = 0; i < want.length; i++) {
		await page.keyboard.press('Tab');
		went.push(await page.evaluate(focused));
	}
	ok(went.join() === want.join(), `${url}: the tab key goes from control to control in their order, each in view`, `${went.join(' ')}\ninstead of\n${want.join(' ')}`);
	await context.close();
}

// On a phone the menu is one word, and unfolds by keyboard.
async function menu(browser, base) {
	const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
	const links = () => [...document.querySelectorAll('header nav a')].map((a) => a.checkVisibility());
	const focus = () => document.activeElement.parentElement.closest('header nav') !== null;

	await page.goto(`${base}/site/wrong/`);
	const folded = await page.evaluate(links);
	for (let i = 0; i < 3; i++) // past the skip link and the site's name
		await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	const unfolded = await page.evaluate(links);
	await page.keyboard.press('Tab');
	ok(folded.length > 0 && !folded.includes(true), 'on a phone the menu is folded');
	ok(!unfolded.includes(false) && await page.evaluate(focus), 'and unfolds by keyboard');
	await page.close();
}

run(async () => {
	const server = await serve(file);
	const browser = await launch();

	const left = kinds();
	const worker = async () => {
		while (left.length)
			await look(browser, server.base, left.shift());
	};

	await Promise.all([worker(), worker()]);
	for (const url of ['/site/', '/site/contributors/', '/site/products/sill-planter/'])
		await walk(browser, server.base, url);
	if (folds)
		await menu(browser, server.base);
	await browser.close();
	server.close();
});
