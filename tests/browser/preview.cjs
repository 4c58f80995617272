// The preview, as somebody sees it who has an editor beside the browser: files are broken and
// mended, saved in the ways of editors, and changed by other commands.  Each change is waited
// for where it shows.  How long it took from saving to seeing is printed, and only bounded
// loosely: the machine may be busy.
'use strict';
const fs = require('fs');
const path = require('path');
const http = require('http');
const { execFileSync, spawn } = require('child_process');
const { ok, serve, launch, run } = require('./lib.cjs');

const [base, site, server] = process.argv.slice(2);
const axe = require.resolve('axe-core/axe.min.js');
const noise = { outside: [], said: [] };
const kettle = `${base}products/ember-kettle/`;
const candor = (...words) => execFileSync('build/candor', [...words, '-C', site], { encoding: 'utf8' });
const read = (name) => fs.readFileSync(path.join(site, name), 'utf8');
const write = (name, text) => fs.writeFileSync(path.join(site, name), text);

// As vim and many others do it.
function replace(name, text) {
	write(`${name}~`, text);
	fs.renameSync(path.join(site, `${name}~`), path.join(site, name));
}

function edit(name, from, to) {
	if (!read(name).includes(from))
		throw new Error(`'${from}' isn't in ${name}`);
	write(name, read(name).replace(from, () => to));
}

async function open(browser, address, options) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
	const page = await context.newPage();

	page.on('request', (r) => { if (!r.url().startsWith(base)) noise.outside.push(r.url()); });
	page.on('console', (m) => { if (m.type() === 'error' && !/favicon|404|503/.test(m.location().url + m.text())) noise.said.push(m.text()); });
	page.on('pageerror', (e) => noise.said.push(e.message));
	await page.goto(address);
	return page;
}

// Asked again and again, until it is so.
async function untilTrue(what) {
	for (const end = Date.now() + 60000; Date.now() < end; await new Promise((done) => setTimeout(done, 10)))
		if (await what())
			return true;
	return false;
}

async function until(page, what) {
	return untilTrue(() => page.evaluate(what).catch(() => false));
}

const overlay = (page) => page.locator('candor-preview #overlay');
const button = (page, id) => page.locator(`candor-preview #${id}`);
const panel = (page) => page.locator('candor-preview #panel');
const gone = (page) => overlay(page).waitFor({ state: 'hidden' });

// --- Rules: broken, mended, changed ---

async function rules(browser) {
	const page = await open(browser, kettle);
	const threads = page.locator('main article');
	const before = await threads.count();

	await button(page, 'why').waitFor();
	ok(before === 8, 'the page has eight conversations', before);
	ok((await page.locator('candor-preview .bar').innerText()).includes('4 of 8 wrong, 2 required'), 'the bar says how the share stands');
	await page.evaluate(() => { document.querySelectorAll('main a')[3].focus({ preventScroll: true }); scrollTo({ top: 900, behavior: 'instant' }); document.querySelector('h1').dataset.old = 1; });
	edit('rules.yaml', 'share: 25%', 'shaer: 25%');
	await overlay(page).waitFor();
	ok(await until(page, () => document.querySelector('candor-preview').shadowRoot.activeElement?.id === 'overlay' && document.body.inert), 'keys belong to it, not to what is under it');
	const text = await overlay(page).innerText();
	ok(/rules\.yaml:14:3 error: unknown key 'shaer'/.test(text), 'a mistake lies over the page, with its place', text);
	ok(/14 \|\s+shaer: 25%[^\n]*\n\s+\|\s+\^~~~~/.test(text), 'its line, with what is meant', text);
	ok(text.includes("did you mean 'share'?"), 'and what to do');
	ok(await page.locator('h1[data-old]').count() === 1, 'the page below is the same');
	const other = await open(browser, `${base}products/lull-clock/`);
	await overlay(other).waitFor();
	ok(await other.locator('h1').innerText() === 'Lull sunrise clock', 'another page is still there, with the mistake over it');
	await page.keyboard.press('Escape');
	await gone(page);
	ok(await button(page, 'again').evaluate((e) => e.getRootNode().activeElement === e), 'Escape hides it and leaves a way back');
	await button(page, 'again').press('Enter');
	await overlay(page).waitFor();
	replace('rules.yaml', read('rules.yaml').replace('shaer: 25%', 'share: 25%').replace('limit: 8 ', 'limit: 5 '));
	await button(page, 'again').waitFor({ state: 'detached' });
	await gone(page);
	await page.locator('main article >> nth=4').waitFor();
	ok(await threads.count() === 5, 'mended, it goes, and the page is new', await threads.count());
	ok(await page.evaluate(() => scrollY) === 900, 'where it was read', await page.evaluate(() => scrollY));
	ok(await page.evaluate(() => document.activeElement === document.querySelectorAll('main a')[3] && !document.body.inert), 'the focus is back');
	await gone(other);
	ok(true, 'in every tab');
	await other.context().close();
	await page.context().close();
}

