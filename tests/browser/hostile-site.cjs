// Makes the archive, the configuration and the rules of a site whose every text
// comes from hostile-posts.cjs, and from ../shared's payloads where those are.
'use strict';
const fs = require('fs');
const path = require('path');
const { plain, markdown, urls, texts, ids } = require('./hostile-posts.cjs');

const POSTS_A_THREAD = 300;
// What we call ourselves, and the one of us who takes part.
const company = '"><script>alert(1)</script> {{title}}';
const START = Date.UTC(2026, 0, 1);

let posts = 0;
let threads = 0;

const pick = (list, i) => list[i % list.length];
const time = (n) => new Date(START + n * 1000).toISOString().replace('.000', '');
const usable = (text) => text.trim() !== '';

// Between marks that must be seen in the post, and only there.
function body(format, payload, n) {
	return format === 'html' ? `<p>start${n}mark</p>\n${payload}\n<p>end${n}mark</p>` : `start${n}mark\n\n${payload}\n\nend${n}mark`;
}

function post({ format, payload }, id) {
	const n = ++posts;
	const url = pick(urls, n);

	return {
		id, created: time(n), format, body: body(format, payload, n), payload, n,
		author: { id: `u${n % 400}`, name: pick(texts, n % 400), ...(pick(urls, n % 400) && { url: pick(urls, n % 400) }) },
		...(url && { url }),
		...(n % 3 || !usable(pick(texts, n)) ? {} : { licence: pick(texts, n) }),
		...(n % 5 || !usable(pick(texts, n)) ? {} : { permission: pick(texts, n) }),
	};
}

function thread(title, id, bodies, products) {
	const made = bodies.map((b, i) => post(b, pick(ids, i) + (i < ids.length ? '' : i)));
	const url = pick(urls, ++threads) || 'http://a.example/';

	made.forEach((p, i) => { if (i % 4 === 3) p.parent = made[i >> 1].id; });
	return { type: 'thread', venue: 'forum', id, url, title, created: made[0].created,
		...(threads % 2 ? { solved_by: made[0].id } : {}), tags: [...new Set(texts.filter(usable))].slice(0, threads % 60), products, posts: made };
}

// What addresses can stand in.
function linking() {
	const attr = (u) => u.replace(/"/g, '&quot;');
	const made = [];

	for (const u of urls) {
		made.push({ format: 'html', payload: `<a href="${attr(u)}">link</a> <img src="${attr(u)}" alt="picture"> <form action="${attr(u)}"><button formaction="${attr(u)}">b</button></form>` });
		made.push({ format: 'html', payload: `<a href='${u.replace(/'/g, '&#39;')}'>link</a> <area href="${attr(u)}"> <iframe src="${attr(u)}"></iframe>` });
		made.push({ format: 'html', payload: `<a href=${u}>link</a> <img src=${u}>` });
		made.push({ format: 'markdown', payload: `[link](<${u}>) [link](${u}) ![picture](<${u}>) <${u}>\n\n[a]: <${u}>\n\n[a] ![a] [b](<${u}> "${u}")` });
	}
	return made;
}

function shared(file) {
	if (!fs.existsSync(file))
		return [];
	return fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map(JSON.parse)
		.map(({ format, payload }) => ({ format, payload: payload.replace(/\0/g, '') }));
}

function bulk(name, bodies) {
	const made = [];

	for (let i = 0; i < bodies.length; i += POSTS_A_THREAD)
		made.push(thread(`${name} ${i}`, `${name}-${i}`, bodies.slice(i, i + POSTS_A_THREAD), ['plenty']));
	return made;
}

// For each text a thread with it for its title, its author and the sentence in
// which we were wrong, and, as far as there are any, one of the ids.
function small() {
	return Array.from({ length: Math.max(texts.length, ids.length) }, (_, i) => {
		const text = pick(texts, i);
		const made = thread(text, ids[i] || `t${i}`, [
			{ format: 'text', payload: text }, { format: 'markdown', payload: pick(plain, i) },
		], [`p${i % 3}`]);

		made.posts[1].author = { id: 'staff', name: text, staff: true };
		made.posts[1].format = 'text';
		made.posts[1].body = body('text', text, made.posts[1].n);
		made.posts[1].payload = text;
		made.labels = [{ name: 'wrong', post: made.posts[1].id, by: text.trim() || 'b', at: time(i), ...(usable(text) && { quote: text, note: text }) }];
		if (usable(text))
			made.labels.push({ name: text, by: text, at: time(i) });
		return made;
	});
}

// Writes into dir; returns the threads, each { title, posts: [{ n, format, payload, author }] }.
function make(dir, payloads) {
	const all = [...plain, ...markdown];
	const made = [
		...bulk('html', plain.map((payload) => ({ format: 'html', payload }))),
		...bulk('markdown', all.map((payload) => ({ format: 'markdown', payload }))),
		...bulk('text', all.map((payload) => ({ format: 'text', payload }))),
		...bulk('links', linking()),
		...bulk('shared', shared(payloads)),
		...small(),
	];
	const names = texts.filter(usable);
	const lines = [
		{ type: 'venue', slug: 'forum', name: `\u05d0\u05d1 ${names[0]}`, url: 'javascript:alert(1)', kind: names[2], own: true },
		{ type: 'product', slug: 'plenty', name: 'Plenty', url: 'http://a.example/' },
		...Array.from({ length: 3 }, (_, i) => ({ type: 'product', slug: `p${i}`, name: `\u05d0\u05d1 ${pick(names, i)}\u202e`, url: urls[i], aliases: names.slice(i * 15, i * 15 + 15) })),
		...made.map((t) => ({ ...t, posts: t.posts.map(({ n, payload, ...p }) => p) })),
	];
	const evil = JSON.stringify(company);

	fs.writeFileSync(path.join(dir, 'posts.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
	fs.writeFileSync(path.join(dir, 'rules.yaml'), 'publish: {limit: 100}\nwrong: {share: 0}\nproducts:\n  plenty: {limit: 1}\n');
	fs.writeFileSync(path.join(dir, 'candor.yaml'), `company: ${evil}\ntitle: ${evil}\nurl: http://open.example/\n`
		+ `contact: mailto:a@open.example\ncontributors:\n  - name: ${evil}\n    title: ${evil}\n    accounts: {forum: staff}\n    consent: 2026-01-01\n`);
	return made;
}

module.exports = { make, company };
