// What the pages of a built site say of themselves in their heads:
//
//	node tests/cmd/metadata.js SITE URL EXPORT
//
// SITE is the folder, URL where it is to live, EXPORT the archive's JSON Lines.
// The rules of structured data are those of Google's page on discussion forums
// and of schema.org's on the types.
'use strict';
const fs = require('fs'), path = require('path');
const { report, walk, decode, plan } = require('./results.js');
const [site, url, exported] = process.argv.slice(2);

const squeeze = s => s.replace(/\s+/g, '');

const lines = fs.readFileSync(exported, 'utf8').trimEnd().split('\n').map(l => JSON.parse(l));
const own = new Set(lines.filter(l => l.type === 'venue' && l.own).map(l => l.slug));
const threads = new Map(lines.filter(l => l.type === 'thread').map(t => [`${t.venue}/${t.id}`, t]));
const files = walk(site).map(f => path.relative(site, f)).sort();
const pages = files.filter(f => f.endsWith('.html') && !f.endsWith('fragment.html')).map(file => {
	const html = fs.readFileSync(path.join(site, file), 'utf8');
	const [, head, body] = html.match(/<head>([^]*)<\/head>([^]*)/);
	const all = (re) => [...head.matchAll(re)].map(m => decode(m[1]));
	return {
		file, head, body, address: url + file.replace(/index\.html$/, ''),
		thread: threads.get((file.match(/^threads\/(.*)\/index\.html$/) || [])[1]),
		withdrawn: body.includes('Nothing of it is kept on this page'),
		noindex: /<meta name="robots" content="noindex">/.test(head),
		title: all(/<title>([^<]*)<\/title>/g),
		description: all(/<meta name="description" content="([^"]*)">/g),
		canonical: all(/<link rel="canonical" href="([^"]*)">/g),
		property: name => all(new RegExp(`<meta property="${name}" content="([^"]*)">`, 'g')),
		data: [...html.matchAll(/<script type="application\/ld\+json">([^]*?)<\/script>/g)]
			.map(m => JSON.parse(m[1])),
		said: squeeze(decode(body.replace(/<[^>]*>/g, ''))),
	};
});
const each = question => pages.flatMap(p => {
	const problem = question(p);
	return problem ? [`${p.file}: ${problem === true ? '' : problem}`] : [];
});
const shown = t => t.posts.filter(p => !p.gone && !p.hidden);

// --- titles, descriptions, addresses ---
report(`${pages.length} pages, each with one title and its own address`, each(p =>
	p.title.length !== 1 || !p.title[0] || p.canonical.join() !== p.address));
const descriptions = pages.flatMap(p => p.description);
report(`${descriptions.length} descriptions, no page with two, no two alike`, [
	...each(p => p.description.length > 1),
	...descriptions.filter((d, i) => descriptions.indexOf(d) !== i)]);
report('each of one line, of at most 160 characters', each(p =>
	p.description.find(d => !d.trim() || /[\n\r\t]/.test(d) || [...d].length > 160)));
report('a conversation is described by how it begins', each(p => p.thread && !p.withdrawn &&
	(p.description.length !== 1 ||
		!p.said.includes(squeeze(p.description[0].replace(/…$/, ''))))));
report('some are cut, at a word', (() => {
	const cut = pages.filter(p => p.thread && p.description.some(d => d.endsWith('…')));
	return cut.length ? cut.filter(p => {
		const first = shown(p.thread)[0].body.replace(/\s+/g, ' ');
		const at = first.indexOf(p.description[0].slice(-30, -1));
		return at >= 0 && /\S/.test(first[at + p.description[0].slice(-30, -1).length]);
	}).map(p => p.file) : ['none'];
})());
report('what is redacted on the page is in its description', (() => {
	const d = pages.find(p => p.file.includes('edge-nested')).description[0];
	return /\[[^\]]*removed\]/.test(d) && !d.includes('@') ? [] : [d];
})());

const ledger = JSON.parse(fs.readFileSync(path.join(site, 'honesty.json'), 'utf8'));
report(`${ledger.products.length} pages of products described by their numbers`,
	ledger.products.flatMap(p => {
		const page = pages.find(q => q.file === `products/${p.slug}/index.html`);
		if (!page)
			return [];
		const name = page.property('og:title')[0];
		const want = !p.shown ? `No public conversation about ${name} meets our rules yet.` :
			`${p.shown} of ${p.candidates} public conversations about ${name}; ` +
			`in ${p.wrong} of them Wrenholt was wrong.`;
		return page.description[0] === want ? [] : [page.description[0]];
	}));

// --- Open Graph ---
report('Open Graph says the same, once', each(p => {
	const title = p.property('og:title').join(), name = p.property('og:site_name').join();
	return p.title[0] !== (p.file === 'index.html' ? title : `${title} - ${name}`) || !name ||
		p.property('og:url').join() !== p.address ||
		p.property('og:description').join('\0') !== p.description.join('\0');
}));
report('conversations are articles with a date, the rest is the website', each(p => {
	const article = p.thread && !p.withdrawn;
	return p.property('og:type').join() !== (article ? 'article' : 'website') ||
		p.property('article:published_time').join() !== (article ? p.thread.created : '');
}));
report('and nothing else', each(p => (p.head.match(/<meta property="[^"]*"/g) || []).find(m =>
	!/"(og:(site_name|title|description|url|type)|article:published_time)"/.test(m))));

