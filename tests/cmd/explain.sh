#!/bin/sh
# explain gives every candidate exactly one reason, with the rule that decided,
# in the form that programs rely on; for a product and for a thread, by its id
# and by its URL.
. tests/cmd/lib.sh
now=2026-11-20T12:00:00Z

explain() {
	candor explain "$@" -C content --archive "$tmp/a.db" --now $now
}
candor import -q jsonl content/archive.jsonl --archive "$tmp/a.db" || exit

cat > "$tmp/check.js" <<'END'
// The answer for a product on stdin; its slug is the argument.
const { readFileSync } = require('fs');
const text = readFileSync(0, 'utf8'), answer = JSON.parse(text);
const fail = what => { console.error('# ' + what); process.exit(1); };
const keys = (o, want) => Object.keys(o).join() === want || fail(Object.keys(o).join());
keys(answer, 'product,as_of,limit,required,candidates');
if (answer.product !== process.argv[2]) fail(answer.product);
if (answer.as_of !== '2026-11-20') fail(answer.as_of);
if (!/^\d+\/[1-9]\d*$/.test(answer.required)) fail(answer.required);
const reasons = ['gone', 'ground', 'embargo', 'expired', 'keep', 'drop', 'share', 'cap',
	'limit', 'shown'];
const rules = readFileSync('content/rules.yaml', 'utf8').split('\n');
const seen = new Set(), positions = [];
for (const c of answer.candidates) {
	keys(c, 'venue,id,eligible,wrong,rank,shown,position,reason,rule' +
		(c.wrong ? ',admission' : ''));
	if (c.wrong && (c.admission.by !== 'label' || !c.admission.curator || !c.admission.author))
		fail(JSON.stringify(c.admission));
	const name = c.venue + '/' + c.id;
	if (seen.has(name)) fail(name + ' twice');
	seen.add(name);
	if (!reasons.includes(c.reason)) fail(c.reason);
	if (!Number.isInteger(c.rank)) fail(name + ': rank ' + c.rank);
	if (c.eligible !== reasons.indexOf(c.reason) >= 6) fail(name + ': eligible');
	if (c.shown !== (c.reason === 'shown') || c.shown !== (c.position !== null))
		fail(name + ': shown');
	if (c.shown) positions.push(c.position);
	// The rule is in the file, at that line.
	const builtin = ['gone', 'ground', 'embargo', 'expired', 'shown'].includes(c.reason);
	if (builtin ? c.rule !== null : !/^rules\.yaml:\d+$/.test(c.rule)) fail(name + ': ' + c.rule);
	const line = c.rule && rules[c.rule.split(':')[1] - 1];
	const wants = { keep: /^ {2}- /, drop: /^ {2}- /, share: /share/, limit: /limit/,
		cap: /^ {2}per_/ }[c.reason];
	if (wants && !wants.test(line)) fail(name + ': ' + c.reason + ' by ' + line);
}
positions.sort((a, b) => a - b);
if (positions.some((p, i) => p !== i + 1)) fail('positions ' + positions);
if (positions.length > answer.limit) fail('over the limit');
// Best first.
if (answer.candidates.some((c, i, all) => i && all[i - 1].rank < c.rank)) fail('not by rank');
if (text.trimEnd().includes('\n')) fail('more than one line');
END
for slug in $(sed -n 's/.*"type":"product","slug":"\([^"]*\)".*/\1/p' content/archive.jsonl); do
	explain "$slug" --json > "$tmp/answer"
	ok "$slug: the form, and a reason for each" node "$tmp/check.js" "$slug" < "$tmp/answer"
done

# The three forms agree, and so does the ledger.
explain lull-clock > "$tmp/text"
explain lull-clock --json > "$tmp/json"
from_json() {
	node -e 'for (const c of JSON.parse(require("fs").readFileSync(0)).candidates)
		console.log(c.venue + "/" + c.id, c.reason)' < "$1" | sort
}
ok "text: one line for each candidate, with its reason" sh -c '
	sed 1d "$1" | grep -o "[a-z]* *\(rules.yaml:[0-9]*\)\? *[a-z]*/[^ ]*$" |
		sed "s/rules.yaml:[0-9]*//" | tr -s " " | sed "s/^ //" |
		awk "{ print \$2, \$1 }" | sort | cmp - "$2"' - "$tmp/text" /dev/stdin <<END
$(from_json "$tmp/json")
END
ok "text: whose word it is, and who confirmed it" grep -q \
	'^ *“.*” [A-Z].* in post .*, confirmed by .* on 20[0-9-]*$' "$tmp/text"
ok "text: the count" grep -q '^lull-clock on 2026-11-20: 10 shown of [0-9]* candidates' "$tmp/text"
id=$(node -e 'const c = JSON.parse(require("fs").readFileSync(0)).candidates
	.find(c => c.reason == "limit"); console.log(c.venue + "/" + c.id)' < "$tmp/json")
url=$(grep -F "\"venue\":\"${id%/*}\",\"id\":\"${id#*/}\"" content/archive.jsonl |
	sed 's/.*"id":"'"${id#*/}"'","url":"\([^"]*\)".*/\1/')
explain "$id" > "$tmp/by-id"
explain "$url" > "$tmp/by-url"
ok "a thread by its id" grep -q "limit *rules.yaml:[0-9]* *$id" "$tmp/by-id"
ok "and by its URL" cmp "$tmp/by-id" "$tmp/by-url"
explain "$id" --json > "$tmp/thread"
ok "a thread as JSON: the page and the reason" node -e '
	const a = JSON.parse(require("fs").readFileSync(0)).pages, p = a[0];
	process.exit(a.length && p.reason === "limit" && p.product === "lull-clock" &&
		p.venue + "/" + p.id === process.argv[1] ? 0 : 1)' "$id" < "$tmp/thread"

# What decides is the first that applies: made-up threads, one for each.
. tests/golden/lib.sh
mkdir "$tmp/site" && cd "$tmp/site" || exit
site
cat > rules.yaml <<-'END'
	publish:
	  limit: 2
	wrong:
	  share: 50%
	keep:
	  - posts: {min: 2}
	drop:
	  - label: private
	caps:
	  per_customer: 1
END
{
	thread 5 '"gone":"2026-02-01T00:00:00Z"'
	thread 6 '"embargo":"2030-01-01T00:00:00Z"'
	thread 7 '"expires":"2026-02-01T00:00:00Z"'
	thread 8 '"labels":[{"name":"private","by":"eve","at":"2026-01-09T00:00:00Z"}]'
} > more.jsonl
sed -i '1s/"gone":"[^"]*"/"gone":true/' more.jsonl
thread 9 | sed 's/,{"id":"2".*}\]}$/]}/' >> more.jsonl
candor import -q jsonl more.jsonl
candor explain kettle --now 2026-03-01 > text
reason() { grep -q " $2 *$3 *forum/$1\$" text || { cat text >&2; return 1; }; }
ok "gone" reason 5 gone ''
ok "embargo" reason 6 embargo ''
ok "expired" reason 7 expired ''
ok "keep" reason 9 keep rules.yaml:6
ok "drop" reason 8 drop rules.yaml:8
ok "shown" reason 1 shown ''
ok "share" reason 3 share rules.yaml:4
sed -i 's/share: 50%/share: 0/' rules.yaml
candor explain kettle --now 2026-03-01 > text
ok "limit" reason 2 limit rules.yaml:2
ok "the clock decides about an embargo" sh -c \
	'candor explain forum/6 --now 2030-01-01 | grep -qv embargo'
done_testing
