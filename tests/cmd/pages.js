// Everything in a built site that can be said without looking at it:
//
//	node tests/cmd/pages.js SITE URL EXPORT
//
// SITE is the folder, URL where it is to live, EXPORT the archive's JSON Lines.
// The reader of HTML here is stricter than a browser: what it can't read is a
// mistake, so that nothing escapes the questions below.
'use strict';
const fs = require('fs'), path = require('path');
const { report, walk, decode, plan } = require('./results.js');
const [site, url, exported] = process.argv.slice(2);

const files = walk(site).map(f => path.relative(site, f)).sort();
const read = f => fs.readFileSync(path.join(site, f), 'utf8');

// --- a strict tokenizer ---
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: +[a-z][a-z-]*(?:="[^"<>]*")?)*) *\/?>/y;
const ATTRIBUTE = / +([a-z][a-z-]*)(?:="([^"]*)")?/g;
const VOID = new Set(['meta', 'link', 'br', 'hr', 'img', 'input']);

function parse(file, html, problems) {
	const page = { file, html, tags: [], text: [] };
	const open = [];
	let at = 0;
	if (html.startsWith('<!doctype html>'))
		at = '<!doctype html>'.length;
	while (at < html.length) {
		const next = html.indexOf('<', at);
		if (open.at(-1) !== 'script')
			page.text.push(html.slice(at, next < 0 ? html.length : next));
		if (next < 0)
			break;
		TAG.lastIndex = next;
		const m = TAG.exec(html);
		if (!m) {
			problems.push(`${file}: no tag: ${JSON.stringify(html.slice(next, next + 60))}`);
			return page;
		}
		at = TAG.lastIndex;
		if (m[1]) {
			if (open.pop() !== m[2])
				problems.push(`${file}: </${m[2]}> closes something else`);
			continue;
		}
		const attributes = {};
		for (const a of m[3].matchAll(ATTRIBUTE)) {
			if (a[1] in attributes)
				problems.push(`${file}: ${a[1]} twice in ${m[0]}`);
			attributes[a[1]] = decode(a[2] || '');
		}
		page.tags.push({ name: m[2], attributes });
		if (!VOID.has(m[2]))
			open.push(m[2]);
	}
	if (open.length)
		problems.push(`${file}: not closed: ${open}`);
	return page;
}

const broken = [];
const pages = files.filter(f => f.endsWith('.html')).map(f => parse(f, read(f), broken));
const byFile = new Map(pages.map(p => [p.file, p]));
const fragments = pages.filter(p => p.file.endsWith('fragment.html'));
const whole = pages.filter(p => !p.file.endsWith('fragment.html'));
report(`${pages.length} pages can be read strictly`, broken);

function each(list, question) {
	return list.flatMap(p => p.tags.flatMap(t => {
		const problem = question(t, p);
		return problem ? [`${p.file}: ${problem}`] : [];
	}));
}

// --- nothing that runs, loads or looks otherwise ---
report('no element that runs or loads', each(pages, t =>
	!(t.name === 'script' && t.attributes.type === 'application/ld+json') &&
	['script', 'iframe', 'object', 'embed', 'style', 'form', 'base', 'svg', 'math', 'video',
		'audio', 'source', 'template'].includes(t.name) && t.name));
report('no attribute that runs or styles', each(pages, t =>
	Object.keys(t.attributes).find(a => a.startsWith('on') || a === 'style' ||
		a === 'srcdoc' || a === 'srcset' || a === 'formaction' || a === 'ping')));
report('no remote image', each(pages, t =>
	t.name === 'img' && /^([a-z]+:|\/\/)/i.test(t.attributes.src || '') && t.attributes.src));
report('only http, https and mailto', each(pages, t =>
	[t.attributes.href, t.attributes.src].find(u => u !== undefined &&
		/^[\s\x00-\x20]*[a-z][a-z0-9+.-]*:/i.test(u) && !/^(https?|mailto):/.test(u))));
const CSP = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
const metas = (p, name) => p.tags.filter(t => t.name === 'meta' &&
	(t.attributes['http-equiv'] === name || t.attributes.name === name)).map(t => t.attributes.content);
report('a content security policy on every page, first of what matters', whole.flatMap(p => {
	const policy = p.tags.findIndex(t => t.attributes['http-equiv'] === 'Content-Security-Policy');
	const load = p.tags.findIndex(t => t.name === 'link' || t.name === 'body');
	return policy >= 0 && policy < load &&
		metas(p, 'Content-Security-Policy').join() === CSP ? [] : [p.file];
}));
report('a referrer policy on every page', whole.filter(p =>
	metas(p, 'referrer').join() !== 'strict-origin-when-cross-origin').map(p => p.file));

