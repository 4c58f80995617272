// A site made of hostile posts, in headless Chromium: nothing that strangers wrote
// runs, loads, breaks out of its place or vanishes; and the same looks find all of
// that on a page that shows such posts as they are.
//
// Every page is looked at twice.  Without its policy, as a fragment inside a
// shop's page is: what candor writes must be harmless by itself.  And with it,
// when it must find nothing to forbid.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { execFileSync, spawnSync } = require('child_process');
const { ok, serve, launch, run } = require('./lib.cjs');
const { make, company } = require('./hostile-site.cjs');

const candor = path.resolve('build/candor');
const payloads = path.join(process.env.CANDOR_SHARED || '../shared', 'data/payloads.jsonl');

// As src/base/utf8.c has them: what names and titles never show.
const invisible = String.raw`\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}`;
// As src/render/visible.c does: joiners where they shape, a few marks in a row.
const unseen = new RegExp(`[\\0-\\x1f${invisible}]|[^\\P{Noncharacter_Code_Point}]`, 'gu');
const shaping = /(?<=[\u0620-\u065f\u066e-\u08ff])[\u200c\u200d](?=[\u0620-\u065f\u066e-\u08ff])|(?<=\u094d)[\u200c\u200d]|(?<=[\p{Extended_Pictographic}\ufe0f])\u200d(?=\p{Extended_Pictographic})/gu;
const clean = (text) => text.replace(shaping, (j) => (j === '\u200c' ? '\ue000' : '\ue001')).replace(/[\t\n\r\x85\u2028\u2029]/g, ' ')
	.replace(unseen, '').replace(/^\p{M}+|(\p{M}{4})\p{M}+/gu, '$1').replace(/\ue000/g, '\u200c').replace(/\ue001/g, '\u200d');
const named = (text, instead) => (/[^\s\u2800]/.test(clean(text)) ? clean(text) : instead);

// --- in the page -----------------------------------------------------------

// Before the page's first byte: whatever a script would use to be noticed.
function watch() {
	const called = [];
	const tell = (what) => (...args) => { called.push(`${what}(${args.map(String).join(', ').slice(0, 80)})`); return null; };
	const before = new Set(Object.getOwnPropertyNames(window));
	const timeout = window.setTimeout;

	for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'eval', 'fetch', 'postMessage', 'XMLHttpRequest',
		'WebSocket', 'EventSource', 'Worker', 'SharedWorker', 'setInterval', 'msgbox'])
		window[name] = tell(name);
	window.setTimeout = (f, ...rest) => (typeof f === 'function' ? timeout(f, ...rest) : tell('setTimeout')(f));
	navigator.sendBeacon = tell('sendBeacon');
	for (const name of ['write', 'writeln', 'execCommand'])
		Document.prototype[name] = tell(name);
	before.add('msgbox').add('hostile');
	document.addEventListener('securitypolicyviolation', (e) => called.push(`policy: ${e.violatedDirective} ${e.blockedURI}`));
	window.navigation.addEventListener('navigate', (e) => called.push(`navigation to ${e.destination.url}`));
	// Honest links would lead away, those without a possible host to
	// about:blank#blocked; javascript: is not honest.
	document.addEventListener('click', (e) => {
		const a = e.target.closest && e.target.closest('a[href], area[href]');

		if (a && /^(https?:|mailto:|:)$/.test(a.protocol))
			e.preventDefault();
	}, true);
	Object.defineProperty(window, 'hostile', { value: { called, before } });
}