// From saving a rule to the second frame with the new page.
async function time(browser) {
	const page = await open(browser, kettle);
	const times = [];

	await button(page, 'why').waitFor();
	await page.evaluate(() => new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(() => {
		document.documentElement.dataset.painted = Date.now();
	}))).observe(document.documentElement, { childList: true }));
	for (const limit of [7, 6, 7, 6, 7, 6, 7]) {
		const text = read('rules.yaml').replace(/limit: \d+ /, `limit: ${limit} `);

		await page.evaluate(() => { delete document.documentElement.dataset.painted; });
		const saved = Date.now();
		write('rules.yaml', text);
		await page.locator('html[data-painted]').waitFor();
		times.push(Number(await page.locator('html').getAttribute('data-painted')) - saved);
		if (await page.locator('main article').count() !== limit)
			throw new Error('another page');
	}
	times.sort((a, b) => a - b);
	ok(times[0] < 5000, `from saving a rule to seeing it: ${times[0]} ms at best, ${times[times.length >> 1]} ms in the middle`, times.join(' '));
	write('rules.yaml', read('rules.yaml').replace(/limit: \d+ /, 'limit: 8 '));
	await page.locator('main article >> nth=7').waitFor();
	await page.context().close();
}

// --- Theme and content ---

async function theme(browser) {
	const page = await open(browser, kettle);
	const css = 'themes/default/assets/site.css';

	await page.locator('details').evaluateAll((all) => all.forEach((d) => { d.open = true; }));
	replace(css, `${read(css)}\nh1 { letter-spacing: 7px }\n`);
	ok(await until(page, () => getComputedStyle(document.querySelector('h1')).letterSpacing === '7px'), 'a stylesheet that changed is seen');
	ok(await until(page, () => [...document.querySelectorAll('details')].every((d) => d.open)), 'what was unfolded stays so');

	const template = read('themes/default/product.md');
	write('themes/default/product.md', `${template}\n{{page.nonsense}}\n`);
	await overlay(page).waitFor();
	ok(/themes\/default\/product\.md:\d+/.test(await overlay(page).innerText()), 'a mistake in a template has its place', await overlay(page).innerText());
	ok(await page.locator('main article').count() === 8, 'the page below is the last good one');
	await page.reload();
	await overlay(page).waitFor();
	ok(await page.locator('main article').count() === 8, 'also when it is asked for again');
	write('themes/default/product.md', `${template}\n<p id="new">New in the theme</p>\n`);
	await page.locator('#new').waitFor();
	await gone(page);
	write('themes/default/product.md', template);
	await page.locator('#new').waitFor({ state: 'detached' });
	await page.context().close();
}