// --- links ---
const ids = new Map(), doubled = [];
for (const p of pages) {
	const seen = new Set();
	for (const t of p.tags) {
		const id = t.attributes.id;
		if (id === undefined)
			continue;
		if (seen.has(id))
			doubled.push(`${p.file}: ${id}`);
		seen.add(id);
	}
	ids.set(p.file, seen);
}
report('no id twice on a page', doubled);
report('every aria-labelledby is there', each(pages, (t, p) =>
	(t.attributes['aria-labelledby'] || '').split(' ').find(id => id && !ids.get(p.file).has(id))));

const all = new Set(files);
function target(from, href) {
	const base = new URL(from, url);
	let u;
	try {
		u = new URL(href, base);
	} catch (e) {
		return 'not a URL: ' + href;
	}
	if (!u.href.startsWith(url))
		return href.match(/^[a-z]+:/) ? null : 'leads out of the site: ' + href;
	let file = decodeURIComponent(u.pathname.slice(new URL(url).pathname.length));
	if (file === '' || file.endsWith('/'))
		file += 'index.html';
	if (!all.has(file))
		return 'no file for ' + href;
	if (u.hash && !(ids.get(file) || new Set()).has(decodeURIComponent(u.hash.slice(1))))
		return 'no id for ' + href;
	return null;
}
let links = 0;
const dead = each(pages, (t, p) => {
	const href = t.attributes.href ?? t.attributes.src;
	if (href === undefined)
		return null;
	links++;
	return target(p.file, href);
});
report(`${links} links lead to something`, dead);
report('every page can be reached by links', (() => {
	const reached = new Set(['index.html']), todo = ['index.html'];
	for (let f; (f = todo.pop());)
		for (const t of byFile.get(f).tags) {
			if (t.attributes.href === undefined)
				continue;
			const u = new URL(t.attributes.href, new URL(f, url));
			if (!u.href.startsWith(url))
				continue;
			let file = decodeURIComponent(u.pathname.slice(new URL(url).pathname.length));
			if (file === '' || file.endsWith('/'))
				file += 'index.html';
			if (byFile.has(file) && !reached.has(file)) {
				reached.add(file);
				todo.push(file);
			}
		}
	// Withdrawn threads keep their address, for links from outside; so do those
	// of products that have no page.
	const skip = /shortfall: skip/.test(read('rules.yaml'));
	return whole.filter(p => !reached.has(p.file) &&
		!(skip && p.file.startsWith('threads/')) &&
		!p.html.includes('Nothing of it is kept on this page')).map(p => p.file);
})());
report('fragments link absolutely', each(fragments, t => {
	const href = t.attributes.href ?? t.attributes.src;
	return href !== undefined && !/^(https?:|mailto:|#)/.test(href) && href;
}));

// --- what links in posts and links to origin say of themselves ---
// A post is its head, with links to the author and to the origin, and its body.
const heads = [], bodies = [];
for (const p of pages)
	for (const m of p.html.matchAll(/<li id="[^"]*" class="candor-post[^"]*">\n(<div class="candor-who">[^]*?<\/div>)([^]*?)\n<\/div>\n<\/li>/g)) {
		heads.push([p.file, m[1]]);
		bodies.push([p.file, m[2]]);
	}
const out = list => list.flatMap(([file, html]) =>
	[...html.matchAll(/<a [^>]*href="(https?:[^"]*)"[^>]*>/g)]
		.filter(m => !decode(m[1]).startsWith(url)).map(m => [file, m[0]]));
report(`${out(bodies).length} links in ${bodies.length} posts are nofollow ugc noopener`,
	out(bodies).length ? out(bodies).filter(([, tag]) => !/rel="nofollow ugc noopener"/.test(tag))
		.map(([file, tag]) => `${file}: ${tag}`) : ['none found']);
report(`${out(heads).length} links to origin and author are plain`,
	out(heads).length ? out(heads).filter(([, tag]) => /nofollow|ugc|noreferrer|utm_/.test(tag))
		.map(([file, tag]) => `${file}: ${tag}`) : ['none found']);

// --- the archive and the site ---
const lines = fs.readFileSync(exported, 'utf8').trimEnd().split('\n').map(l => JSON.parse(l));
const own = new Set(lines.filter(l => l.type === 'venue' && l.own).map(l => l.slug));
const threads = lines.filter(l => l.type === 'thread');
const postWith = s => threads.some(t => t.title.includes(s) ||
	t.posts.some(p => p.body.includes(s)));

const robots = p => p.tags.filter(t => t.name === 'meta' && t.attributes.name === 'robots')
	.map(t => t.attributes.content).join();
const threadPages = whole.filter(p => p.file.startsWith('threads/'));
report(`${threadPages.length} pages of threads: those of other sites are noindex, ours aren't`,
	threadPages.flatMap(p => {
		const hidden = p.html.includes('Nothing of it is kept on this page');
		const want = hidden || !own.has(p.file.split('/')[1]);
		return want === /noindex/.test(robots(p)) ? [] : [p.file];
	}));
const topicPages = whole.filter(p => /^products\/[^/]*\/topics\//.test(p.file));
report(`${topicPages.length} pages of topics: all noindex, and no other page is`,
	whole.filter(p => !p.file.startsWith('threads/') &&
		(robots(p) === 'noindex') !== topicPages.includes(p)).map(p => p.file));

// Structured data: of our own threads, in the words that stand on the page.
const data = [], odd = [];
const squeezed = s => s.replace(/\s+/g, '');
for (const p of pages)
	for (const [, json] of p.html.matchAll(/<script type="application\/ld\+json">([^]*?)<\/script>/g)) {
		const posting = JSON.parse(json);
		const said = squeezed(p.text.map(decode).join(''));
		const posts = [posting];
		for (const p of posts)
			posts.push(...p.comment || []);
		data.push(p.file);
		if (!threadPages.includes(p) || !own.has(p.file.split('/')[1]) || robots(p) ||
			posting['@type'] !== 'DiscussionForumPosting' ||
			posting.url !== url + p.file.replace(/index\.html$/, '') ||
			posts.length !== (p.html.match(/class="candor-post[ "]/g) || []).length)
			odd.push(p.file);
		for (const post of posts)
			if (!post.author.name || !/^\d{4}-/.test(post.datePublished) ||
				!said.includes(squeezed(post.text)))
				odd.push(`${p.file}: ${post.text}`);
	}
report(`${data.length} of our own threads described for search engines, in their words`,
	data.length !== threadPages.filter(p => !robots(p)).length ? ['some are not'] : odd);

const locs = [...read('sitemap.xml').matchAll(/<loc>([^<]*)<\/loc>/g)].map(m => decode(m[1]));
report(`${locs.length} addresses in the sitemap: each once, each there, each to be indexed`,
	locs.filter((l, i) => locs.indexOf(l) !== i).concat(locs.filter(l => {
		const file = l.slice(url.length) + 'index.html';
		return !l.startsWith(url) || !byFile.has(file) || robots(byFile.get(file));
	})));
report('and all that may be', whole.filter(p => !robots(p) &&
	!locs.includes(url + p.file.replace(/index\.html$/, ''))).map(p => p.file));

const DISCLOSURE = /<p class="candor-disclosure">/g;
const count = (p, re) => (p.html.match(re) || []).length;
const products = pages.filter(p =>
	/^(products\/[^/]*\/(index|fragment)|scenarios\/[^/]*\/index)\.html$/.test(p.file));
report(`${products.length} pages of products and scenarios, and fragments: one disclosure, before any thread`,
	products.filter(p => count(p, DISCLOSURE) !== 1 || (p.html.includes('<article') &&
		p.html.indexOf('<article') < p.html.search(DISCLOSURE))).map(p => p.file));
const telling = whole.filter(p => topicPages.includes(p) || p.file.startsWith('wrong/'));
report(`${telling.length} pages of topics and of where we were wrong: one disclosure each`,
	telling.length ? telling.filter(p => count(p, DISCLOSURE) !== 1).map(p => p.file)
		: ['none found']);
report('one disclosure with every thread', threadPages.filter(p => count(p, DISCLOSURE) !==
	(p.html.includes('Nothing of it is kept') ? 0 : 1)).map(p => p.file));

report('no tag of a template is left, but in posts that have it', pages.flatMap(p =>
	[...p.text.join('\0').matchAll(/\{\{[^\0}]{0,40}/g)].map(m => decode(m[0]))
		.filter(s => !postWith(s.trim())).map(s => `${p.file}: ${s}`)));

// --- what was taken away is nowhere ---
const plain = s => decode(s.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
const gone = threads.flatMap(t => t.posts.filter(p => t.gone || t.hidden || p.gone || p.hidden)
	.map(p => ({ where: `${t.venue}/${t.id}/${p.id}`,
		words: plain(p.body).match(/[A-Za-z ,']{24,}/g) || [plain(p.body)] })))
	.filter(g => !threads.some(t => !t.gone && !t.hidden && t.posts.some(p => !p.gone &&
		!p.hidden && g.words.some(w => plain(p.body).includes(w)))));
const everything = files.map(f => [f, plain(read(f))]);
report(`${gone.length} posts that are gone or hidden: not a word in ${files.length} files`,
	gone.length ? everything.flatMap(([f, text]) => gone.flatMap(g =>
		g.words.filter(w => text.includes(w.trim())).map(w => `${f}: ${g.where}: ${w}`)))
		: ['the export has none to look for']);
report('nor the titles of threads that are', threads.filter(t => t.gone || t.hidden)
	.flatMap(t => everything.filter(([, text]) => text.includes(plain(t.title)))
		.map(([f]) => `${f}: ${t.title}`)));

plan();
