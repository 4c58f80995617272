// The review, by hand: with the keyboard alone through three things and back, with and
// without its script, at five widths, light and dark, in forced colours: nothing overflows
// or is asked of another host, every control shows its focus, nothing lies under the
// answers, axe finds nothing, and what was answered is in the archive.
'use strict';
const { execFileSync } = require('child_process');
const { ok, launch, run } = require('./lib.cjs');

const [base, site] = process.argv.slice(2);
const axe = require.resolve('axe-core/axe.min.js');
const labels = () => execFileSync('build/candor', ['label', '--export', '-C', site], { encoding: 'utf8' }).trim().split('\n').slice(1)
	.map((line) => line.split(',').slice(0, 3).join(' '));
const noise = { outside: [], said: [] };

async function open(browser, options) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
	const page = await context.newPage();

	page.on('request', (r) => { if (!r.url().startsWith(base)) noise.outside.push(r.url()); });
	page.on('console', (m) => { if (m.type() === 'error') noise.said.push(m.text()); });
	page.on('pageerror', (e) => noise.said.push(e.message));
	return page;
}

const title = (page) => page.locator('h1').innerText();
const thread = async (page) => new URL(await page.locator('main > .meta a').getAttribute('href')).pathname.split('/').pop();

async function key(page, name) {
	await Promise.all([page.waitForNavigation(), page.keyboard.press(name)]);
}

// The focus goes from one control to the next; what has it can be seen.
async function tabTo(page, text) {
	for (let i = 0; i < 60; i++) {
		await page.keyboard.press('Tab');
		if ((await page.evaluate(() => document.activeElement.innerText || '')).startsWith(text))
			return true;
	}
	return false;
}

async function withLetters(browser) {
	const page = await open(browser);
	const seen = [];

	await page.goto(base);
	ok(await tabTo(page, 'Begin'), 'the first thing is reached by keyboard');
	await key(page, 'Enter');
	for (const letter of ['y', 'n', 's']) {
		seen.push(await thread(page));
		ok((await page.locator('article.asked mark').allInnerTexts()).join('').length > 0, `${letter}: the passage is marked`);
		await key(page, letter);
	}
	ok(new Set(seen).size === 3, 'three letters, three things', seen.join());
	ok(labels().length === 2 && labels()[0].endsWith(`${seen[0]} wrong`) !== labels()[0].endsWith(`${seen[1]} not-wrong`), 'two answers, two labels', labels().join('\n'));
	await key(page, 'u');
	ok(await thread(page) === seen[2], 'undo brings back what was skipped');
	await key(page, 'u');
	ok(await thread(page) === seen[1], 'then what was answered');
	ok(labels().some((l) => l.endsWith(`${seen[1]} undecided`)), 'and takes that back', labels().join('\n'));
	await page.locator('summary', { hasText: 'You are' }).press('Enter');
	await page.locator('#by').fill('');
	await page.locator('#by').pressSequentially('nysu');
	ok(await page.locator('#by').inputValue() === 'nysu', 'a letter in a field is a letter');
	await page.keyboard.press('Enter');
	await page.waitForURL(base);
	await page.context().close();
}

async function withoutScript(browser) {
	const page = await open(browser, { javaScriptEnabled: false });

	await page.goto(`${base}next`);
	const before = await thread(page);
	for (const word of ['To the question', 'Skip']) {
		ok(await tabTo(page, word), `without a script, '${word}' is reached`);
		await key(page, 'Enter');
	}
	ok(await thread(page) !== before, 'and skips');
	await tabTo(page, 'Undo');
	await key(page, 'Enter');
	ok(await thread(page) === before, 'and undoes');
	await page.context().close();
}

// --- How it looks ---

const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

const unseen = () => [...document.querySelectorAll('a[href], summary, button, input')].filter((e) => {
	if (!e.checkVisibility())
		return false;
	e.focus({ focusVisible: true });
	const box = e.getBoundingClientRect();
	const style = getComputedStyle(e);
	const there = document.elementFromPoint(Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), box.top + Math.min(box.height / 2, 12));

	return document.activeElement !== e || box.width < 1 || box.right <= 0 || box.left >= innerWidth || style.outlineStyle === 'none' ||
		parseFloat(style.outlineWidth) < 1 || !(there && (e.contains(there) || there.contains(e)));
}).map((e) => e.outerHTML.slice(0, 120));

const violations = async () => (await window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }))
	.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' ')}`);

async function looks(browser, path, name) {
	const page = await open(browser, { bypassCSP: true });
	const wide = [];

	await page.goto(base + path);
	await page.locator('details').evaluateAll((all) => all.forEach((d) => { d.open = true; }));
	for (const width of [320, 480, 768, 1280, 1920]) {
		await page.setViewportSize({ width, height: 740 });
		wide.push(await page.evaluate(overflow));
	}
	await page.setViewportSize({ width: 640, height: 740 });
	await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
	wide.push(await page.evaluate(overflow));
	await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
	ok(wide.every((w) => w <= 0), `${name}: nothing overflows`, wide.join(' '));
	await page.addScriptTag({ path: axe });
	for (const [width, colorScheme] of [[1280, 'light'], [320, 'dark'], [1280, 'dark'], [320, 'light']]) {
		await page.setViewportSize({ width, height: 740 });
		await page.emulateMedia({ colorScheme });
		if (process.env.SHOTS)
			await page.screenshot({ path: `${process.env.SHOTS}-${name}-${width}-${colorScheme}.png` });
		const found = await page.evaluate(violations);
		ok(found.length === 0, `${name}: axe finds nothing, ${width} px, ${colorScheme}`, found.join('\n'));
	}
	for (const [width, forcedColors] of [[1280, 'none'], [320, 'none'], [1280, 'active']]) {
		await page.setViewportSize({ width, height: 740 });
		await page.emulateMedia({ forcedColors });
		const found = await page.evaluate(unseen);
		ok(found.length === 0, `${name}: every control shows its focus, ${width} px, forced colours ${forcedColors}`, found.slice(0, 5).join('\n'));
	}
	await page.context().close();
}

run(async () => {
	const browser = await launch();

	await withLetters(browser);
	await withoutScript(browser);
	await looks(browser, '', 'overview');
	await looks(browser, 'next', 'item');
	ok(noise.outside.length === 0, 'nobody else is asked', noise.outside.join('\n'));
	ok(noise.said.length === 0, 'the policy allows what the pages do', noise.said.join('\n'));
	await browser.close();
});
