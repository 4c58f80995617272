// Whether what a site says of itself is what it shows:
//
//	node tests/cmd/share.js SITE EXPLAINED
//
// SITE is the folder; EXPLAINED one line of `explain --json` for each product, and
// then for each scenario.
// Prints what doesn't hold.
'use strict';
const fs = require('fs'), path = require('path');
const [site, explained] = process.argv.slice(2);
const read = f => fs.readFileSync(path.join(site, f), 'utf8');
const ledger = JSON.parse(read('honesty.json'));
const answers = fs.readFileSync(explained, 'utf8').trimEnd().split('\n').map(l => JSON.parse(l));
let failed = false;
const say = what => { console.error('# ' + what); failed = true; };
const equal = (what, a, b) => {
	if (JSON.stringify(a) !== JSON.stringify(b))
		say(`${what}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
};
const ratio = s => s.split('/').map(Number);
const ceil = (n, [num, den]) => Math.ceil(n * num / den - 1e-9);
const floor = (n, [num, den]) => Math.floor(n * num / den + 1e-9);
const wrongs = threads => threads.filter(t => t.wrong).length;
const name = t => t.venue + '/' + t.id;
const distinct = lists => [...new Map(lists.flat().map(t => [name(t), t])).values()];

const spread = !/spread: (false|no)/.test(read('rules.yaml'));
const skipping = /shortfall: skip/.test(read('rules.yaml'));

equal('products', ledger.products.map(p => p.slug), answers.flatMap(a => a.product ?? []));
equal('scenarios', ledger.scenarios.map(p => p.slug), answers.flatMap(a => a.scenario ?? []));
if (!ledger.scenarios.length)
	say('no scenarios to look at');
[...ledger.products, ...ledger.scenarios].forEach((p, i) => {
	const { candidates } = answers[i], slug = p.slug;
	const folder = (answers[i].product ? 'products/' : 'scenarios/') + slug;
	const shown = candidates.filter(c => c.shown).sort((a, b) => a.position - b.position);
	const eligible = candidates.filter(c => c.eligible);

	// The share and its spread.
	if (p.wrong < ceil(p.shown, ratio(p.required)))
		say(`${slug}: ${p.wrong} of ${p.shown}, required ${p.required}`);
	for (let k = 1; spread && k <= p.shown; k++)
		if (wrongs(p.threads.slice(0, k)) < floor(k, ratio(p.required)))
			say(`${slug}: the first ${k} fall short`);

	// The ledger against explain.
	equal(`${slug}: shown`, p.threads.map(name), shown.map(name));
	equal(`${slug}: wrong`, p.threads.map(t => t.wrong), shown.map(t => t.wrong));
	equal(`${slug}: positions`, p.threads.map(t => t.position), shown.map(t => t.position));
	equal(`${slug}: counts`, [p.shown, p.wrong, p.candidates, p.candidates_wrong, p.eligible,
		p.eligible_wrong, p.required],
	[shown.length, wrongs(shown), candidates.length, wrongs(candidates), eligible.length,
		wrongs(eligible), answers[i].required]);
	if (p.threads.some(t => t.wrong !== (typeof t.quote === 'string')))
		say(`${slug}: quotes`);

	// The ledger against the page, and the fragment.
	for (const file of answers[i].product ? ['index.html', 'fragment.html'] : ['index.html']) {
		const f = `${folder}/${file}`;
		if (skipping && p.shortfall > 0) {
			if (fs.existsSync(path.join(site, f)))
				say(`${f}: was to be skipped`);
			continue;
		}
		const html = read(f);
		const articles = html.split('<article').slice(1);
		equal(`${f}: articles`, articles.length, p.shown);
		equal(`${f}: marked wrong`, articles.map(a => a.includes('class="candor-admission"')),
			p.threads.map(t => t.wrong));
		articles.forEach((a, k) => {
			if (!a.includes(`href="${p.threads[k].url.replace(/&/g, '&amp;')}"`))
				say(`${f}: article ${k + 1} is not ${name(p.threads[k])}`);
		});
		const d = html.match(/<p class="candor-disclosure">([^]*?)<\/p>/)[1];
		const said = d.replace(/<time[^>]*>[^<]*<\/time>/g, '').replace(/<[^>]*>/g, '');
		const m = said.match(/shows (\d+) of (\d+) public/);
		const w = said.match(/In (\d+) of (\d+) we were wrong; our rules demand at least (\d+\/\d+|[0-9.]+\s?%)/);
		if (!m || (p.shown > 0 && !w))
			say(`${f}: can't read its disclosure: ${said}`);
		else
			equal(`${f}: disclosure`, [...m.slice(1, 3), ...(w ? w.slice(1, 3) : [0, 0])].map(Number),
				[p.shown, p.candidates, p.wrong, p.shown]);
	}
});

// The site: distinct threads over the pages of products, and candidates of theirs.
const known = new Set(answers.flatMap(a => a.product ? a.candidates.map(name) : []));
for (const a of answers)
	if (a.candidates.some(c => !known.has(name(c))))
		say(`${a.scenario}: has a candidate that no product has`);
const shown = distinct(ledger.products.map(p => p.threads));
const candidates = distinct(answers.map(a => a.candidates));
const eligible = candidates.filter(c => c.eligible);
const s = ledger.site;
equal('site', [s.shown, s.wrong, s.candidates, s.candidates_wrong, s.eligible, s.eligible_wrong],
	[shown.length, wrongs(shown), candidates.length, wrongs(candidates), eligible.length,
		wrongs(eligible)]);
if (s.wrong < ceil(s.shown, ratio(s.required)))
	say(`site: ${s.wrong} of ${s.shown}, required ${s.required}`);
const hash = require('crypto').createHash('sha256')
	.update(fs.readFileSync(path.join(site, 'rules.yaml'))).digest('hex');
equal('rules_sha256', ledger.rules_sha256, hash);
process.exit(failed ? 1 : 0);
