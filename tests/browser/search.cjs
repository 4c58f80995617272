// The search page with Pagefind's real index, below a folder of its host: a word
// finds the conversation that holds it, under the page's own policy, without a
// request to anybody else.  Where scripts or the index are missing the page says so.
'use strict';
const fs = require('fs');
const path = require('path');
const { ok, serve, launch, run } = require('./lib.cjs');

const [dir, said] = process.argv.slice(2);
const axe = require.resolve('axe-core/axe.min.js');
const word = 'pannier'; // in some conversations
const file = (url) => (url.startsWith('/without/') ? path.join(dir, url) : path.join(dir, url.replace(/^\/open\//, 'public/')));

async function open(browser, base, url, options) {
	const context = await browser.newContext(options);
	const page = await context.newPage();

	page.outside = [];
	page.said = [];
	page.on('request', (r) => { if (!r.url().startsWith(`${base}/`)) page.outside.push(r.url()); });
	page.on('console', (m) => { if (m.type() === 'error') page.said.push(m.text()); });
	page.on('pageerror', (e) => page.said.push(e.message));
	await page.goto(base + url);
	return page;
}

async function finds(browser, base) {
	const page = await open(browser, base, '/open/search/', { viewport: { width: 1280, height: 900 } });
	const results = page.locator('#search .pagefind-ui__result');

	ok(!await page.isVisible('#search-missing'), 'with an index nothing is missing');
	await page.fill('#search input[type=text]', word);
	await results.first().waitFor();
	const links = await page.locator('#search .pagefind-ui__result-link').evaluateAll((all) => all.map((a) => new URL(a.href).pathname));
	ok(links.length > 0 && links.every((p) => p.startsWith('/open/threads/')), 'conversations are found, and nothing else', links.join('\n'));
	ok(links.every((p) => fs.readFileSync(path.join(file(p), 'index.html'), 'utf8').includes(word)), `and they hold '${word}'`, links.join('\n'));
	const filters = (await page.locator('#search .pagefind-ui__filter-name').allInnerTexts()).map((t) => t.toLowerCase()).sort();
	ok(filters.join() === 'outcome,product,where', 'results can be narrowed', filters.join());
	const text = await results.first().innerText();
	ok(/\d{4}/.test(text) && !/public conversations/.test(text), 'a result has its date, and no disclosure', text);
	ok(page.outside.length === 0, 'nobody else is asked', page.outside.join('\n'));
	ok(page.said.length === 0, 'the policy allows what the search does', page.said.join('\n'));
	await page.locator('#search .pagefind-ui__result-link').first().click();
	await page.waitForURL('**/threads/**');
	ok((await page.textContent('main')).includes(word), 'a result leads to the conversation');
	await page.context().close();
}

// axe is a script that the page's policy would not let in.
async function accessible(browser, base, scheme) {
	const page = await open(browser, base, '/open/search/', { viewport: { width: 320, height: 900 }, colorScheme: scheme, bypassCSP: true });

	await page.fill('#search input[type=text]', word);
	await page.locator('#search .pagefind-ui__result').first().waitFor();
	if (process.env.SHOTS)
		await page.screenshot({ path: `${process.env.SHOTS}-${scheme}.png` });
	await page.addScriptTag({ path: axe });
	const result = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
	ok(result.violations.length === 0, `axe finds nothing, ${scheme}`,
		result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' ')}`).join('\n'));
	const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	ok(overflow <= 0, `nothing overflows at 320 px, ${scheme}`, `${overflow} px`);
	await page.context().close();
}

run(async () => {
	const server = await serve(file);
	const browser = await launch();
	let page;

	ok(said.includes('nothing has changed'), 'the index does not make a site look changed', said);
	await finds(browser, server.base);
	await accessible(browser, server.base, 'light');
	await accessible(browser, server.base, 'dark');
	page = await open(browser, server.base, '/open/search/', { javaScriptEnabled: false });
	ok(await page.locator('noscript').isVisible() && !await page.isVisible('#search-missing'), 'without scripts the page says what it needs');
	page = await open(browser, server.base, '/without/search/', {});
	await page.locator('#search-missing').waitFor();
	ok(!await page.locator('#search input').count(), 'without an index the page says so');
	await browser.close();
	server.close();
});
