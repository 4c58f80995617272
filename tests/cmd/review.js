// Two reviews of one archive, each in its server: the addresses that they printed, and the
// archive.  Prints TAP.
'use strict';
const http = require('http');
const { execFileSync, spawn } = require('child_process');
const [first, second, archive] = process.argv.slice(2);
let tests = 0;

function ok(good, name, detail) {
	console.log(`${good ? 'ok' : 'not ok'} ${++tests} - ${name}`);
	if (!good && detail)
		console.error(String(detail).replace(/^/gm, '# '));
}

function ask(method, url, { fields, headers = {} } = {}) {
	const u = new URL(url);
	const body = new URLSearchParams(fields || {}).toString();
	const own = method === 'POST' ? { origin: u.origin, 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length } : {};

	return new Promise((done, fail) => {
		const request = http.request(u, { method, headers: { ...own, ...headers } }, (r) => {
			let text = '';

			r.setEncoding('utf8').on('data', (d) => { text += d; }).on('end', () => done({ status: r.statusCode, text, to: r.headers.location && new URL(r.headers.location, u).href }));
		}).on('error', fail);

		request.end(method === 'POST' ? body : undefined);
	});
}

async function follow(method, url, options) {
	let r = await ask(method, url, options);

	for (let at = r.to; at; at = r.to)
		r = { ...await ask('GET', at), at };
	return r;
}

const get = (url) => follow('GET', url);
const post = (url, fields) => follow('POST', url, { fields: { ...fields } });
const labels = () => execFileSync('candor', ['label', '--export', '--archive', archive], { encoding: 'utf8' }).trim().split('\n').slice(1);
const title = (page) => page.text.match(/<h1[^>]*><bdi>([^<]*)/)?.[1] || page.text.match(/<h1>([^<]*)/)?.[1];
const says = (page, text) => page.text.includes(text);

