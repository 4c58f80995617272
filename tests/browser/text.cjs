// The words of real posts come out as they went in: what a browser reads in the
// HTML that a venue gave, against what it reads on our page.  Both are folded to
// words, so that only words count and where they are parted.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { execFileSync } = require('child_process');
const { ok, launch, run } = require('./lib.cjs');

const candor = path.resolve('build/candor');
const POSTS_A_THREAD = 400;

function unescaped(text) {
	const named = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

	return text.replace(/&(#x([0-9a-f]+)|#(\d+)|\w+);/gi, (all, name, hex, number) => (hex || number
		? String.fromCodePoint(parseInt(hex || number, hex ? 16 : 10)) : named[name]));
}

function stackexchange(dir) {
	return fs.readdirSync(dir).flatMap((site) => fs.readFileSync(path.join(dir, site, 'Posts.xml'), 'utf8').split('\n')
		.map((row) => / Body="([^"]*)"/.exec(row)).filter(Boolean).map((m) => unescaped(m[1])));
}

function discourse(dir) {
	return fs.readdirSync(dir, { recursive: false }).flatMap((site) => fs.readdirSync(path.join(dir, site)).filter((f) => f.endsWith('.json'))
		.flatMap((f) => JSON.parse(fs.readFileSync(path.join(dir, site, f), 'utf8')).post_stream.posts.map((p) => p.cooked || '')));
}

function build(dir, bodies) {
	const time = (n) => new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString().replace('.000', '');
	const lines = [{ type: 'venue', slug: 'v', name: 'V', url: 'http://v.example/', own: true }, { type: 'product', slug: 'p', name: 'P', url: 'http://p.example/' }];

	for (let i = 0; i < bodies.length; i += POSTS_A_THREAD)
		lines.push({ type: 'thread', venue: 'v', id: String(i), url: 'http://v.example/', title: 'T', created: time(i), products: ['p'],
			posts: bodies.slice(i, i + POSTS_A_THREAD).map((body, k) => ({ id: String(k), author: { id: 'u', name: 'U' }, created: time(i + k), format: 'html', body })) });
	fs.writeFileSync(path.join(dir, 'posts.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
	fs.writeFileSync(path.join(dir, 'rules.yaml'), 'publish: {limit: 1}\nwrong: {share: 0}\n');
	fs.writeFileSync(path.join(dir, 'candor.yaml'), 'company: C\ntitle: T\nurl: http://open.example/\ncontact: mailto:a@open.example\n');
	execFileSync(candor, ['import', '-q', 'jsonl', 'posts.jsonl'], { cwd: dir, stdio: 'ignore' });
	execFileSync(candor, ['build', '-q', '--now', '2026-03-01T00:00:00Z'], { cwd: dir, stdio: 'ignore' });
}

// In the page: pairs of what was written and what is read.  An image is shown as
// what it is called, a video likewise, an icon not at all; a spoiler gets the word to
// click on.
function compare(bodies) {
	const blocks = 'ADDRESS ARTICLE ASIDE BLOCKQUOTE BR CAPTION CENTER DD DETAILS DIV DL DT FIGURE FIGCAPTION FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TH THEAD TR UL'.split(' ');
	const unread = 'SCRIPT STYLE IFRAME NOSCRIPT NOEMBED NOFRAMES TEMPLATE TEXTAREA TITLE XMP OBJECT SELECT DATALIST SVG MATH'.split(' ');
	const read = (node) => {
		if (node.nodeType === Node.TEXT_NODE)
			return node.data;
		if (node.nodeType !== Node.ELEMENT_NODE || unread.includes(node.tagName.toUpperCase()))
			return '';
		if (node.tagName === 'IMG')
			return node.matches('.onebox-avatar, .onebox-avatar-inline') ? ''
				: node.alt.trim() || (node.matches('.avatar, .site-icon, .thumbnail') ? '' : node.title.trim() || 'image');
		if (node.matches('.lazyYT:not(.onebox)'))
			return ` ${node.dataset.youtubeTitle.trim() || 'video'} `;
		if (node.matches('input[type=checkbox]'))
			return node.checked ? '\u2611' : '\u2610';
		const text = [...node.childNodes].map(read).join('');
		if (node.matches('span.filename, span.informations'))
			return ` ${text}`;
		const spoiler = node.matches('.spoiler:not(span)') ? 'Spoiler ' : '';
		return blocks.includes(node.tagName) ? ` ${spoiler}${text} ` : text;
	};
	const folded = (text) => text.replace(/\s+/g, ' ').trim();

	return [...document.querySelectorAll('.candor-post')].map((li, i) => {
		const who = li.querySelector('.candor-who');
		const theirs = new DOMParser().parseFromString(bodies[i], 'text/html').body;

		who.remove();
		li.querySelector('.candor-empty')?.remove();
		return [folded(read(theirs)), folded(read(li))];
	});
}

const unspaced = (text) => text.replace(/ /g, '');

run(async () => {
	const bodies = [...stackexchange(path.join(process.argv[2], 'stackexchange')), ...discourse(path.join(process.argv[2], 'discourse'))];
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'candor-text-'));
	const browser = await launch();
	const page = await browser.newPage({ bypassCSP: true });
	const lost = [];
	const joined = [];
	let compared = 0;

	build(dir, bodies);
	for (let i = 0; i < bodies.length; i += POSTS_A_THREAD) {
		await page.setContent(fs.readFileSync(path.join(dir, 'public/threads/v', String(i), 'index.html'), 'utf8'));
		for (const [theirs, ours] of await page.evaluate(compare, bodies.slice(i, i + POSTS_A_THREAD))) {
			let at = 0;

			compared++;
			if (theirs === ours)
				continue;
			while (theirs[at] === ours[at])
				at++;
			const near = (text) => JSON.stringify(text.slice(Math.max(0, at - 30), at + 50));
			(unspaced(theirs) === unspaced(ours) ? joined : lost).push(`${near(theirs)} reads ${near(ours)}`);
		}
	}
	ok(compared === bodies.length && compared > 1000, `${bodies.length} posts are all there`, `${compared} are`);
	ok(lost.length === 0, `${compared} posts have the words they had`, `${lost.length}:\n${lost.slice(0, 30).join('\n')}`);
	// A block inside a link is read on: it is rare.
	ok(joined.length * 1000 <= compared, `${compared} posts part them where they did`, `${joined.length}:\n${joined.slice(0, 30).join('\n')}`);
	await browser.close();
	fs.rmSync(dir, { recursive: true });
});
