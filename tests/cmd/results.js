// What the scripts beside this one have in common: TAP, and a site's files.
'use strict';
const fs = require('fs'), path = require('path');

let tests = 0;

// Passes when there are no problems; says some of them.
function report(name, problems) {
	tests++;
	console.log(`${problems.length ? 'not ok' : 'ok'} ${tests} - ${name}`);
	for (const p of problems.slice(0, 10))
		console.error('# ' + p);
}

// Every file below dir.
function walk(dir) {
	return fs.readdirSync(dir, { withFileTypes: true }).flatMap(e =>
		e.isDirectory() ? walk(path.join(dir, e.name)) : [path.join(dir, e.name)]);
}

// The references that candor writes.
const named = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`', '#10': '\n', '#9': '\t' };
const decode = s => s.replace(/&(amp|lt|gt|quot|#39|#96|#10|#9);/g, (m, n) => named[n]);

module.exports = { report, walk, decode, plan: () => console.log(`1..${tests}`) };
