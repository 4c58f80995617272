// node get.js SOCKET PATH [head]: what a server says, over a socket of the file
// system; its status and headers for `head`.
'use strict';
const [socketPath, path, head] = process.argv.slice(2);
let tries = 0;

function show(r) {
	if (!head) {
		process.exitCode = r.statusCode === 200 ? 0 : 1;
		return r.pipe(process.stdout);
	}
	console.log(r.statusCode);
	for (const name of Object.keys(r.headers).sort())
		console.log(`${name}: ${r.headers[name]}`);
	return r.resume();
}

// The socket is there a little before anybody listens.
function get() {
	require('http').get({ socketPath, path, headers: { host: 'shop' } }, show).on('error', (error) => {
		if (error.code !== 'ECONNREFUSED' || ++tries === 100)
			throw error;
		setTimeout(get, 100);
	});
}
get();
