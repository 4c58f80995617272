// What no schema says of a site's feeds and its sitemap:
//
//	node tests/cmd/feeds.js SITE URL EXPORT
//
// SITE is the folder, URL where it is to live, EXPORT the archive's JSON Lines.
// The files are known to be valid.
'use strict';
const fs = require('fs'), path = require('path');
const { report, decode, plan } = require('./results.js');
const [site, url, exported] = process.argv.slice(2);

const read = f => fs.readFileSync(path.join(site, f), 'utf8');
const texts = (xml, name) => [...xml.matchAll(
	new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, 'g'))].map(m => decode(m[1]));
const links = (xml, rel) => [...xml.matchAll(
	new RegExp(`<link rel="${rel}"[^>]* href="([^"]*)"/>`, 'g'))].map(m => decode(m[1]));
const max = list => list.reduce((a, b) => a > b ? a : b, '');
const twice = list => list.filter((x, i) => list.indexOf(x) !== i);

// The page that an address leads to, or none.
const pages = new Map();
function page(address) {
	const [where] = address.split('#');
	if (!where.startsWith(url))
		return undefined;
	const file = where.slice(url.length).replace(/(^|\/)$/, '$1index.html');
	if (!pages.has(file))
		pages.set(file, fs.existsSync(path.join(site, file)) ? read(file) : undefined);
	return pages.get(file);
}
function resolves(address) {
	const html = page(address), id = address.split('#')[1];
	return html !== undefined && (id === undefined || html.includes(` id="${id}"`));
}
const attribute = (html, re) => { const m = html.match(re); return m ? decode(m[1]) : undefined; };

const lines = fs.readFileSync(exported, 'utf8').trimEnd().split('\n').map(l => JSON.parse(l));
const ledger = JSON.parse(read('honesty.json'));
// When the posts of a thread that can be seen were last written or edited.
const modified = new Map(lines.filter(l => l.type === 'thread').map(t => [`${t.venue}/${t.id}`,
	max(t.posts.filter(p => !p.gone && !p.hidden).flatMap(p => [p.created, p.edited || '']))]));
const shown = ledger.products.flatMap(p => p.threads);
const newest = threads => max(threads.map(t => modified.get(`${t.venue}/${t.id}`)));

// --- feeds ---
const feeds = ['feed.xml', 'wrong.xml',
	...ledger.products.map(p => `products/${p.slug}/feed.xml`).filter(f =>
		fs.existsSync(path.join(site, f)))].map(file => {
	const xml = read(file), at = xml.indexOf('<entry>');
	return { file, head: at < 0 ? xml : xml.slice(0, at),
		entries: xml.match(/<entry[ >][^]*?<\/entry>/g) || [],
		deleted: [...xml.matchAll(/<at:deleted-entry ref="([^"]*)" when="([^"]*)"\/>/g)]
			.map(m => ({ ref: decode(m[1]), when: m[2] })) };
});
const entries = feeds.flatMap(f => f.entries.map(xml => ({ file: f.file, xml,
	id: texts(xml, 'id')[0], published: texts(xml, 'published')[0],
	updated: texts(xml, 'updated')[0] })));
const each = question => entries.flatMap(e => question(e) ? [`${e.file}: ${e.id}: ${question(e)}`] : []);

report(`${feeds.length} feeds, each known by its own address, with one page`, feeds.filter(f =>
	texts(f.head, 'id').join() !== url + f.file || links(f.head, 'self').join() !== url + f.file ||
	links(f.head, 'alternate').length !== 1 || !resolves(links(f.head, 'alternate')[0]))
	.map(f => f.file));
report('each page names its feed', feeds.flatMap(f => {
	const html = page(links(f.head, 'alternate')[0]);
	const named = [...html.matchAll(/<link rel="alternate"[^>]* href="([^"]*)">/g)]
		.map(m => new URL(m[1], links(f.head, 'alternate')[0]).href);
	return named.includes(url + f.file) ? [] : [f.file];
}));
report('a feed is as new as its newest entry or tombstone', feeds.filter(f => f.entries.length &&
	texts(f.head, 'updated').join() !== max([...entries.filter(e => e.file === f.file)
		.map(e => e.updated), ...f.deleted.map(d => d.when)])).map(f => f.file));
report('tombstones are of threads that are withdrawn, or posts', feeds.flatMap(f => f.deleted
	.filter(d => resolves(d.ref) || page(d.ref) === undefined || !lines.some(t => t.posts &&
		d.ref.startsWith(`${url}threads/${t.venue}/${t.id}/#`) && t.withdrawn <= d.when ||
		(t.posts || []).some(p => d.ref === `${url}threads/${t.venue}/${t.id}/` +
			`#t_${t.venue}_${t.id}_${p.id}` && p.withdrawn <= d.when))).map(d => d.ref)));