async function strangers() {
	const item = (await get(`${first}next`)).at;
	const before = labels().length;
	const wrong = first.replace(/\/[0-9a-f]{32}\//, `/${'0'.repeat(32)}/`);
	const yes = { answer: 'yes' };
	const statuses = [];

	ok((await ask('GET', wrong)).status === 404, 'another secret leads nowhere');
	ok((await ask('GET', new URL('/', first).href)).status === 404, 'none, neither');
	ok((await ask('GET', first, { headers: { host: 'evil.example' } })).status === 403, 'another Host is refused');
	for (const origin of ['http://evil.example', 'null', new URL(second).origin])
		statuses.push((await ask('POST', item, { fields: yes, headers: { origin } })).status);
	ok(statuses.every((s) => s === 403), 'another Origin is refused', statuses);
	ok((await ask('POST', item.replace(/\/[0-9a-f]{32}\//, `/${'0'.repeat(32)}/`), { fields: yes })).status === 404, 'an answer without the secret is refused');
	ok((await ask('GET', `${item}?answer=yes`)).status === 200, 'a link is no answer');
	ok((await ask('PUT', item)).status === 405, 'nor is PUT');
	ok((await ask('POST', item, { fields: { answer: 'maybe' } })).status === 400, 'an answer that is none');
	ok((await ask('GET', `${first}nothing`)).status === 404, 'no such page');
	ok(labels().length === before, 'nothing of that was written');
}

async function answers() {
	let page = await get(first);

	ok(says(page, '<strong>1 more wrong thread would let it show 2 more.</strong>'), 'the first page says how far the share is');
	ok((page.text.match(/href="item\//g) || []).length === 3, 'and lists what waits');
	page = await get(`${first}next`);
	ok(title(page) === 'Lid 4', 'the newest first', page.text);
	ok(says(page, 'Yes, <mark>that was our mistake.</mark> Sorry.') || says(page, '<mark>Yes, that was our mistake.</mark> Sorry.'), 'with the passage marked in its post', page.text);
	ok(says(page, 'The lid sticks.'), 'and what it answers beside it');
	ok(says(page, '<strong><bdi>Ada Rask</bdi></strong>, <bdi>Support</bdi>, works at <bdi>Brook</bdi>'), 'says who wrote it');
	ok(/<a rel="noreferrer"[^>]* href="https:\/\/forum.brook.example\/t\/4"/.test(page.text), 'and links to where');

	page = await post(page.at, { answer: 'yes' });
	ok(/^forum,4,wrong,2,"?Yes, that was our mistake\."?,Kim,20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ,$/.test(labels().find((l) => l.startsWith('forum,4'))), 'yes is a label with sentence, name and time', labels().join('\n'));
	ok(title(page) === 'Lid 3', 'and leads to the next');
	const third = page.at;
	page = await post(third, { answer: 'no' });
	ok(labels().some((l) => l.startsWith('forum,3,not-wrong,2,')), 'no is one, too');
	ok(title(page) === 'Lid 2', 'and leads on');
	page = await post(page.at, { answer: 'skip' });
	ok(title(page) === 'What waits for your word' && says(page, 'skipped'), 'what is skipped waits on', page.text);
	ok(labels().length === 3, 'without a label', labels().join('\n'));
	page = await post(`${first}undo`);
	ok(title(page) === 'Lid 2', 'undone, it is there again');
	page = await post(`${first}undo`);
	ok(title(page) === 'Lid 3' && page.at === third && says(page, 'taken back'), 'undo takes the last word back', page.text);
	ok(labels().some((l) => l.startsWith('forum,3,undecided,2,') && l.includes(',Kim,')), 'by a label', labels().join('\n'));
	const times = labels().filter((l) => l.startsWith('forum,3')).map((l) => l.match(/20\d\d[^,]*Z/)[0]);
	ok(times.length === 2 && times[0] < times[1], 'that is later than the first', times);
	page = await post(page.at, { answer: 'yes' });
	ok(labels().filter((l) => l.startsWith('forum,3')).pop().includes(',wrong,'), 'another answer follows', labels().join('\n'));
	const n = labels().length;
	await post(third, { answer: 'yes' });
	ok(labels().length === n, 'the same twice is once');
}

// Somebody else answers while the page is open.
async function together() {
	const mine = await get(`${first}next`);
	const theirs = await get(`${second}next`);
	let page;

	ok(title(mine) === 'Lid 2' && mine.at.split('/').pop() === theirs.at.split('/').pop(), 'two curators see the same');
	await post(theirs.at, { answer: 'no' });
	ok(labels().some((l) => l.startsWith('forum,2,not-wrong,') && l.includes(',Lee,')), 'one answers');
	page = await post(mine.at, { answer: 'yes' });
	ok(says(page, 'answered in the meantime'), 'the other is told', page.text);
	ok(!labels().some((l) => l.startsWith('forum,2,wrong,')), 'and nothing is written');
	await post(`${second}undo`);
	ok(title(await get(`${first}next`)) === 'Lid 2', 'taken back, it waits for both');
}

// A writer holds the archive longer than anybody waits for it.
async function locked() {
	const page = await get(`${first}next`);
	const shell = spawn('sqlite3', [archive], { stdio: ['pipe', 'pipe', 'inherit'] });

	shell.stdin.write('BEGIN IMMEDIATE;\nSELECT 1;\n');
	await new Promise((done) => { shell.stdout.once('data', done); });
	const before = labels().length;
	const failed = await post(page.at, { answer: 'no' });
	ok(says(failed, 'role="alert"') && says(failed, 'another program is using the archive') && failed.at === page.at, 'a writer at work: said, and asked again', failed.text);
	ok(labels().length === before, 'nothing was written');
	shell.stdin.end('ROLLBACK;\n');
	await new Promise((done) => { shell.once('close', done); });
	await post(failed.at, { answer: 'no' });
	ok(labels().length === before + 1, 'the next try does it', labels().join('\n'));
}

async function person() {
	let page = await post(`${second}by`, { by: '  Lee "<b>" Ng ' });

	ok(says(page, 'You are <bdi>Lee &quot;&lt;b&gt;&quot; Ng</bdi>'), 'who answers can be said', page.text);
	page = await post(`${second}by`, { by: ' ' });
	ok(says(page, 'Without a name') && says(page, 'Lee &quot;'), 'nobody is nobody');
	await get(`${second}`);
	page = await post(`${second}keys`, { on: '0' });
	ok(!says(page, 'review.js'), 'the keys can be turned off', page.text);
	await post(`${second}keys`, { on: '1' });
}

(async () => {
	await strangers();
	await answers();
	await together();
	await person();
	await locked();
	console.log(`1..${tests}`);
})().catch((e) => { console.error(e); process.exit(1); });
