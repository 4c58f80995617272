// A site's ledger against its schema, itself, and what it gives the hashes of:
//
//	NODE_PATH=build/validators/node_modules node tests/cmd/ledger.js SITE EXPORT CONFIG
//
// SITE is the folder, EXPORT the archive's JSON Lines, CONFIG the candor.yaml.
'use strict';
const fs = require('fs'), path = require('path'), crypto = require('crypto');
const Ajv = require('ajv/dist/2020');
const { report, plan } = require('./results.js');
const [site, exported, config] = process.argv.slice(2);

const schema = JSON.parse(fs.readFileSync('man/honesty.schema.json', 'utf8'));
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(schema);
const text = fs.readFileSync(path.join(site, 'honesty.json'), 'utf8');
const ledger = JSON.parse(text);
report('the ledger is valid', validate(ledger) ? [] :
	validate.errors.map(e => `${e.instancePath} ${e.message}`));

// --- what the schema refuses ---
const full = {
	generator: 'candor 0.1.0', as_of: '2026-11-20', rules_sha256: 'a'.repeat(64),
	roster_sha256: '0'.repeat(64), archive_digest: '9'.repeat(64),
	period: ['2026-01-01', '2026-02-01'],
	site: { shown: 2, wrong: 1, required: '1/4', candidates: 3, candidates_wrong: 1, eligible: 2,
		eligible_wrong: 1, withdrawn: 0 },
	products: [{ slug: 'kettle-2', shown: 2, wrong: 1, required: '1/4', candidates: 3,
		candidates_wrong: 1, eligible: 2, eligible_wrong: 1, shortfall: 0, threads: [
			{ position: 1, venue: 'forum', id: '1 ä', url: 'https://a.example/1', wrong: true,
				quote: 'We were wrong.' },
			{ position: 2, venue: 'forum', id: '2', url: 'https://a.example/2', wrong: false }] }],
	scenarios: [],
};
report('a ledger that is good', validate(full) ? [] : validate.errors.map(e => e.message));
const broken = [
	['a key that isn\'t', l => { l.extra = 1; }],
	['one in the site', l => { l.site.score = 1; }],
	['one in a product', l => { l.products[0].name = 'x'; }],
	['one in a thread', l => { l.products[0].threads[0].title = 'x'; }],
	...Object.keys(full).map(k => [`without ${k}`, l => { delete l[k]; }]),
	...Object.keys(full.site).map(k => [`a site without ${k}`, l => { delete l.site[k]; }]),
	...Object.keys(full.products[0]).map(k => [`a product without ${k}`,
		l => { delete l.products[0][k]; }]),
	...['position', 'venue', 'id', 'wrong'].map(k => [`a thread without ${k}`,
		l => { delete l.products[0].threads[0][k]; }]),
	['a quote without a mistake', l => { l.products[0].threads[1].quote = 'x'; }],
	['an empty quote', l => { l.products[0].threads[0].quote = ''; }],
	['a hash in capitals', l => { l.rules_sha256 = 'A'.repeat(64); }],
	['a short hash', l => { l.archive_digest = 'a'.repeat(63); }],
	['a long one', l => { l.roster_sha256 = 'a'.repeat(65); }],
	['a time for a day', l => { l.as_of = '2026-11-20T00:00:00Z'; }],
	['a 13th month', l => { l.as_of = '2026-13-01'; }],
	['half a period', l => { l.period.pop(); }],
	['too much of one', l => { l.period.push('2026-03-01'); }],
	['a percentage', l => { l.site.required = '25%'; }],
	['a share of nothing', l => { l.site.required = '1/0'; }],
	['a number for a share', l => { l.products[0].required = 0.25; }],
	['a count below nothing', l => { l.site.shown = -1; }],
	['half a thread', l => { l.site.shown = 1.5; }],
	['a count in quotes', l => { l.products[0].wrong = '1'; }],
	['a position 0', l => { l.products[0].threads[0].position = 0; }],
	['a slug in capitals', l => { l.products[0].slug = 'Kettle'; }],
	['an address that runs', l => { l.products[0].threads[0].url = 'javascript:alert(1)'; }],
	['yes for true', l => { l.products[0].threads[0].wrong = 'yes'; }],
	['a thread twice', l => { l.products[0].threads[1] = l.products[0].threads[0]; }],
	['another program', l => { l.generator = 'frankness 1.0.0'; }],
	['scenarios by name', l => { l.scenarios = {}; }],
	['null for a list', l => { l.products = null; }],
];
report(`${broken.length} that are broken are refused`, broken.filter(([, breaks]) => {
	const l = structuredClone(full);
	breaks(l);
	return validate(l);
}).map(([name]) => name));