// --- robots ---
// A topic's page shows a part of its product's.
report("copies of others' threads, what was withdrawn and parts of pages are noindex, all else is not",
	each(p => p.noindex !== (p.withdrawn || /\/topics\//.test(p.file) ||
		!!p.thread && !own.has(p.thread.venue))));

// --- structured data ---
const TYPES = { DiscussionForumPosting: ['@context', 'headline'], Comment: [], Person: [] };
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;
function wrongAuthor(a) {
	return !a || a['@type'] !== 'Person' || typeof a.name !== 'string' || !a.name.trim() ||
		(a.url !== undefined && !/^https?:\/\//.test(a.url)) ||
		(a.name === '[deleted]' && a.url !== undefined) ||
		Object.keys(a).find(k => !['@type', 'name', 'url'].includes(k));
}
function wrongPost(post, type, page) {
	const keys = ['@type', 'url', 'author', 'datePublished', 'dateModified', 'text', 'comment',
		'inLanguage', ...TYPES[type]];
	const id = (post.url || '').split('#')[1];
	return post['@type'] !== type && 'type' ||
		Object.keys(post).find(k => !keys.includes(k)) ||
		wrongAuthor(post.author) && 'author' ||
		!TIME.test(post.datePublished) && 'datePublished' ||
		post.dateModified !== undefined && (!TIME.test(post.dateModified) ||
			post.dateModified < post.datePublished) && 'dateModified' ||
		!post.text && 'text' || !page.said.includes(squeeze(post.text)) && 'not on the page' ||
		(type === 'Comment' && !page.body.includes(` id="${id}"`)) && 'url' ||
		post.comment && !post.comment.length && 'no comments' ||
		(post.comment || []).map(c => wrongPost(c, 'Comment', page)).find(x => x);
}
const described = pages.filter(p => p.data.length);
report(`${described.length} pages describe a posting as Google asks`, described.flatMap(p => {
	const posting = p.data[0];
	return p.data.length !== 1 || posting['@context'] !== 'https://schema.org' ||
		posting.url !== p.address || !posting.headline ||
		posting.headline !== p.property('og:title')[0] ||
		wrongPost(posting, 'DiscussionForumPosting', p)
		? [`${p.file}: ${wrongPost(posting, 'DiscussionForumPosting', p)}`] : [];
}));
report("the company's own, and those alone", each(p => {
	const ours = p.thread && own.has(p.thread.venue) && !p.withdrawn &&
		shown(p.thread)[0] === p.thread.posts[0];
	return !!ours !== (p.data.length === 1);
}));
const flat = post => [post, ...(post.comment || []).flatMap(flat)];
report('with every post that has words, by its author', described.flatMap(p => {
	const said = flat(p.data[0]), posts = shown(p.thread).filter(q => q.body.trim());
	return said.length !== posts.length || posts.some(q => !said.some(s =>
		s.datePublished === q.created && !!q.author === (s.author.name !== '[deleted]')))
		? [p.file] : [];
}));
report('answers below what they answer', (() => {
	const root = pages.find(p => p.file.includes('edge-nested')).data[0];
	const outline = p => p.url.split('_').pop() + (p.comment ? `(${p.comment.map(outline).join(' ')})` : '');
	const got = root.comment.map(outline).join(' ');
	return got === '2(3(4)) 6' ? [] : [got];
})());
report('what is in another language says so, and nothing else does', (() => {
	const page = pages.find(p => p.file.includes('edge-nested'));
	const marked = [...page.body.matchAll(/ lang="([^"]*)"/g)].map(m => m[1]);
	const said = flat(page.data[0]).map(p => p.inLanguage || '');
	return marked.join() === 'nl-BE' && said.join() === ',,,nl-BE,' &&
		!each(p => / lang=/.test(p.body) && !/3891|edge-nested|lull-clock|stow-box|ember-kettle\/all/.test(p.file)).length
		? [] : [marked.join(), said.join()];
})());
report('and so do titles, wherever they stand', (() => {
	const title = 'Deckel vom Ember klappert beim Aufheizen';
	const named = pages.filter(p => p.body.includes(title));
	return named.length > 1 ? named.filter(p =>
		p.body.split(title).length !== p.body.split(`<bdi lang="de">${title}<`).length).map(p => p.file) : ['none'];
})());
report('some were by an account that is gone', described.some(p => flat(p.data[0]).some(c =>
	c.author.name === '[deleted]')) ? [] : ['none']);
report('no review, rating or question for search engines anywhere', files.filter(f =>
	/"@type": ?"(Review|AggregateRating|Rating|QAPage|FAQPage|Question|Answer)"|itemtype=|itemscope/
		.test(fs.readFileSync(path.join(site, f), 'utf8'))));
plan();
