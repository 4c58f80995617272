// What services make of the files of candor-ci(7) and of candor's answers:
//   node ci.cjs steps FILE        each step's commands, after a line "## NAME"
//   node ci.cjs annotations FILE  workflow commands, parsed as GitHub's runner does
//   node ci.cjs summary FILE      a summary rendered: its text, one table cell a line
//   node ci.cjs quality FILE      a report on code quality, held to GitLab's format
'use strict';
const fs = require('fs');
const [, , what, file] = process.argv;
const text = fs.readFileSync(file, 'utf8');

// A job of a workflow, or of a GitLab pipeline.
function steps() {
	const job = Object.values(require('yaml').parse(text, { strict: true }).jobs ??
		{ site: require('yaml').parse(text, { strict: true }).site })[0];
	for (const [i, s] of (job.steps ?? job.script.map(run => ({ run }))).entries())
		if (s.run)
			console.log(`## ${s.name ?? i}\n${s.run}`);
}

// github.com/actions/runner, ActionCommand.TryParseV2.
function annotations() {
	const unescape = (s, props) => (props ? s.replaceAll('%3A', ':').replaceAll('%2C', ',') : s)
		.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
	for (const line of text.split('\n').filter(l => l)) {
		const m = /^::(error|warning|notice)(?: ([^:]*))?::(.*)$/.exec(line);
		if (!m)
			throw new Error(`no workflow command: ${line}`);
		const properties = {};
		for (const p of (m[2] ?? '').split(',').filter(p => p)) {
			const at = p.indexOf('=');
			properties[p.slice(0, at)] = unescape(p.slice(at + 1), true);
		}
		console.log(JSON.stringify({ level: m[1], ...properties, message: unescape(m[3], false) }));
	}
}

// Markdown as GitHub renders it; nothing in it may come from strangers as markup.
function summary() {
	if (text.length > 1024 * 1024)
		throw new Error('over 1 MiB');
	const html = require('marked').marked.parse(text, { gfm: true });
	const allowed = /^\/?(h3|table|thead|tbody|tr|th|td|p|strong|code|br)( align="left")?$/;
	for (const [, tag] of html.matchAll(/<([^>]*)>/g))
		if (!allowed.test(tag))
			throw new Error(`unexpected <${tag}>`);
	const named = { amp: '&', lt: '<', gt: '>', quot: '"' };
	console.log(html.replace(/<[^>]*>/g, '\n')
		.replace(/&#(\d+);|&(amp|lt|gt|quot);/g, (m, n, name) =>
			n ? String.fromCodePoint(n) : named[name])
		.split('\n').filter(l => l.trim()).join('\n'));
}

function quality() {
	const prints = new Set();
	for (const e of JSON.parse(text)) {
		if (Object.keys(e).join() !== 'description,check_name,fingerprint,severity,location' ||
		    !/^(info|minor|major)$/.test(e.severity) || !(e.location.lines.begin >= 1) ||
		    e.location.path.startsWith('/') || e.location.path.startsWith('./') ||
		    prints.has(e.fingerprint))
			throw new Error(JSON.stringify(e));
		prints.add(e.fingerprint);
		console.log(`${e.location.path}:${e.location.lines.begin}: ${e.severity}: ${e.description} [${e.check_name}]`);
	}
}

({ steps, annotations, summary, quality })[what]();
