#!/bin/sh
# Admissions that were found and that nobody has confirmed: they count where the rules say
# so, and everything that shows them says what they are; a curator's word goes before.
. tests/cmd/lib.sh
. tests/golden/lib.sh
cd "$tmp" || exit
site
# find THREAD POST KIND GRADE WORDS, as analyze writes it
find_in() {
	sqlite3 archive.db "INSERT INTO evidence (post_id, kind, grade, start, stop, pattern)
		SELECT p.id, '$3', nullif('$4', ''), instr(p.body, '$5') - 1,
			instr(p.body, '$5') - 1 + length('$5'), 'our-$3'
		FROM post AS p JOIN thread AS t ON t.id = p.thread_id
		WHERE t.ref = '$1' AND p.ref = '$2'"
}
rules() { printf 'wrong:\n  share: 50%%\n  evidence: %s\n' "$1" > rules.yaml; }
explain() { candor explain "$@" --now 2026-02-10; }
build() { candor build -q --now 2026-02-10; }
wrong() { explain kettle | grep -c '  wrong  '; }
find_in 2 2 admission fault 'that was our mistake.'
find_in 3 2 admission slip 'that was our mistake.'
find_in 4 2 admission formula 'Sorry.'
find_in 4 1 gratitude '' 'The lid'

rules confirmed
ok "a curator's word counts" [ "$(wrong)" = 1 ]
rules detected
ok "a fault that was found as well" [ "$(wrong)" = 2 ]
rules '{detected: slip}'
ok "a slip where it is asked for" [ "$(wrong)" = 3 ]
explain forum/2 > text
ok "explain quotes what was found" grep -q \
	'^ *“that was our mistake.” Ada Rask in post 2, detected: pattern our-admission, grade fault$' text
explain forum/1 > text
ok "and who confirmed the other" grep -q \
	'^ *“that was our mistake” Ada Rask in post 2, confirmed by eve on 2026-01-09$' text
explain kettle --json > json
ok "both as JSON" node -e '
	const assert = require("assert");
	const by = id => JSON.parse(require("fs").readFileSync("json")).candidates
		.find(c => c.id === id).admission;
	assert.deepEqual(by("1"), { post: "2", quote: "that was our mistake", author: "Ada Rask",
		by: "label", curator: "eve", at: "2026-01-09T00:00:00Z" });
	assert.deepEqual(by("3"), { post: "2", quote: "that was our mistake.", author: "Ada Rask",
		by: "evidence", pattern: "our-admission", grade: "slip" });
	assert.equal(by("4"), undefined);'

rules detected
ok "the site is built" build
thread=public/threads/forum
ok "the page says that nobody has confirmed it" \
	grep -q 'found by its words, not yet confirmed' $thread/2/index.html
ok "and not of what somebody has" sh -c \
	'! grep -q "not yet confirmed" "$1"' - $thread/1/index.html
ok "so does the list of all" sh -c \
	'[ "$(grep -o "not yet confirmed" public/wrong/index.html | wc -l)" -eq 1 ]'
ok "how we choose says what counts" grep -q 'or if our search for such words found a sentence' \
	public/how-we-choose/index.html
ok "the ledger tells them apart" node -e '
	const assert = require("assert");
	const l = JSON.parse(require("fs").readFileSync("public/honesty.json"));
	assert.deepEqual([l.site.wrong, l.site.confirmed], [2, 1]);
	assert.deepEqual([l.products[0].wrong, l.products[0].confirmed], [2, 1]);
	const by = Object.fromEntries(l.products[0].threads.map(t => [t.id, [t.by, t.quote]]));
	assert.deepEqual(by["1"], ["label", "that was our mistake"]);
	assert.deepEqual(by["2"], ["evidence", "that was our mistake."]);
	assert.deepEqual(by["3"] || by["4"], [undefined, undefined]);'

rules '{detected: slip}'
candor label forum/2 not-wrong --post 2 --quote 'that was our mistake.' --by kim --now 2026-02-01
ok "a rejection is remembered" [ "$(wrong)" = 2 ]
candor label forum/2 wrong --post 2 --quote 'that was our mistake.' --by eve --now 2026-02-02
ok "and taken back" sh -c "candor explain forum/2 --now 2026-02-10 | grep -q 'confirmed by eve'"
candor label forum/3 not-wrong --post 1 --by kim --now 2026-02-01
ok "of another post it says nothing" [ "$(wrong)" = 3 ]
sed -i 's/{forum: u1}/{forum: u1}, active: {to: 2026-01-02}/' candor.yaml
ok "whoever has left admits nothing" sh -c \
	"! candor explain forum/3 --now 2026-02-10 2> doubts | grep -q detected"
sed -i 's/, active: {to: 2026-01-02}//' candor.yaml

# Conditions.
kept() {
	printf 'wrong: {share: 0%%}\nkeep: [%s]\n' "$1" > rules.yaml
	explain kettle | sed -n 's|.* shown .*forum/||p' | sort | tr -d '\n'
}
ok "evidence as a condition" [ "$(kept '{evidence: admission}')" = 2 ]
ok "of a lesser grade" [ "$(kept '{evidence: {kind: admission, grade: slip}}')" = 23 ]
ok "of the least" [ "$(kept '{evidence: {kind: admission, grade: formula}}')" = 234 ]
ok "thanks that were found" [ "$(kept '{thanked: true}')" = 4 ]
candor label forum/4 not-thanked --by kim --now 2026-02-01
candor label forum/1 thanked --by kim --now 2026-02-01
candor label forum/3 referral --by kim --now 2026-02-01
ok "unless a label knows better" [ "$(kept '{thanked: true}')" = 1 ]
ok "which is no evidence" [ "$(kept '{evidence: gratitude}')" = 4 ]
ok "whoever was sent by others" [ "$(kept '{referral: true}')" = 3 ]

# Damage.
rules '{detected: slip}'
sqlite3 archive.db "UPDATE evidence SET stop = 5000 WHERE grade = 'slip'"
ok "what isn't in the post is damage" fails 1 explain kettle
ok "and named" grep -q "evidence in post '2' of 'forum/3' is no part of its body \[archive-damaged\]" \
	fails.out
done_testing