report('there are some', feeds[0].deleted.length ? [] : ['none']);
report(`${entries.length} entries, none twice in a feed`, feeds.flatMap(f =>
	twice(entries.filter(e => e.file === f.file).map(e => e.id))));
const first = new Map();
for (const e of entries)
	if (!first.has(e.id))
		first.set(e.id, e.xml);
report('an entry is the same in every feed', entries.filter(e => first.get(e.id) !== e.xml)
	.map(e => `${e.file}: ${e.id}`));
report('newest first', feeds.flatMap(f => {
	const times = entries.filter(e => e.file === f.file).map(e => e.published);
	return times.every((t, i) => i === 0 || t <= times[i - 1]) ? [] : [f.file];
}));
report('none updated before it was published', each(e => e.updated < e.published && e.updated));
report('some updated after', entries.some(e => e.updated > e.published) ? [] : ['none']);
report('each leads to its post', each(e => links(e.xml, 'alternate').find(l =>
	l !== e.id || !resolves(l))));
report('and to where it was written', each(e => links(e.xml, 'via').length !== 1 && 'no link'));
const replies = e => [...e.xml.matchAll(/<thr:in-reply-to ref="([^"]*)"[^>]* href="([^"]*)"\/>/g)];
report('a reply answers one other post of its thread', each(e => {
	const [r, ...more] = replies(e);
	return r && (more.length || r[1] !== r[2] || r[1] === e.id || !resolves(r[1]) ||
		r[1].split('#')[0] !== e.id.split('#')[0]) && r[0];
}));
report('one post of a thread at most answers none', feeds.flatMap(f => twice(entries
	.filter(e => e.file === f.file && !replies(e).length).map(e => e.id.split('#')[0]))));
report('what is in them leads out of the feed absolutely', each(e => {
	const html = texts(e.xml, 'content')[0] || '';
	return [...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map(m => decode(m[1]))
		.find(u => !/^(https?:\/\/|mailto:)./.test(u));
}));
const named = (e, threads) => threads.some(t =>
	e.id.startsWith(`${url}threads/${t.venue}/${t.id}/#`));
const wrong = shown.filter(t => t.wrong);
const lang = e => (e.xml.match(/^<entry xml:lang="([^"]*)">/) || [])[1] || '';
report('an entry in another language says so', each(e => lang(e) !==
	(e.id.endsWith('edge-nested_4') ? 'nl-BE' : /\/3891\//.test(e.id) ? 'de' : '')));
report('where we were wrong: those threads alone', entries.filter(e => e.file === 'wrong.xml' &&
	!named(e, wrong)).map(e => e.id));
report('the two feeds of the site: 50 posts', ['feed.xml', 'wrong.xml'].filter(f =>
	entries.filter(e => e.file === f).length !== 50));
report("a product's feed: its newest 20 posts", ledger.products.flatMap(p => {
	const file = `products/${p.slug}/feed.xml`, html = page(`${url}products/${p.slug}/`) || '';
	const has = entries.filter(e => e.file === file).length;
	const posts = (html.match(/class="candor-post[ "]/g) || []).length;
	return has === Math.min(posts, 20) ? [] : [`${file}: ${has} of ${posts}`];
}));

// --- the sitemap ---
const urls = (read('sitemap.xml').match(/<url>[^]*?<\/url>/g) || []).map(xml =>
	({ loc: texts(xml, 'loc')[0], lastmod: texts(xml, 'lastmod')[0] }));
report(`${urls.length} addresses in the sitemap: each the one that its page gives for itself`,
	urls.filter(u => !page(u.loc) ||
		attribute(page(u.loc), /<link rel="canonical" href="([^"]*)">/) !== u.loc).map(u => u.loc));
report('none that asks not to be found', urls.filter(u => /name="robots"/.test(page(u.loc)))
	.map(u => u.loc));
const dated = new Map([[url, newest(shown)],
	...ledger.products.map(p => [`${url}products/${p.slug}/`, newest(p.threads)]),
	...ledger.scenarios.map(s => [`${url}scenarios/${s.slug}/`, newest(s.threads)]),
	...[...modified].map(([id, time]) => [`${url}threads/${id}/`, time])]);
report('a date is that of the newest post or edit', urls.filter(u => dated.has(u.loc)
	? (u.lastmod || '') !== dated.get(u.loc)
	: u.lastmod && !shown.some(t => modified.get(`${t.venue}/${t.id}`) === u.lastmod))
	.map(u => `${u.loc} ${u.lastmod} ${dated.get(u.loc)}`));
report('robots.txt names it and forbids nothing', /^Disallow: *\S/m.test(read('robots.txt')) ||
	!read('robots.txt').split('\n').includes(`Sitemap: ${url}sitemap.xml`) ? ['robots.txt'] : []);
plan();
