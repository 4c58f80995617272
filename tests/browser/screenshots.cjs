// The pictures in README: the demo as visitors see it, on a desk and on a phone, by day
// and by night.
'use strict';
const fs = require('fs');
const path = require('path');
const { serve, launch } = require('./lib.cjs');

const [site, shop, folder] = process.argv.slice(2);
const desk = { viewport: { width: 1280, height: 832 }, deviceScaleFactor: 1 };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5 };
// A picture's name, what it is taken with, the page, what stands at its top, and how
// many pixels of what is above.
const pictures = [
	['desk-light', desk, 'light', '/shop/ember-kettle.html', 'section.candor', 230],
	['phone-light', phone, 'light', '/site/products/lull-clock/', '.candor-thread', 0],
	['desk-dark', desk, 'dark', '/site/products/lull-clock/', 'body', 0],
	['phone-dark', phone, 'dark', '/site/wrong/', 'body', 0],
];
const file = (url) => (url.startsWith('/shop/') ? path.join(shop, url.slice(5)) : path.join(site, url.replace(/^\/site/, '')));

async function take(browser, base, [name, device, colorScheme, url, top, above]) {
	const context = await browser.newContext({ ...device, colorScheme });
	const page = await context.newPage();

	await page.goto(base + url);
	await page.locator(top).first().evaluate((e, n) => { e.scrollIntoView(); window.scrollBy(0, -n); }, above);
	await page.screenshot({ path: path.join(folder, `${name}.png`) });
	await context.close();
}

(async () => {
	const server = await serve(file);
	const browser = await launch();

	fs.mkdirSync(folder, { recursive: true });
	for (const picture of pictures)
		await take(browser, server.base, picture);
	await browser.close();
	server.close();
})();