// --- what holds between its numbers ---
const parts = s => s.split('/').map(BigInt);
const atLeast = (n, share) => { // the least number of n that is the share
	const [num, den] = parts(share);
	return Number((BigInt(n) * num + den - 1n) / den);
};
const pages = [...ledger.products, ...ledger.scenarios];
const counts = [ledger.site, ...pages];
report('the share is kept, on every page and over all', counts.filter(c =>
	c.wrong < atLeast(c.shown, c.required)).map(c => c.slug || 'site'));
report('a share is between nothing and all', counts.filter(c => {
	const [num, den] = parts(c.required);
	return num > den;
}).map(c => c.required));
report('a part is no larger than the whole', counts.filter(c =>
	c.wrong > c.shown || c.shown > c.eligible || c.eligible > c.candidates ||
	c.wrong > c.eligible_wrong || c.eligible_wrong > c.candidates_wrong ||
	c.candidates_wrong > c.candidates || c.shown - c.wrong > c.eligible - c.eligible_wrong)
	.map(c => c.slug || 'site'));
report('as many threads as are counted, in order, each once', pages.filter(p =>
	p.threads.length !== p.shown || p.threads.filter(t => t.wrong).length !== p.wrong ||
	p.threads.some((t, i) => t.position !== i + 1) ||
	new Set(p.threads.map(t => `${t.venue}/${t.id}`)).size !== p.shown).map(p => p.slug));
const distinct = new Map(ledger.products.flatMap(p => p.threads).map(t => [`${t.venue}/${t.id}`, t]));
report('the site counts each thread of its products once',
	distinct.size === ledger.site.shown &&
	[...distinct.values()].filter(t => t.wrong).length === ledger.site.wrong ? [] :
		[`${distinct.size} ${JSON.stringify(ledger.site)}`]);
const sum = key => ledger.products.reduce((n, p) => n + p[key], 0);
report('and no more than all of them together', ['candidates', 'candidates_wrong', 'eligible',
	'eligible_wrong'].filter(k => ledger.site[k] > sum(k) ||
	ledger.products.some(p => p[k] > ledger.site[k])));
report('days are in order', ledger.period.length && !(ledger.period[0] <= ledger.period[1] &&
	ledger.period[1] <= ledger.as_of) ? [ledger.period.join()] : []);
report('every page and every thread is where it says', pages.flatMap((p, i) => {
	const file = path.join(site, i < ledger.products.length ? 'products' : 'scenarios', p.slug,
		'index.html');
	if (!fs.existsSync(file))
		return p.shown ? [p.slug] : [];
	const html = fs.readFileSync(file, 'utf8');
	return p.threads.filter(t => !html.includes(t.url.replace(/&/g, '&amp;'))).map(t => t.url);
}));

// --- hashes ---
const sha256 = bytes => crypto.createHash('sha256').update(bytes).digest();
report('rules_sha256 is that of rules.yaml', sha256(fs.readFileSync(path.join(site, 'rules.yaml')))
	.toString('hex') === ledger.rules_sha256 ? [] : [ledger.rules_sha256]);
const lines = fs.readFileSync(exported, 'utf8').trimEnd().split('\n').map(l =>
	sha256(l.replace(/,"fetched":"[^"]*"/g, '')));
report('archive_digest is that of the export', sha256(Buffer.concat(lines.sort(Buffer.compare)))
	.toString('hex') === ledger.archive_digest ? [] : [ledger.archive_digest]);
// The list of people as this project's own demo writes it.
const roster = [...fs.readFileSync(config, 'utf8').matchAll(
	/^ {2}- name: (.*?)(?: +#.*)?$[^]*?accounts: \{([^}]*)\}/gm)].map(([, name, accounts]) => [name,
	accounts.split(/, */).map(a => a.split(/: */).map(s => s.replace(/"/g, '')))]);
roster.push([null, [['forum', 'u8']]]); // shared_accounts
report('roster_sha256 is that of the people', sha256(JSON.stringify(roster)).toString('hex') ===
	ledger.roster_sha256 ? [] : [JSON.stringify(roster)]);
plan();
