// A preview, by its address, in the folder of its site.  Prints TAP.
'use strict';
const fs = require('fs');
const http = require('http');
const net = require('net');
const { execFileSync, spawn } = require('child_process');
const [part, base] = process.argv.slice(2);
const { port } = new URL(base);
const PATIENCE = 5 * 60 * 1000;
let tests = 0;

function ok(good, name, detail) {
	console.log(`${good ? 'ok' : 'not ok'} ${++tests} - ${name}`);
	if (!good && detail !== undefined)
		console.error(String(detail).replace(/^/gm, '# '));
}

// Byte for byte as it is written here.
function raw(path, { method = 'GET', host = `127.0.0.1:${port}`, headers = '' } = {}) {
	return new Promise((done, fail) => {
		const socket = net.connect(Number(port), '127.0.0.1');
		let text = '';

		socket.setEncoding('utf8').on('data', (d) => { text += d; }).on('end', () => done({ status: Number(text.split(' ')[1]), text })).on('error', fail);
		socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}Connection: close\r\n\r\n`);
	});
}

const get = (path) => new Promise((done, fail) => {
	http.get(base + path, (r) => {
		let text = '';

		r.setEncoding('utf8').on('data', (d) => { text += d; }).on('end', () => done({ status: r.statusCode, headers: r.headers, text }));
	}).on('error', fail);
});

const state = async (path) => JSON.parse((await get(`_candor/state?path=/${path}`)).text);

// What the server tells: until(what) is the first news, from now on or the last before, of
// which it is true.
function listen() {
	const heard = [];
	let wake = () => {};

	http.get(`${base}_candor/events`, (r) => r.setEncoding('utf8').on('data', (d) => {
		for (const [, line] of d.matchAll(/^data: (.*)$/gm))
			heard.push(JSON.parse(line));
		wake();
	}));
	return {
		async until(true_) {
			const end = Date.now() + PATIENCE;

			for (;;) {
				while (heard.length) {
					const news = heard.shift();

					if (await true_(news))
						return news;
				}
				await new Promise((done, fail) => {
					const timer = setTimeout(() => fail(new Error('nothing was told')), end - Date.now());

					wake = () => { clearTimeout(timer); done(); };
				});
			}
		},
	};
}

const rules = (from, to) => fs.writeFileSync('rules.yaml', fs.readFileSync('rules.yaml', 'utf8').replace(from, to));

const parts = {
	async strangers() {
		const ways = ['..%2f..%2fetc/passwd', '%2e%2e/%2e%2e/etc/passwd', '..%5c..%5cx', 'a%00.html', '.git/config', 'a//b', '%ff', '_candor/shop/..%2fcandor.yaml', '_candor/shop/.secret.html', '_candor/shop/.hidden/secret.html', '.secret.html'];
		const links = ['_candor/shop/link.html', '_candor/shop/folder/secret.html', '_candor/shop/folder/', '_candor/shop/pipe.html', 'link.html', 'folder/secret.html',
			'_candor/shop/%252e%252e/candor.yaml', '_candor/page?path=/_candor/shop/link.html', '_candor/page?path=/_candor/shop/../candor.yaml', '_candor/page?path=/x%250d%250ay', '_candor/page?path=/x%0d%0ay', '_candor/page?path=/_candor/page', '_candor/page', 'candor.yaml', 'archive.db'];

		for (const way of ways) {
			const r = await raw(`/${way}`);

			ok(r.status === 400 && !/secret|root:/.test(r.text), `no way out: ${way}`, r.text);
		}
		for (const way of links) {
			const r = await raw(`/${way}`);

			ok(r.status === 404 && !/^secret|company:/m.test(r.text), `not served: ${way}`, r.text);
		}
		for (const path of ['/../candor.yaml', '/_candor/shop/../candor.yaml', 'x', '', '/_candor/shop/link.html'])
			ok(!/^secret|Brook in/m.test(JSON.stringify((await state(`${encodeURIComponent(path)}`)).page || {})), `nothing is told of '${path}'`);
		for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', '127.0.0.1:1', `127.0.0.1:${port}.evil.example`])
			ok((await raw('/', { host })).status === 403, `Host ${host} is refused`);
		for (const path of ['/', '/_candor/state?path=/', '/_candor/events', '/_candor/preview.js']) {
			ok((await raw(path, { headers: 'Origin: http://evil.example\r\n' })).status === 403, `another Origin is refused: ${path}`);
			ok((await raw(path, { headers: 'Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n' })).status === 403, `what another page loads is refused: ${path}`);
		}
		for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
			ok((await raw('/', { method, headers: `Origin: http://127.0.0.1:${port}\r\n` })).status === 405, `${method} is refused`);
		const head = await raw('/', { method: 'HEAD' });
		ok(head.status === 200 && head.text.endsWith('\r\n\r\n'), 'HEAD has no body');
		for (const name of ['X-Frame-Options: DENY', 'X-Content-Type-Options: nosniff', 'Cross-Origin-Resource-Policy: same-origin'])
			ok(head.text.includes(name), name);
	},

	async pages() {
		const news = listen();
		const page = await get('products/kettle/');
		const policy = page.text.match(/Content-Security-Policy" content="([^"]*)"/)[1];

		ok(page.status === 200 && page.headers['content-type'] === 'text/html; charset=utf-8', 'a page');
		ok(/default-src 'none'/.test(policy) && policy.includes(`script-src ${base}_candor/preview.js http://localhost:${port}/_candor/preview.js`) && !/script-src[^;]*('self'|'unsafe|\*)/.test(policy), 'its policy lets one script run', policy);
		ok(/<script src="\/_candor\/preview\.js" data-edition="[^"]+"><\/script><\/body>/.test(page.text), 'which is at its end');
		ok((await get('products/kettle')).headers.location === '/products/kettle/', 'without its slash it leads there');
		ok((await get('products/kettle/fragment.html')).text.includes(`href="${base}threads/forum/1/"`), 'a fragment links into the preview');
		ok(!(await get('products/kettle/fragment.html')).text.includes('preview.js'), 'and is as it is');
		await news.until((n) => n.done);
		ok((await get('honesty.json')).status === 200, 'what needs all pages is there in the end');
		ok((await get('nothing/')).status === 404, 'what isn\'t there');
		ok((await get('soon/')).text.includes('Draft: not published'), 'a draft is marked');
		ok((await get('threads/forum/9/')).text.includes('Embargoed until 2100-12-24, 08:30 UTC: not published'), 'so is what is under embargo');
		ok(!(await get('products/kettle/')).text.includes('Lid 9') && !(await get('sitemap.xml')).text.includes('/9/'), 'which nothing leads to');

		const s = await state('products/kettle/');
		ok(s.page.choice.shown === 4 && s.page.choice.wrong === 1 && s.page.choice.need === 1, 'how the share stands', JSON.stringify(s.page.choice));
		ok(s.page.choice.candidates.length === 5 && s.page.choice.candidates[0].title.startsWith('Lid '), 'why each is here');
		const explained = JSON.parse(execFileSync('candor', ['explain', 'kettle', '--json', '--now', '2026-02-01']));
		ok(explained.candidates.every((c) => s.page.choice.candidates.some((d) => Object.keys(c).every((k) => JSON.stringify(c[k]) === JSON.stringify(d[k])))), 'as explain says it');
		ok(s.drafts.length === 1 && s.embargoed.length === 1 && s.embargoed[0].embargo === '2100-12-24T08:30:00Z', 'what waits');
		ok((await state('threads/forum/9/')).page.state === 'embargoed', 'the state of a page');

		const shop = await get('_candor/shop/kettle.html');
		ok(/<!-- candor:kettle -->\n[^]*<section class="candor"[^]*<!-- \/candor -->/.test(shop.text) && !shop.headers['content-security-policy'], 'a product page has its conversations in place', shop.text.slice(0, 300));
		const ssi = (await get('_candor/shop/ssi.html')).text;
		ok((ssi.match(/<section class="candor/g) || []).length === 2 && ssi.includes('virtual="/footer.html"') && !ssi.includes('esi:include'), 'also where a server would include them', ssi.slice(0, 600));
		ok((await get('_candor/shop/')).text.includes('href="/_candor/shop/kettle.html"') && !(await get('_candor/shop/')).text.includes('link.html'), 'the list of them');
		ok((await get('css/shop.css')).text.includes('color: red') && (await get('css/shop.css')).headers['content-type'].startsWith('text/css'), 'what the site hasn\'t comes from the shop');
		ok((await state('_candor/shop/kettle.html')).page.choice.product === 'kettle', 'whose page it is');
	},

	async mistakes() {
		const news = listen();
		const { edition } = await news.until(() => true);
		const failed = async () => (await state('')).failed;

		await get('about/');
		rules('share: 25%', 'shaer: 25%');
		await news.until(failed);
		let s = await state('about/');
		const d = s.wrong.items[0];
		ok(d.id === 'unknown-key' && d.file === 'rules.yaml' && d.line === 4 && d.column === 3 && d.hint === 'did you mean \'share\'?' && d.excerpt.includes('shaer') && d.under === 5, 'a mistake, with all that is known of it', JSON.stringify(d));
		ok(s.edition === edition && (await get('about/')).text.includes('We mend kettles.'), 'what was before is still shown');
		ok((await get('products/kettle/')).status === 200, 'also what nobody had looked at');
		rules('shaer: 25%', 'share: 100%\n  shortfall: fail');
		await news.until(async () => (await state('')).wrong.items[0]?.id === 'share-not-met');
		ok((await get('products/kettle/')).status === 200, 'a share that can\'t be met is a mistake, too');
		rules('share: 100%\n  shortfall: fail', 'share: 50%');
		const mended = await news.until((n) => n.edition !== edition);
		s = await state('products/kettle/');
		ok(!s.failed && s.page.choice.shown === 2, 'mended, the new one is shown', JSON.stringify(s.wrong));

		execFileSync('candor', ['build', '-q', '--now', '2026-02-01']);
		fs.rmSync('public', { recursive: true });
		fs.writeFileSync('content/about.md', '---\ntitle: About\n---\nWe mend lids.\n');
		const next = await news.until((n) => n.edition !== mended.edition);
		ok(Number(next.edition.split('-')[1]) === Number(mended.edition.split('-')[1]) + 1, 'a build beside it is no change');
		ok((await get('about/')).text.includes('We mend lids.'), 'a change is');
		execFileSync('candor', ['label', 'forum/2', 'wrong', '--post', '2', '--quote', 'that was our mistake', '--by', 'Kim']);
		await news.until((n) => n.edition !== next.edition);
		ok((await state('products/kettle/')).page.choice.wrong === 2, 'what another command wrote is seen');
		fs.renameSync('archive.db', 'away.db');
		await news.until(failed);
		ok((await get('about/')).text.includes('We mend lids.'), 'an archive that goes away takes no page along that was seen');
		ok((await get('threads/forum/3/')).status === 503, 'others wait for it');
		fs.renameSync('away.db', 'archive.db');
		await news.until(async () => !await failed());
		ok((await get('threads/forum/3/')).status === 200, 'and come with it');
		rules('share: 50%', 'share: 25%');
		const last = await news.until((n) => n.edition !== next.edition);

		fs.writeFileSync('other.yaml', fs.readFileSync('rules.yaml', 'utf8').replace('share:', 'shaer:'));
		fs.copyFileSync('candor.yaml', 'was.yaml');
		fs.appendFileSync('candor.yaml', 'rules: other.yaml\n');
		await news.until(async () => (await state('')).wrong.items[0]?.file === 'other.yaml');
		fs.copyFileSync('rules.yaml', 'other.yaml');
		await news.until((n) => n.edition !== last.edition);
		ok(!await failed(), 'a mistake in rules that were named just now is seen mended');
		fs.copyFileSync('was.yaml', 'candor.yaml');
		await news.until(async () => !await failed());
	},

	async locked() {
		const news = listen();
		const sqlite = spawn('sqlite3', ['archive.db'], { stdio: ['pipe', 'pipe', 'inherit'] });

		await get('about/');
		sqlite.stdin.write('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; SELECT 1;\n');
		await new Promise((done) => sqlite.stdout.on('data', (d) => { if (/^1/m.test(d)) done(); }));
		ok((await get('about/')).status === 200, 'while somebody holds the archive, what was seen is shown');
		ok((await state('')).wrong.items[0].id === 'locked', 'and said why nothing new is');
		sqlite.stdin.end('ROLLBACK;\n');
		await news.until(async () => !(await state('')).failed);
		ok(true, 'it goes on by itself');
	},

	async damaged() {
		const news = listen();
		const { edition } = await news.until((n) => n.done);

		fs.copyFileSync('archive.db', 'whole.db');
		execFileSync('sqlite3', ['archive.db', "UPDATE thread SET digest = zeroblob(32) WHERE ref = '2'"]);
		await news.until((n) => n.edition !== edition && n.done);
		const late = await get('honesty.json');
		ok(late.status === 503 && late.text.includes('could not be made'), 'what needs a page that can\'t be made says so', late.text);
		ok(!late.text.includes('data-waits'), 'and waits for nothing');
		fs.renameSync('whole.db', 'archive.db');
		await news.until(async () => (await get('honesty.json')).status === 200);
		ok(true, 'until it can be made');
	},

	async begin() {
		const news = listen();
		const page = await get('');

		ok(page.status === 503 && page.text.includes('preview.js'), 'begun with a mistake there is a page that waits');
		ok((await state('')).wrong.items[0].id === 'bad-value', 'and the mistake', JSON.stringify(await state('')));
		rules('share: 25 %%', 'share: 25%');
		await news.until(async () => !(await state('')).failed);
		ok((await get('')).status === 200, 'mended, the site is there');
		ok((await get('_candor/shop/kettle.html')).status === 200, 'product_pages in candor.yaml');
		fs.appendFileSync('shop/kettle.html', '<p>More\n');
		await news.until(async () => (await get('_candor/shop/kettle.html')).text.includes('More'));
		ok(true, 'a product page that changed');
	},

	async clock() {
		const news = listen();
		const at = new Date(Date.now() + 3000).toISOString().slice(0, 19) + 'Z';
		const thread = fs.readFileSync('archive.jsonl', 'utf8').trim().split('\n').find((l) => l.includes('"id":"4"'));
		const own = thread.replace('"id":"4"', '"id":"44"').replace('/t/4', '/t/44').replace('"title"', `"embargo":"${at}","title"`);

		execFileSync('candor', ['import', '-q', '--no-analyze', 'jsonl', '-'], { input: `${own}\n` });
		await news.until(async () => (await state('threads/forum/44/')).page.state === 'embargoed');
		ok(true, 'what is embargoed for some seconds');
		await news.until(async () => (await state('threads/forum/44/')).page.state === 'published');
		ok(Date.now() >= Date.parse(at), 'is published when these are over');
	},
};

parts[part]().then(() => {
	console.log(`1..${tests}`);
	process.exit(0);
}).catch((error) => {
	console.log(`not ok ${tests + 1} - the test itself`);
	console.error(error.stack.replace(/^/gm, '# '));
	process.exit(1);
});
