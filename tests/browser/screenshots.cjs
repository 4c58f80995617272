// The pictures in README: the demo as visitors see it, on a desk and on a phone, by day
// and by night; and a preview, as somebody sees it who mistyped a rule.
'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
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

async function takePreview(browser) {
	const top = fs.mkdtempSync(path.join(os.tmpdir(), 'candor-'));
	const rules = path.join(top, 'rules.yaml');

	fs.cpSync('content', top, { recursive: true });
	const preview = spawn('build/candor', ['preview', '-C', top, '--archive', path.resolve('build/demo.db'), '--now', '2026-11-20T12:00:00Z']);
	const said = await new Promise((done) => { preview.stdout.once('data', (d) => done(String(d))); });
	const context = await browser.newContext({ ...desk, viewport: { width: 1280, height: 560 }, colorScheme: 'light' });
	const page = await context.newPage();

	await page.goto(`${/http:[^;]*/.exec(said)[0]}products/ember-kettle/`);
	fs.writeFileSync(rules, fs.readFileSync(rules, 'utf8').replace(/^ {2}share: 25%/m, '  shaer: 25%'));
	await page.getByText("did you mean 'share'?").waitFor();
	await page.screenshot({ path: path.join(folder, 'preview.png') });
	await context.close();
	preview.kill();
	fs.rmSync(top, { recursive: true });
}

(async () => {
	const server = await serve(file);
	const browser = await launch();

	fs.mkdirSync(folder, { recursive: true });
	for (const picture of pictures)
		await take(browser, server.base, picture);
	await takePreview(browser);
	await browser.close();
	server.close();
})();