async function content(browser) {
	const page = await open(browser, `${base}about/`);

	await button(page, 'share').waitFor();
	fs.appendFileSync(path.join(site, 'pages/about.md'), '\n## Written just now\n');
	await page.getByRole('heading', { name: 'Written just now' }).waitFor();
	ok(true, 'a page of content/ that changed is seen');
	edit('candor.yaml', 'language: en', 'language: de');
	ok(await until(page, () => document.documentElement.lang === 'de'), 'so is another language');
	edit('candor.yaml', 'language: de', 'language: en');
	await page.goto(`${base}novelty/`);
	ok(await page.locator('h1').innerText() === 'No such page', 'a page that isn\'t there');
	fs.writeFileSync(path.join(site, 'pages/novelty.md'), '---\ntitle: A novelty\ndraft: true\n---\nText.\n');
	await page.getByRole('heading', { name: 'A novelty' }).waitFor();
	ok((await page.locator('.candor-preview-mark').innerText()).includes('Draft: not published'), 'comes when it is written, and is marked as a draft');
	await button(page, 'waiting').click();
	ok((await panel(page).innerText()).includes('A novelty'), 'and listed as one', await panel(page).innerText());
	fs.unlinkSync(path.join(site, 'pages/novelty.md'));
	await page.getByRole('heading', { name: 'No such page' }).waitFor();
	await page.context().close();
}

// --- The archive ---

async function archive(browser) {
	const page = await open(browser, kettle);

	await button(page, 'why').click();
	const why = await panel(page).innerText();
	ok(/shown at place 1/.test(why) && /confirmed by Niamh Daly/.test(why), 'why each is here, and who confirmed that we were wrong', why);
	ok(/not shown: .*\n?.*rules\.yaml:\d+/.test(why), 'and why others are not, by which rule', why);
	const id = (await page.locator('candor-preview #panel ol a').first().getAttribute('href')).split('/').slice(-2)[0];
	candor('label', `forum/${id}`, 'private', '--by', 'Kim', '--now', '2026-11-19');
	await page.locator(`main a[href*="/forum/${id}/"]`).first().waitFor({ state: 'detached' });
	ok(true, 'a label that another command wrote is seen');
	await page.context().close();
}

// Titles and names that would run, were they ever more than text.
async function hostile(browser) {
	const page = await open(browser, kettle);
	const title = '<img src=x onerror="window.fired=1"><script>window.fired=1</script>"\' onload=window.fired=1 {{title}}';

	for (const [id, what] of [['why', title], ['waiting', `Later: ${title}`]]) {
		await button(page, id).click();
		await page.locator('candor-preview #panel', { hasText: what }).waitFor();
		ok(await page.locator('candor-preview #panel img, candor-preview #panel script').count() === 0, `${id}: what strangers wrote is text`);
	}
	await page.locator('candor-preview #panel a', { hasText: 'Later: ' }).first().click();
	await page.locator('.candor-preview-mark').waitFor();
	ok(await page.locator('.candor-preview-mark').innerText() === 'Embargoed until 2026-12-24, 08:30 UTC: not published', 'a conversation under embargo says so over its page', await page.locator('.candor-preview-mark').innerText());
	await button(page, 'why').click();
	ok((await panel(page).innerText()).includes('not shown: embargoed until 2026-12-24'), 'and why', await panel(page).innerText());
	ok(await page.evaluate(() => window.fired === undefined), 'nothing of it ran');
	await page.context().close();

	const plain = await open(browser, `${base}threads/forum/990002/`, { javaScriptEnabled: false });
	const box = await plain.locator('.candor-preview-mark p').boundingBox();
	ok(box && box.width > 100, 'the mark is seen without a script, too');
	await plain.context().close();

	// A page's own policy still holds for all but the preview's script.
	const strict = await open(browser, kettle);
	const ran = await strict.evaluate(() => new Promise((done) => {
		const s = document.createElement('script');

		s.src = '/search/search.js?x';
		s.onload = () => done('ran');
		s.onerror = () => done('refused');
		document.body.append(s);
	}));
	ok(ran === 'refused', 'no other script may run');
	noise.said = noise.said.filter((t) => !t.includes('search.js'));
	await strict.context().close();
}

