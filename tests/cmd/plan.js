// What two plans say of a change against what it did:
//
//	node tests/cmd/plan.js NAME FOLDER NOW
//
// FOLDER has old/ and site/, the site before and after with its public/, and published.json
// and source.json, the plans against old/public and against old/.
'use strict';
const fs = require('fs'), path = require('path'), crypto = require('crypto');
const { execFileSync } = require('child_process');
const { report, plan: end } = require('./results.js');
const [name, folder, now] = process.argv.slice(2);
const json = file => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
const plans = { published: json('published.json'), source: json('source.json') };
const before = json('old/public/honesty.json'), after = json('site/public/honesty.json');

const key = t => `${t.venue}/${t.id}`;
const find = (ledger, page) => page.product ? ledger.products.find(p => p.slug === page.product)
	: ledger.scenarios.find(p => p.slug === page.scenario);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const lists = ['enter', 'leave', 'turn', 'move'];

// candor(1): the old list of threads and the plan give the new one.
function apply(old, page) {
	const list = [], away = new Set([...page.leave, ...page.move].map(key));
	for (const t of [...page.enter, ...page.move]) {
		if (list[t.after.position - 1]) throw new Error('two at one place');
		list[t.after.position - 1] = key(t);
	}
	let at = 0;
	for (const t of old.map(key).filter(k => !away.has(k))) {
		while (list[at]) at++;
		list[at] = t;
	}
	return list;
}

// Every page, with those that the plan doesn't name.
function pages(plan) {
	const all = new Map();
	const put = (kind, p) => all.set(`${kind} ${p.slug}`, { [kind]: p.slug, enter: [], leave: [], turn: [],
		move: [], none: true });
	for (const ledger of [before, after]) {
		ledger.products.forEach(p => put('product', p));
		ledger.scenarios.forEach(p => put('scenario', p));
	}
	for (const p of plan.pages) all.set(p.product ? `product ${p.product}` : `scenario ${p.scenario}`, p);
	return [...all.values()];
}

function checkPage(page) {
	const old = find(before, page) || { threads: [] }, fresh = find(after, page) || { threads: [] };
	const wrong = [], label = page.product || page.scenario;
	if (!same(apply(old.threads, page), fresh.threads.map(key))) wrong.push(`${label}: the list`);
	const was = new Map(old.threads.map(t => [key(t), t]));
	const turned = fresh.threads.filter(t => was.has(key(t)) && was.get(key(t)).wrong !== t.wrong).map(key);
	if (!same(turned, page.turn.map(key))) wrong.push(`${label}: turn`);
	for (const [side, ledger] of [['before', old], ['after', fresh]])
		if (page[side] && (page[side].shown !== ledger.shown || page[side].wrong !== ledger.wrong ||
			page[side].required !== ledger.required)) wrong.push(`${label}: ${side}`);
	for (const t of [...page.leave, ...page.move, ...page.turn])
		if (t.before.position !== was.get(key(t)).position) wrong.push(`${label}: ${key(t)} was`);
	if (page.enter.some((t, i) => i && t.after.position <= page.enter[i - 1].after.position))
		wrong.push(`${label}: enter isn't by position`);
	return wrong;
}

function explain(site, slug) {
	try {
		const out = execFileSync('candor', ['explain', '-C', path.join(folder, site), '--json', '--now', now, slug],
			{ stdio: ['ignore', 'pipe', 'ignore'] });
		return new Map(JSON.parse(out).candidates.map(c => [key(c), c]));
	} catch {
		return new Map(); // there is no such page
	}
}

// Reasons are those of explain, on both sides where both are known.
function checkReasons(kind, plan) {
	const wrong = [];
	for (const page of plan.pages) {
		const slug = page.product || page.scenario;
		const then = explain('old', slug), is = explain('site', slug);
		for (const list of lists)
			for (const t of page[list]) {
				const a = t.after, e = is.get(key(t)), b = t.before, d = then.get(key(t));
				if (!a !== !e || (a && (a.reason !== e.reason || a.wrong !== e.wrong || a.position !== e.position)))
					wrong.push(`${slug}: ${key(t)} now`);
				if (kind === 'source' && (!b !== !d || (b && b.reason !== d.reason)))
					wrong.push(`${slug}: ${key(t)} then`);
				if (list === 'leave' && e && t.rule !== e.rule) wrong.push(`${slug}: ${key(t)} rule ${t.rule}`);
				if (kind === 'source' && list === 'enter' && page.before && d &&
					(t.rule || '').replace(/^\.\.\/old\//, '') !== (d.rule || ''))
					wrong.push(`${slug}: ${key(t)} rule ${t.rule}, not ${d.rule}`);
				if (['enter', 'leave'].includes(list) && !t.why && page.change === 'changes')
					wrong.push(`${slug}: ${key(t)} without a why`);
			}
	}
	return wrong;
}

function files(site) {
	const all = new Map(), top = path.join(folder, site, 'public');
	for (const e of fs.readdirSync(top, { recursive: true, withFileTypes: true })) {
		const file = path.join(e.parentPath || e.path, e.name);
		if (e.isFile() && e.name !== '.candor-site')
			all.set(path.relative(top, file), crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex'));
	}
	return all;
}

const old = files('old'), fresh = files('site');
const want = {
	new: [...fresh.keys()].filter(f => !old.has(f)).sort(),
	changed: [...fresh.keys()].filter(f => old.has(f) && old.get(f) !== fresh.get(f)).sort(),
	same: [...fresh.keys()].filter(f => old.get(f) === fresh.get(f)).length,
	removed: [...old.keys()].filter(f => !fresh.has(f)).length,
};
const numbers = s => ({ shown: s.shown, wrong: s.wrong, required: s.required });
for (const [kind, plan] of Object.entries(plans)) {
	const all = pages(plan);
	report(`${name}: the ${kind} plan leads to the new ledger`, all.flatMap(checkPage));
	report(`${name}: the ${kind} plan's reasons`, checkReasons(kind, plan));
	report(`${name}: the ${kind} plan's files`, same(plan.files, want) ? [] : [JSON.stringify(plan.files).slice(0, 300),
		JSON.stringify(want).slice(0, 300)]);
	report(`${name}: the ${kind} plan's numbers`, same(plan.site, { before: numbers(before.site),
		after: numbers(after.site) }) ? [] : [JSON.stringify(plan.site)]);
	const stands = site => p => fs.existsSync(path.join(folder, site, 'public', p.product ? 'products' : 'scenarios',
		p.product || p.scenario));
	report(`${name}: the ${kind} plan's pages`, all.filter(p => {
		const then = stands('old')(p), is = stands('site')(p);
		return (p.none ? then !== is : p.change !== (then === is ? 'changes' : is ? 'enters' : 'leaves'));
	}).map(p => p.product || p.scenario));
	report(`${name}: the ${kind} plan says whether there is any`, plan.changes === (plan.pages.length > 0 ||
		!same(plan.site.before, plan.site.after) || want.new.length + want.changed.length + want.removed > 0) &&
		plan.fails === false ? [] : [plan.changes]);
}
end();
