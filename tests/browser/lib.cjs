// For tests in a browser: TAP, files over loopback, and Chromium.
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');
const { chromium } = require('playwright-core');

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.xml': 'application/xml',
	'.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg',
	'.gif': 'image/gif', '.webp': 'image/webp' };

let tests = 0;
let failed = 0;

function ok(good, name, detail) {
	tests++;
	failed += good ? 0 : 1;
	console.log(`${good ? 'ok' : 'not ok'} ${tests} - ${name}`);
	if (!good && detail)
		console.log(String(detail).replace(/^/gm, '# '));
}

// A server for what answer(path) returns: a file's name, or { html }.
async function serve(answer) {
	const server = http.createServer((request, response) => {
		const found = answer(decodeURIComponent(new URL(request.url, 'http://x').pathname));
		let file = typeof found === 'string' ? found : null;

		if (file && fs.existsSync(file) && fs.statSync(file).isDirectory())
			file = path.join(file, 'index.html');
		if (!found || (file && !fs.existsSync(file)))
			// What a browser asks for by itself, sooner or later, is no page's mistake.
			return response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
		response.writeHead(200, { 'content-type': types[file ? path.extname(file) : '.html'] || 'application/octet-stream' });
		return response.end(file ? fs.readFileSync(file) : found.html);
	}).listen(0, '127.0.0.1');

	await new Promise((done) => server.once('listening', done));
	return { base: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

// A slow machine is not a mistake of a page: only what would hang for ever fails.
const PATIENCE = 10 * 60 * 1000;

// No name but the server's is looked up, whatever a page asks for.
async function launch() {
	const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', timeout: PATIENCE,
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking',
			'--disable-component-update', '--disable-sync', '--no-first-run',
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'] });
	const newContext = browser.newContext.bind(browser);

	browser.newContext = async (options) => {
		const context = await newContext(options);

		context.setDefaultTimeout(PATIENCE);
		return context;
	};
	return browser;
}

function run(main) {
	main().then(() => {
		console.log(`1..${tests}`);
		process.exitCode = failed ? 1 : 0;
	}).catch((error) => {
		console.log(`not ok ${tests + 1} - the test itself\n# ${error.stack.replace(/\n/g, '\n# ')}`);
		process.exit(1);
	});
}

module.exports = { ok, serve, launch, run };
