// The plan as a renderer of GitHub's Markdown shows it: FILE has the threads of
// plan-titles.js.  What strangers wrote may only stand in code, where GitHub looks neither
// for people nor for issues.
'use strict';
const fs = require('fs');
const { marked } = require('marked');
const { report, plan } = require('./results.js');
const text = fs.readFileSync(process.argv[2], 'utf8');
const html = marked.parse(text, { gfm: true });

const tags = [...html.matchAll(/<\/?([a-zA-Z!?][^\s>]*)([^>]*)>/g)];
report('Markdown: no element but those of a plan', tags.filter(([, name, rest]) =>
	!['h3', 'p', 'strong', 'ul', 'li', 'code'].includes(name) || rest.trim()).map(t => t[0]));
const outside = html.replace(/<code>[^<]*<\/code>/g, '');
report('Markdown: nothing outside code that calls or links', [/@/, /#/, /https?:|www\./, /\bx{20}/, /octocat|evil/]
	.filter(re => re.test(outside)).map(String));
report('Markdown: every thread is an item', [html.match(/<li>enters: <code>forum\//g).length]
	.filter(n => n !== 4 + 29 + 10));
// Code shows what was written, character by character.
const decode = s => s.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'")
	.replace(/&amp;/g, '&');
const codes = new Set([...html.matchAll(/<code>([^<]*)<\/code>/g)].map(m => decode(m[1])));
report('Markdown: titles are as they were', ['`code` and ``more`` @octocat', '`', '```', '| a | b |',
	'ends in a backslash \\', '&lt;b&gt; &#64;octocat', '<details><summary>', '` @octocat `` #5 `',
	'forum/`', 'forum/a|b', 'forum/\\'].filter(t => !codes.has(t)));
plan();