// Looks at the page; posts are those that its lists must hold, by the number of
// their list's first.  Returns lines, each beginning with what kind of thing it is.
function look({ lists, invisible: hidden }) {
	const found = [];
	const tell = (kind, what) => found.push(`${kind}: ${what}`);
	const markup = (e) => e.cloneNode(false).outerHTML.slice(0, 160);
	const all = [...document.querySelectorAll('*')];
	const names = (list) => new Set(list.split(' '));
	const inPosts = names('p h1 h2 h3 h4 h5 h6 blockquote pre code ol ul li hr table thead tbody tr td th details summary dl dt dd '
		+ 'em strong del sub sup kbd u mark small abbr br a bdi span time');
	const inPages = names('html head meta title link body header nav main footer article section div figure figcaption details summary mark strong b h1 h2 h3 ol ul li p a bdi span time '
		+ 'blockquote dl dt dd table thead tbody tr td th caption code');
	const attributes = { a: names('href rel'), pre: names('tabindex'), code: names('class'), ol: names('start'), abbr: names('title') };
	const frame = { class: /^candor-body$/, dir: /^auto$/, lang: /^[A-Za-z]+(-[A-Za-z0-9]+)*$/ };
	const about = { div: names('class'), p: names('class'), a: names('href rel'), span: names('class'), time: names('datetime'), bdi: names('') };
	const unseen = new RegExp(`[\\0-\\x08\\x0b-\\x1f${hidden}]`, 'u');
	const mark = /(?:start|end)\d+mark/g;
	const outside = document.body.cloneNode(true);
	const scripts = [...document.scripts].filter((s) => s.type !== 'application/ld+json' || !s.closest('head'));
	const box = (e) => e.getBoundingClientRect();

	if (scripts.length)
		tell('script', markup(scripts[0]));
	for (const s of document.scripts) {
		if (scripts.includes(s))
			continue;
		// Of an image without words the page says that it is one.
		const words = (text) => text.replace(/\s|image/g, '');
		const answers = (p) => (p.comment || []).flatMap((c) => [c, ...answers(c)]);
		const posting = JSON.parse(s.textContent);
		const posts = [...document.querySelectorAll('.candor-post')];
		const told = new Map([[posts[0], posting], ...answers(posting).map((c) => [document.getElementById(c.url.split('#')[1]), c])]);
		const silent = (post) => post.querySelector('.candor-empty') || !words(post.querySelector('.candor-body').textContent);

		if (posting['@type'] !== 'DiscussionForumPosting' || posting.headline.replace(/\s+/g, ' ') !== document.querySelector('h1').textContent.replace(/\s+/g, ' '))
			tell('data', posting.headline);
		if ([...told].some(([post, c]) => !post || !words(post.textContent).endsWith(words(c.text))) || posts.some((p) => !told.has(p) && !silent(p)))
			tell('data', 'search engines read other words than people');
	}
	for (const e of all) {
		const post = e.closest('.candor-post');

		if (e.localName === 'script' && !scripts.includes(e))
			continue;
		if (e.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !(e.closest('.candor-body > *') ? inPosts : inPages).has(e.localName))
			tell('element', markup(e));
		if (e.localName === 'a' && !(post && !e.closest('.candor-who')) && !/[^\s\u2800]/.test(e.textContent))
			tell('empty', markup(e));
		for (const a of e.attributes) {
			if (/^on/i.test(a.name))
				tell('handler', markup(e));
			if (/^(href|src|action|formaction|cite|data|background|poster|ping|srcset|xlink:href)$/i.test(a.name)
				&& (a.name !== 'href' || !/^(https?:|mailto:|:)$/.test(e.protocol || 'http:')
					|| !/^(https?:\/\/[^/]|mailto:.|#|\.\.?\/|[a-z0-9-]+(\/|\.[a-z]|$))/.test(a.value)))
				tell('url', markup(e));
			if (e.matches('.candor-post > .candor-body')) {
				if (!frame[a.name]?.test(a.value))
					tell('attribute', markup(e));
			} else if (post && e !== post && !((e.closest('.candor-who') ? about : attributes)[e.localName] || names('')).has(a.name))
				tell(a.name === 'id' || a.name === 'name' ? 'id' : 'attribute', markup(e));
		}
		if (post && e.localName === 'a' && !e.closest('.candor-who') && e.rel !== 'nofollow ugc noopener')
			tell('attribute', markup(e));
		if (post && e.localName === 'code' && !/^(language-[a-z]+)?$/.test(e.className))
			tell('attribute', markup(e));
	}

	const footer = document.querySelectorAll('body > footer');

	if (footer.length !== 1 || footer[0] !== document.body.lastElementChild || !footer[0].previousElementSibling.matches('main'))
		tell('place', 'the footer is not behind the posts');
	for (const d of document.querySelectorAll('details'))
		d.open = true;
	for (const list of document.querySelectorAll('ol.candor-posts:not(.candor-fold *)')) {
		const items = [...list.querySelectorAll(':scope > .candor-post, :scope > .candor-fold .candor-post')];
		const first = ((list.textContent.match(mark) || [''])[0].match(/\d+/) || [])[0];
		const posts = lists[first];

		if (!posts || items.length !== posts.length)
			tell('place', `${items.length} posts where ${posts && posts.length} were written, from ${first} on`);
		if (!list.closest('body > main'))
			tell('place', 'a list of posts is outside of the page');
		for (const [i, li] of items.entries()) {
			const { n, name, text } = (posts && posts[i]) || {};
			const who = li.querySelector('.candor-who');

			if (!li.matches('li.candor-post') || !who || who.parentNode !== li) {
				tell('place', markup(li));
				continue;
			}
			if ((li.textContent.match(mark) || []).join() !== `start${n}mark,end${n}mark`)
				tell('text', `post ${n} has the marks ${li.textContent.match(mark)}`);
			if ((li.innerText.match(mark) || []).length !== 2)
				tell('text', `post ${n} cannot be seen`);
			if (who.querySelector('bdi').textContent !== name)
				tell('name', `${JSON.stringify(who.querySelector('bdi').textContent)} is not ${JSON.stringify(name)}`);
			if (text !== null && [...li.childNodes].slice([...li.childNodes].indexOf(who) + 1)
				.map((c) => c.textContent).join('').replace(/\s/g, '') !== text)
				tell('text', `post ${n} reads otherwise than it was written`);
		}
	}
	// Nothing is wider than the page, stands outside its post, or has changed
	// places with what follows it.
	if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
		tell('layout', `the page is ${document.documentElement.scrollWidth} px wide`);
	for (const li of document.querySelectorAll('.candor-post')) {
		const room = box(li);

		for (const e of li.querySelectorAll(':scope > *, :scope > * > *, .candor-body > * > *')) {
			const { left, right, top, bottom, width } = box(e);

			if (width && !e.closest('pre, table') && (left < room.left - 1 || right > room.right + 1 || top < room.top - 1 || bottom > room.bottom + 1))
				tell('layout', markup(e));
		}
	}
	// What may turn its neighbours round is isolated from them; a heading has none.
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const { parentElement: e, data } = texts.currentNode;

		if (/[\u0590-\u08ff]/.test(data) && !e.closest('bdi, h1, .candor-post > :not(.candor-who)'))
			tell('bare', `${JSON.stringify(data.slice(0, 60))} in ${markup(e)}`);
	}
	for (const e of document.querySelectorAll('bdi + *, a:has(> bdi:only-child) + *')) {
		const before = [...(e.previousElementSibling.querySelector('bdi') || e.previousElementSibling).getClientRects()].pop();
		const after = e.getClientRects()[0];

		if (before && after && after.top < before.bottom - 2 && after.bottom > before.top + 2 && after.left < before.right - 1)
			tell('order', `${markup(e)} stands before ${markup(e.previousElementSibling)}`);
	}
	if (document.querySelectorAll('.candor-post').length !== document.querySelectorAll('ol.candor-posts > .candor-post').length)
		tell('place', 'a post is outside of the list');

	for (const e of outside.querySelectorAll('.candor-post > :not(.candor-who)'))
		e.remove();
	if (unseen.test(outside.textContent) || unseen.test(document.title))
		tell('unseen', JSON.stringify((unseen.exec(outside.textContent) || unseen.exec(document.title))[0]));
	return found;
}

// Does to every element of a post what a visitor could, and more.
function poke() {
	const events = ('click dblclick auxclick contextmenu mousedown mouseup mouseover mouseenter mousemove mouseout pointerdown pointerup '
		+ 'pointerover pointerenter pointermove touchstart touchend focus blur focusin focusout input change beforeinput submit reset invalid '
		+ 'select keydown keypress keyup load error abort loadstart loadeddata play canplay animationstart animationend animationiteration '
		+ 'transitionend transitionrun toggle beforetoggle scroll scrollend wheel copy cut paste drag dragstart drop begin end repeat '
		+ 'message hashchange popstate pageshow resize start finish bounce cancel close').split(' ');
	const count = document.querySelectorAll('*').length;

	for (const e of document.querySelectorAll('.candor-posts *')) {
		for (const type of events)
			e.dispatchEvent(new (/click|mouse|pointer|contextmenu/.test(type) ? MouseEvent : Event)(type, { bubbles: type === 'click', cancelable: true }));
		if (e.focus)
			e.focus();
	}
	return new Promise((done) => requestAnimationFrame(() => done([
		...window.hostile.called.map((what) => `called: ${what}`),
		...Object.getOwnPropertyNames(window).filter((n) => !window.hostile.before.has(n)).map((n) => `global: ${n}`),
		...(document.querySelectorAll('*').length === count ? [] : ['changed: the page']),
	])));
}

// --- around it -------------------------------------------------------------

async function open(browser, bypassCSP) {
	const context = await browser.newContext({ bypassCSP, javaScriptEnabled: true });
	const page = await context.newPage();
	const heard = [];

	await context.addInitScript(watch);
	// The site's own address, where fragments have their style sheet.
	await context.route('http://open.example/assets/*', (route) => route.fulfill({ contentType: 'text/css', path: 'themes/default/assets/fragment.css' }));
	page.on('dialog', (d) => { heard.push(`dialog: ${d.message()}`); d.dismiss(); });
	page.on('console', (m) => { if (m.type() === 'error') heard.push(`console: ${m.text()}`); });
	page.on('pageerror', (e) => heard.push(`console: ${e.message}`));
	page.on('popup', () => heard.push('left: a new window'));
	page.on('framenavigated', (f) => { if (f !== page.mainFrame()) heard.push(`left: a frame to ${f.url()}`); });
	return { context, page, heard };
}

// HTML as a list of tags and texts, however their characters are written.
function tokens(html) {
	const named = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\xa0' };

	return html.split(/(<[^>]*>)/).map((t) => t.replace(/&(?:#(\d+)|(\w+));/g, (whole, n, name) => (n ? String.fromCodePoint(n) : named[name] || whole)));
}

// The browser's parse is what was written: it closed, moved and made up nothing.
function differences(parsed, written) {
	const a = tokens(parsed);
	const b = tokens(written.slice(written.indexOf('<main'), written.indexOf('</main>') + 7));
	const i = a.findIndex((t, at) => t !== b[at]);

	return i < 0 && a.length === b.length ? [] : [`parse: ${JSON.stringify(a[i])} where ${JSON.stringify(b[i])} was written`];
}

// Poking is left out where the policy would stop what it starts.
async function visit({ page, heard }, base, url, lists, { poking = true, written = null, inner = null } = {}) {
	const asked = (request) => {
		const to = request.url();

		if (to !== base + url && !((to.startsWith(base) || to.startsWith('http://open.example/')) && /\/assets\/[a-z]+(\.[0-9a-f]+)?\.css$/.test(to)))
			heard.push(`outside: ${to.slice(0, 100)}`);
	};

	heard.length = 0;
	page.on('request', asked);
	const found = [];
	try {
		await page.goto(base + url);
		// As shops do that fetch the fragment.
		if (inner !== null)
			await page.evaluate((html) => {
				document.querySelector('main').innerHTML = html;
				return Promise.all([...document.querySelectorAll('link')].map((l) => l.sheet || new Promise((done) => l.addEventListener('load', done))));
			}, inner);
		if (written !== null)
			found.push(...differences(await page.evaluate(() => document.querySelector('main').outerHTML), written));
		found.push(...await page.evaluate(look, { lists, invisible: invisible.replace('\\u200b-', '\\u200b\\u200e-') }));
		found.push(...await page.evaluate(poking ? poke : () => window.hostile.called.map((what) => `called: ${what}`)));
	} catch (error) {
		found.push(`left: ${error.message}`);
	}
	if (page.url() !== base + url)
		found.push(`left: to ${page.url()}`);
	page.off('request', asked);
	return [...found, ...heard].map((what) => `${url}: ${what}`);
}

// What look() is to expect of each thread, by the number of its first post.
function expectations(threads) {
	const lists = {};

	for (const { posts } of threads)
		lists[posts[0].n] = posts.map(({ n, format, body, author }) => ({
			n, name: named(author.id === 'staff' ? company : author.name, 'unnamed'),
			text: format === 'text' && !/^\s*>/m.test(body) ? body.replace(/[\0-\x1f\x7f]/g, '').replace(/\s/g, '') : null,
		}));
	return lists;
}

function files(dir, pattern) {
	return fs.readdirSync(dir, { withFileTypes: true }).flatMap((f) => (f.isDirectory()
		? files(path.join(dir, f.name), pattern) : pattern.test(f.name) ? [path.join(dir, f.name)] : []));
}

// Equal ones on several pages once, with the first page.
function list(found) {
	const first = new Map();

	for (const line of found) {
		const what = line.replace(/^\/\S*: /, '');

		first.set(what, { line, n: first.has(what) ? first.get(what).n + 1 : 1 });
	}
	return [...first.values()].slice(0, 40).map(({ line, n }) => (n > 1 ? `${line} (${n} times)` : line)).join('\n');
}

// A fragment is no page: it stands inside one of the shop's.
function answer(site) {
	const shop = (html) => ({ html: `<!doctype html><title>Shop</title><main>${html}</main><footer>Shop</footer>` });

	return (url) => (url === '/favicon.ico' ? { html: ' ' } : url.startsWith('/inner/') ? shop('')
		: url.startsWith('/shop/') ? shop(fs.readFileSync(path.join(site, url.slice(6)))) : path.join(site, url));
}

async function pages(browser, site, lists) {
	const server = await serve(answer(site));
	const html = files(site, /\.html$/).map((f) => path.relative(site, f).replace(/(^|\/)index\.html$/, '$1'));

	await Promise.all([true, false].map(async (bypass) => {
		const tab = await open(browser, bypass);
		const found = [];

		for (const name of html) {
			const fragment = name.endsWith('.html');
			const page = answer(site)(fragment ? `/shop/${name}` : `/${name}`);
			const written = page.html || fs.readFileSync(page.replace(/\/$/, '/index.html'), 'utf8');

			found.push(...await visit(tab, server.base, (fragment ? '/shop/' : '/') + name, lists, { poking: bypass, written }));
			if (fragment && bypass)
				found.push(...await visit(tab, server.base, `/inner/${name}`, lists, { inner: fs.readFileSync(path.join(site, name), 'utf8') }));
		}
		ok(found.length === 0, `${html.length} pages hold ${bypass ? 'without' : 'with'} their policy`, list(found));
		await tab.context.close();
	}));
	server.close();
}

// Each thread has a page, found by its first post, and that page has its title.
async function titles(browser, site, threads) {
	const page = await browser.newPage({ javaScriptEnabled: false });
	const wrong = [];
	const seen = new Map();

	for (const file of files(path.join(site, 'threads'), /\.html$/)) {
		await page.setContent(fs.readFileSync(file, 'utf8'));
		const { first, h1, quote } = await page.evaluate(() => ({
			first: Number(document.querySelector('.candor-posts').textContent.match(/start(\d+)mark/)[1]),
			h1: document.querySelector('h1').textContent,
			quote: (document.querySelector('.candor-admission p bdi') || {}).textContent,
		}));
		seen.set(first, { h1, quote });
	}
	for (const { title, labels, posts } of threads) {
		const { h1, quote } = seen.get(posts[0].n) || {};
		const said = labels && labels[0].quote;

		if (h1 !== named(title, 'Untitled conversation'))
			wrong.push(`${JSON.stringify(h1)} is not ${JSON.stringify(named(title, 'Untitled conversation'))}`);
		if (quote !== undefined && quote.replace(/\s+/g, ' ') !== clean(said || '').replace(/\s+/g, ' '))
			wrong.push(`${JSON.stringify(quote)} does not quote ${JSON.stringify(said)}`);
	}
	ok(seen.size === threads.length && wrong.length === 0, `${threads.length} titles read as they were written`, list(wrong));
	await page.close();
}

// What readers of feeds make of them.
async function feeds(browser, site, threads) {
	const page = await browser.newPage({ javaScriptEnabled: true });
	const titles = new Set(threads.flatMap(({ title }) => [named(title, 'Untitled conversation')]).map((t) => t.replace(/\s+/g, ' ')));
	const wrong = [];
	let count = 0;

	for (const file of files(site, /(feed|wrong)\.xml$/)) {
		const entries = await page.evaluate((xml) => {
			const feed = new DOMParser().parseFromString(xml, 'application/xml');
			const text = (e, name) => e.getElementsByTagName(name)[0].textContent;

			return [...feed.getElementsByTagName('entry')].map((e) => ({
				title: text(e, 'title'), name: text(e, 'name'), html: e.getElementsByTagName('content')[0].children.length,
			}));
		}, fs.readFileSync(file, 'utf8'));

		count += entries.length;
		for (const { title, name, html } of entries)
			if (!titles.has(title.replace(/^Re: /, '').replace(/\s+/g, ' ')) || !named(name, '') || clean(name) !== name || html)
				wrong.push(`${path.relative(site, file)}: ${JSON.stringify(title)} by ${JSON.stringify(name)}`);
	}
	ok(count > 100 && wrong.length === 0, `${count} entries of feeds have their titles and names`, list(wrong));
	await page.close();
}

function machines(site) {
	const xml = files(site, /\.xml$/);
	const lint = spawnSync('xmllint', ['--noout', ...xml], { encoding: 'utf8' });

	if (lint.error)
		console.log('# no xmllint');
	else
		ok(lint.status === 0, `${xml.length} feeds and sitemaps are well-formed`, lint.stderr.slice(0, 2000));
	const urls = xml.flatMap((f) => [...fs.readFileSync(f, 'utf8').matchAll(/(?: href="|<uri>|<loc>|<id>)([^"<]*)/g)].map((m) => m[1]));
	const odd = urls.filter((u) => !/^(https?:\/\/[^/\s]|mailto:.)/.test(u));
	ok(urls.length > 0 && odd.length === 0, `${urls.length} addresses in them can be followed`, list(odd));
	const ledger = JSON.parse(fs.readFileSync(path.join(site, 'honesty.json'), 'utf8'));
	ok(typeof ledger === 'object', 'the ledger is JSON');
	const names = files(site, /./).map((f) => path.relative(site, f));
	const bad = names.filter((n) => !/^([a-z0-9-]{1,64}\/)*([a-z0-9-]+(\.[a-z0-9]+)*|\.candor-site)$/.test(n));
	ok(bad.length === 0 && new Set(names.map((n) => n.toLowerCase())).size === names.length, `${names.length} files have tame names`, list(bad));
}

// The same looks, at posts that nobody cleaned.
async function selfTest(browser) {
	const posts = [
		'<script>alert(1)</script>', '<img src=x onerror=confirm(2)>', '<a href="javascript:prompt(3)">a</a>', '<b id=b onmouseover="leak=1">b</b>',
		'<script type="application/ld+json">{"text":""}</script>', '<p style="position:absolute;left:5000px">far</p>', '<p dir=rtl><bdi>first</bdi> <b>second</b></p>', '</li><li>\u05d0</li>',
		'<img src=//evil.example/i.png>', '<iframe srcdoc="<p>x"></iframe>', '<textarea>', '</textarea></li></ol></main>',
	];
	const items = posts.map((p, i) => `<li class="candor-post"><p class="candor-who"><bdi>a\u202e</bdi></p><p>start${i}mark</p>${p}<p>end${i}mark</p></li>`);
	const server = await serve(() => ({ html: `<!doctype html><main><ol class="candor-posts">${items.join('')}</ol></main><footer></footer>` }));
	const tab = await open(browser, true);
	const found = await visit(tab, server.base, '/', { 0: posts.map((p, n) => ({ n, name: 'a', text: null })) }, { written: `<main>${items.join('')}</main>` });
	const kinds = new Set(found.map((f) => f.split(': ')[1]));
	const missed = ['script', 'element', 'handler', 'url', 'attribute', 'id', 'place', 'text', 'name', 'unseen', 'layout', 'order', 'bare', 'called', 'global', 'outside', 'left', 'console', 'parse']
		.filter((kind) => !kinds.has(kind));

	ok(missed.length === 0, 'what is not cleaned is found', `missed: ${missed.join(', ')}\n${list(found)}`);
	await tab.context.close();
	server.close();
}

// On a phone, too, nothing is wider than the page.
async function phone(browser, site) {
	const server = await serve(answer(site));
	const page = await browser.newPage({ viewport: { width: 320, height: 700 } });
	const found = [];

	for (const slug of fs.readdirSync(path.join(site, 'products'))) {
		await page.goto(`${server.base}/products/${slug}/`);
		const width = await page.evaluate(() => document.documentElement.scrollWidth);

		if (width > 320)
			found.push(`products/${slug}: ${width} px`);
	}
	ok(found.length === 0, 'pages of products are no wider than a phone', found.join('\n'));
	await page.close();
	server.close();
}

run(async () => {
	const browser = await launch();
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'candor-hostile-'));
	const site = path.join(dir, 'public');

	await selfTest(browser);
	if (process.argv[2] !== '--self-test') {
		const threads = make(dir, payloads);

		execFileSync(candor, ['import', '-q', 'jsonl', 'posts.jsonl'], { cwd: dir, stdio: 'ignore' });
		execFileSync(candor, ['build', '-q', '--now', '2026-03-01T00:00:00Z'], { cwd: dir, stdio: 'ignore' });
		await pages(browser, site, expectations(threads));
		await phone(browser, site);
		await titles(browser, site, threads);
		await feeds(browser, site, threads);
		machines(site);
		if (!fs.existsSync(payloads))
			ok(true, `the payloads of other sanitisers # SKIP no ${payloads}`);
	}
	await browser.close();
	fs.rmSync(dir, { recursive: true });
});