// Another origin can't read what is here, by any of the ways there are.
async function elsewhere(browser) {
	const other = await serve(() => ({ html: '<!doctype html><title>x</title><p>x' }));
	const page = await (await browser.newContext()).newPage();

	await page.goto(other.base);
	const got = await page.evaluate(async (address) => {
		const tries = {
			fetch: () => fetch(address).then((r) => r.text()),
			events: () => new Promise((done, fail) => {
				const e = new EventSource(address.replace('state', 'events'));

				e.onmessage = done;
				e.onerror = () => (e.close(), fail(new Error('refused')));
			}),
			script: () => new Promise((done, fail) => {
				const s = document.createElement('script');

				s.src = address.replace('state', 'preview.js');
				s.onload = done;
				s.onerror = fail;
				document.body.append(s);
			}),
		};
		const read_ = [];

		for (const [name, attempt] of Object.entries(tries))
			await attempt().then(() => read_.push(name), () => {});
		return read_;
	}, `${base}_candor/state?path=/`);
	ok(got.length === 0, 'another origin reads nothing here', got.join());
	await page.context().close();
	other.close();
}

// --- Product pages ---

async function shop(browser) {
	const page = await open(browser, `${base}about/`);

	await page.locator('candor-preview').getByRole('link', { name: 'Product pages' }).click();
	await page.getByRole('link', { name: 'ember-kettle.html' }).click();
	await page.locator('section.candor article').first().waitFor();
	ok(true, 'a product page has its conversations in place');
	ok(await until(page, () => [...document.styleSheets].some((s) => s.href.endsWith('/assets/fragment.css') && s.cssRules.length > 0)), 'with the fragment\'s styles');
	ok(await page.evaluate(async () => (await fetch('/shop.css')).status) === 200, 'what the site doesn\'t have comes from the shop');
	await button(page, 'why').click();
	ok((await panel(page).innerText()).includes('shown at place 1'), 'why they are here');
	edit('shop/ember-kettle.html', '<h1', '<h2 id="sale">Sale</h2><h1');
	await page.locator('#sale').waitFor();
	ok(true, 'a product page that changed is seen');
	fs.appendFileSync(path.join(site, 'shop/shop.css'), '\nh1 { letter-spacing: 9px }\n');
	ok(await until(page, () => getComputedStyle(document.querySelector('h1')).letterSpacing === '9px'), 'and its stylesheet, which keeps its name');
	await button(page, 'why').waitFor();
	ok(/^preview\n/.test(await page.locator('candor-preview .bar').innerText()), 'the bar doesn\'t call it published');
	edit('shop/ember-kettle.html', 'candor:ember-kettle', 'candor:ember-ketle');
	await overlay(page).waitFor();
	ok((await overlay(page).innerText()).includes("did you mean 'ember-kettle'?"), 'a mistake in its marker lies over it', await overlay(page).innerText());
	edit('shop/ember-kettle.html', 'candor:ember-ketle', 'candor:ember-kettle');
	await gone(page);
	await button(page, 'why').waitFor();
	ok(await until(page, () => !document.querySelector('candor-preview').shadowRoot.querySelector('#warnings, #again')), 'mended, nothing is left of it');
	await page.context().close();
}

// --- How it looks ---

