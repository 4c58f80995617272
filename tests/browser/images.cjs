// Images of posts as visitors see them, in headless Chromium: each copy is shown, of
// the size that the page says, on the site's pages and in a shop; nothing is asked of
// another host than the site's.
'use strict';
const fs = require('fs');
const path = require('path');
const { ok, serve, launch, run } = require('./lib.cjs');

const site = path.resolve(process.argv[2]);
const home = 'https://open.brook.example/';
const fragment = fs.readFileSync(path.join(site, 'products/kettle/fragment.html'), 'utf8');
const answer = (url) => (url === '/shop' ? { html: `<!doctype html><html lang="en"><title>Kettle</title>${fragment}` }
	: path.join(site, url));

async function look(browser, base, url) {
	const page = await browser.newPage();
	const asked = [];

	page.on('request', (r) => { if (!r.url().startsWith(base)) asked.push(r.url()); });
	await page.route(`${home}**`, (route) => route.fulfill({ path: path.join(site, route.request().url().slice(home.length)) }));
	await page.goto(base + url);
	const images = await page.evaluate(async () => {
		const found = [];

		for (const image of document.images) {
			image.scrollIntoView();
			await image.decode().catch(() => {});
			found.push([image.alt, image.naturalWidth, image.naturalHeight, image.width, image.height].join(' '));
		}
		return found;
	});
	ok(images.join('\n') === ['told.png 6 4 6 4', 'turned.jpg 16 24 16 24', 'turned-be.jpg 16 24 16 24', 'moving.gif 2 1 2 1',
		'lossy.webp 24 16 24 16', 'lossless.webp 12 8 12 8', 'told.webp 24 16 24 16'].join('\n'),
	`${url}: every copy is shown, in its size`, images.join('\n'));
	ok(asked.every((u) => u.startsWith(`${home}assets/`)), `${url}: nothing from elsewhere`, asked.join('\n'));
	await page.close();
}

run(async () => {
	const server = await serve(answer);
	const browser = await launch();

	for (const url of ['/threads/forum/5/', '/products/kettle/', '/shop'])
		await look(browser, server.base, url);
	await browser.close();
	server.close();
});