const violations = async () => (await window.axe.run('candor-preview', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }))
	.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' ')}`);

async function looks(browser) {
	const page = await open(browser, kettle, { bypassCSP: true, reducedMotion: 'reduce' });
	const height = () => document.documentElement.scrollHeight;

	await button(page, 'why').waitFor();
	const tall = await page.evaluate(height);
	await page.locator('candor-preview').evaluate((e) => { e.hidden = true; e.style.display = 'none'; });
	ok(await page.evaluate(height) === tall, 'the bar moves nothing of the page');
	await page.reload();
	await button(page, 'why').waitFor();
	ok(await page.evaluate(() => {
		scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
		return document.body.getBoundingClientRect().bottom <= document.querySelector('candor-preview').shadowRoot.querySelector('.bar').getBoundingClientRect().top;
	}), 'and hides nothing of its end');
	for (const [name, prepare] of [
		['bar', async () => button(page, 'why').waitFor()],
		['why', async () => button(page, 'why').click()],
		['share', async () => button(page, 'share').click()],
		['waiting', async () => button(page, 'waiting').click()],
		['overlay', async () => { edit('rules.yaml', 'spread: true', 'spraed: true'); await overlay(page).waitFor(); }],
	]) {
		await prepare();
		await page.addScriptTag({ path: axe });
		for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [360, 'light'], [360, 'dark']]) {
			await page.setViewportSize({ width, height: 740 });
			await page.emulateMedia({ colorScheme });
			if (process.env.SHOTS)
				await page.screenshot({ path: `${process.env.SHOTS}-${name}-${width}-${colorScheme}.png` });
			const found = await page.evaluate(violations);
			ok(found.length === 0, `${name}: axe finds nothing, ${width} px, ${colorScheme}`, found.join('\n'));
			const wide = await page.locator('candor-preview').evaluate((e) => [...e.shadowRoot.querySelectorAll('section')].filter((s) => s.scrollWidth > s.clientWidth + 1).map((s) => s.className).join());
			ok(!wide, `${name}: nothing overflows, ${width} px`, wide);
		}
	}
	edit('rules.yaml', 'spraed: true', 'spread: true');
	await gone(page);
	await button(page, 'fold').press('Enter');
	await button(page, 'why').waitFor({ state: 'detached' });
	await page.reload();
	await button(page, 'fold').waitFor();
	ok(await button(page, 'why').count() === 0, 'the bar stays folded, also on the next page');
	await button(page, 'fold').press('Enter');
	await button(page, 'why').press('Enter');
	await page.keyboard.press('Escape');
	await panel(page).waitFor({ state: 'hidden' });
	ok(await button(page, 'why').evaluate((e) => e.getRootNode().activeElement === e), 'by keyboard alone: unfolded, opened, closed');
	await page.context().close();
}

async function end(browser) {
	const page = await open(browser, kettle);

	await button(page, 'why').waitFor();
	process.kill(Number(server), 'SIGINT');
	await page.locator('candor-preview .bar', { hasText: 'candor has stopped' }).waitFor();
	ok(true, 'that it was ended is said');

	// An answer that is no stream ends one for good, as browsers see it.
	const { port } = new URL(base);
	const asked = [];
	const other = http.createServer((request, response) => { asked.push(request.url); response.writeHead(404).end(); });

	await new Promise((done) => setTimeout(done, 1000));
	other.listen(port, '127.0.0.1');
	await untilTrue(() => asked.length > 0);
	other.closeAllConnections();
	await new Promise((done) => other.close(done));
	edit('rules.yaml', 'limit: 8 ', 'limit: 4 ');
	const next = spawn('build/candor', ['preview', '-q', '-C', site, '--port', port], { stdio: 'ignore' });

	await page.locator('main article >> nth=4').waitFor({ state: 'detached' });
	ok(!(await page.locator('candor-preview .bar').innerText()).includes('stopped'), 'started again, it is found again, and what changed meanwhile is seen');
	next.kill();
	noise.said = noise.said.filter((t) => !/ERR_|404/.test(t));
	await page.context().close();
}

run(async () => {
	const browser = await launch();

	for (const part of [rules, time, theme, content, hostile, archive, elsewhere, shop, looks, end])
		await part(browser);
	ok(noise.outside.length === 0, 'nobody else is asked', noise.outside.join('\n'));
	ok(noise.said.length === 0, 'the policy allows what the pages do', noise.said.join('\n'));
	await browser.close();
});
