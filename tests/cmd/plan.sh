#!/bin/sh
# `build -n` says what a build then does: for many changes of rules and archive the plan is
# compared with the two sites, and with the reasons that explain gives of both.  Why a
# thread enters or leaves is told in words.  Nothing is written, no lock is needed, and
# nothing that strangers wrote gets a form in the Markdown.
. tests/cmd/lib.sh
. tests/golden/lib.sh
now=2026-11-20T12:00:00Z

# --- A plan, and what the build does ---

mkdir "$tmp/site"
cp -R content/candor.yaml content/rules.yaml content/pages "$tmp/site/"
cp -R themes/default "$tmp/theme"
chmod -R u+w "$tmp/theme"
candor import -q jsonl content/archive.jsonl --archive "$tmp/site/archive.db" || exit

build() { candor build -C "$tmp/site" --theme "$tmp/theme" --now $now "$@"; }
rules() { sed -i "$1" "$tmp/site/rules.yaml"; }
forget() { candor forget -q -C "$tmp/site" --thread "$1" > "$tmp/urls"; }
stamps() { find "$1" -printf '%p %i %s %T@ %C@\n' | sort; }

# after NAME COMMAND...: the command changes the site; then the plans, against what is
# published and against the site as it was, say what the build does.
after() {
	_change=$1
	shift
	rm -rf "$tmp/old"
	cp -R "$tmp/site" "$tmp/old"
	"$@" || ok "$_change: the change" false
	stamps "$tmp/site" > "$tmp/stamps"
	ok "$_change: a plan" sh -c '"$@" > "$0"' "$tmp/published.json" \
		candor build -n --json -C "$tmp/site" --theme "$tmp/theme" --now $now
	ok "$_change: against the old site's folder" sh -c '"$@" > "$0"' "$tmp/source.json" \
		candor build -n --json -C "$tmp/site" --theme "$tmp/theme" --now $now --against ../old
	stamps "$tmp/site" > "$tmp/stamps.after"
	ok "$_change: nothing is touched" cmp "$tmp/stamps" "$tmp/stamps.after"
	ok "$_change: the build" build -q
	add_results node tests/cmd/plan.js "$_change" "$tmp" $now
}

ok "before the first build, a plan" build -q -n
ok "makes nothing" sh -c 'cd "$1" && [ "$(echo .* *)" = ". .. archive.db candor.yaml pages rules.yaml" ]' \
	- "$tmp/site"
build -q || exit
ok "after a build" sh -c '[ "$("$@")" = "nothing would change" ]' - \
	candor build -n -C "$tmp/site" --theme "$tmp/theme" --now $now
after "nothing" true
after "a lower limit" rules 's/limit: 8 /limit: 5 /'
after "a higher limit" rules 's/limit: 5 /limit: 11 /'
after "a higher share" rules 's/share: 25%/share: 60%/'
after "pages are skipped" rules 's/shortfall: trim/shortfall: skip/'
after "and come back" rules 's/shortfall: skip/shortfall: trim/; s/share: 60%/share: 25%/'
after "another order" rules 's/solved: 2/solved: 5/; s/weight: 3/weight: 1/'
after "something is dropped" rules 's/^drop:/&\n  - tag: [travel, coffee]/'
after "and kept again" rules '/- tag: \[travel, coffee\]/d'
after "tighter caps" rules 's/per_contributor: 60%/per_contributor: 30%/'
after "younger threads alone" rules 's/age: {max: 5 years}/age: {max: 10 months}/'
after "a scenario less" rules '/- slug: out-of-doors/,/limit: 6/d; /wrong: {share: 1.3}/d'
after "the rules as they were" cp content/rules.yaml "$tmp/site/"
after "a label" candor label -q -C "$tmp/site" forum/2146 private --now 2026-11-19
after "a word taken back" sh -c 'candor label -q -C "$1" forum/4153 not-wrong --now 2026-11-19 &&
	candor label -q -C "$1" forum/3570 not-wrong --now 2026-11-19' - "$tmp/site"
after "somebody is forgotten" forget forum/2316
after "threads are gone" sh -c 'sqlite3 "$1/archive.db" "UPDATE thread SET gone = 1, digest = NULL
	WHERE ref IN ('"'3189', '4371'"')" && candor label -q -C "$1" forum/3189 seen --now 2026-11-19' - \
	"$tmp/site"
touch_theme() { for _file in "$tmp"/theme/assets/*.css; do echo '/**/' >> "$_file"; done; }
cp -R "$tmp/site" "$tmp/old"
touch_theme
build -n > "$tmp/out"
ok "another theme alone: the text of pages changes" grep -qx \
	'burrow-flask: the text of the page changes' "$tmp/out"
ok "and no thread does" sh -c '! grep -q "^ " "$1"' - "$tmp/out"

# --- Beside others, without rights ---

ok "while another holds the lock" flock "$tmp/site/.candor/public/lock" \
	candor build -n -q -C "$tmp/site" --theme "$tmp/theme" --now $now --strict
(
	while [ ! -e "$tmp/stop" ]; do
		build -q --output other --jobs 1
		rules 's/limit: 8 /limit: 4 /'
		build -q --output other --jobs 1
		rules 's/limit: 4 /limit: 8 /'
	done
) &
builder=$!
plans_beside() {
	until [ -e "$tmp/site/other/honesty.json" ]; do sleep 0.1; done
	for _i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		build -n -v --output other > "$tmp/beside" 2>&1 || return 1
		! grep -q ledger-damaged "$tmp/beside" || return 1
	done
}
ok "while another builds and builds" plans_beside
touch "$tmp/stop"
wait $builder
as_reader() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	else
		"$@"
	fi
}
chmod 755 "$tmp"
chmod -R a+rX,a-w "$tmp/site" "$tmp/theme"
ok "without the right to write" as_reader candor build -n -q -C "$tmp/site" --theme "$tmp/theme" \
	--now $now
chmod -R u+w "$tmp/site" "$tmp/theme"

# --- Why ---

mkdir "$tmp/small"
cd "$tmp/small" || exit
site
# plan [OPTIONS]: into the file plan; says TEXT...: these are lines of it, their ends may
# be left out.
plan() { candor build -n --now 2026-02-01 "$@" > plan; }
says() {
	for _line; do
		grep -qF -- "$_line" plan || {
			echo "# no line '$_line' in:" >&2
			sed 's/^/#   /' plan >&2
			return 1
		}
	done
}
silent() { ! grep -qF -- "$1" plan; }
published() { candor build -q --now 2026-02-01; }
import() { cat > more.jsonl && candor import -q --no-analyze jsonl more.jsonl; }
published

sed -i 's/limit: 4/limit: 2/' rules.yaml
published
sed -i 's/limit: 2/limit: 3/' rules.yaml
plan
ok "the published rules had a limit" says \
	'+ forum/3 “Lid 3”, at 2: by the published rules left out for the share (public/rules.yaml:4)'
sed -i 's/limit: 3/limit: 4/' rules.yaml
published
printf 'drop:\n  - label: [private]\nkeep:\n  - contributor: true\n' >> rules.yaml
published
import << 'END'
{"type":"label","venue":"forum","thread":"2","name":"private","by":"eve","at":"2026-01-20T00:00:00Z"}
END
plan
ok "dropped, by the line" says '- forum/2 “Lid 2”: dropped (rules.yaml:6)' \
	'kettle: 4 -> 3 shown, 1 wrong (25% -> 33%, required 1/4)'
published
import << 'END'
{"type":"label","venue":"forum","thread":"2","name":"not-private","by":"eve","at":"2026-01-21T00:00:00Z"}
END
plan
ok "the ledger doesn't know why it wasn't shown" says '+ forum/2 “Lid 2”, at 3: not shown before'
published
thread 5 | sed 's/2026-01-05/2026-02-01/g' | import
plan --now 2026-02-02
ok "a new thread" says '+ forum/5 “Lid 5”, at 1: last post on 2026-02-01' \
	'- forum/2 “Lid 2”: left out for the share (rules.yaml:4)'
cp archive.db before.db
published
import << 'END'
{"type":"label","venue":"forum","thread":"3","name":"wrong","post":"2","quote":"that was our mistake","by":"eve","at":"2026-02-01T00:00:00Z"}
END
plan
ok "a label makes it wrong" says \
	'! forum/3 “Lid 3”, at 3: counts as wrong: labelled on 2026-02-01' \
	'- forum/1 “Lid 1”, wrong: over the limit (rules.yaml:2)'
published
import << 'END'
{"type":"label","venue":"forum","thread":"3","name":"not-wrong","by":"eve","at":"2026-02-01T01:00:00Z"}
END
plan
ok "and another takes that back" says 'forum/3 “Lid 3”, at 3: no longer counts as wrong'
published
thread 5 | sed 's/2026-01-05/2026-02-01/g; s/The lid sticks/It sticks/' | import
plan
ok "a post was edited: the text alone" sh -c '[ "$(head -1 plan)" = \
	"kettle: the text of the page changes" ] && [ "$(wc -l < plan)" -eq 2 ]'
ok "and the files tell" says '; files: 0 new, '
published
thread 6 | sed 's/2026-01-06/2026-02-01/g; s/The lid sticks/The handle wobbles/
	s/Yes, that was our mistake/Tighten the screw/' | import
published
candor forget -q --thread forum/6 > urls
plan
ok "forgotten: without its title" says '- forum/6: not in the archive any more'
ok "which stands nowhere" silent 'Lid 6'
published
candor forget -q --hide --thread forum/4 > urls
plan
ok "withdrawn: without its title" says '- forum/4: gone or hidden'
ok "which stands nowhere either" silent 'Lid 4'
published
printf 'scenarios:\n  - {slug: lids, title: Lids, when: {text: {any: [lid]}}}\n' >> rules.yaml
plan
ok "a scenario enters" says 'scenario lids: the page enters, new: ' \
	'1 would enter, 0 leave, 1 change'
published
sed -i '/^scenarios/,$d' rules.yaml
plan
ok "and leaves" says 'scenario lids: the page leaves, the rules have no such scenario any more: '
published

# Another archive: there is no product any more, and why each was not shown is known.
grep -v '"product"' archive.jsonl | sed 's/,"products":\["kettle"\]//' > none.jsonl
echo '{"type":"product","slug":"oven","name":"Oven","url":"https://brook.example/oven"}' >> none.jsonl
candor import -q --no-analyze jsonl none.jsonl --archive none.db
plan --archive none.db
ok "a product is gone" says \
	'kettle: the page leaves, the archive has no such product any more: 4 shown, 1 wrong' \
	'oven: the page enters, new: 0 shown' '1 would enter, 1 leave'
plan --against before.db
ok "against an archive" says '- forum/4: gone or hidden' \
	'+ forum/2 “Lid 2”, at 3: was left out for the share (rules.yaml:4)'
sqlite3 before.db "DELETE FROM thread_product WHERE thread_id =
	(SELECT id FROM thread WHERE ref = '2'); UPDATE thread SET digest = NULL WHERE ref = '2'"
plan --against before.db
ok "not a candidate there" says '+ forum/2 “Lid 2”, at 3: was not a candidate'
plan --archive before.db
ok "nor any more" says '- forum/2 “Lid 2”: not a candidate any more'
ok "an empty name" fails 2 candor build -n --against ''
cp -R ../small ../copy
plan --against ../copy/public
ok "against a built site" grep -qx 'nothing would change' plan
mkdir ../ledger && cp public/honesty.json ../ledger
plan --against ../ledger
ok "against a ledger alone" says 'the same threads would be shown; files not compared: no record of them'
ln -s ../copy/public link
plan --against link
ok "through a link" grep -qx 'nothing would change' plan
echo 'limit: 4' > ../copy/rules.yaml
ok "a mistake in what it is compared with" fails 1 candor build -n --against ../copy
ok "is told by its path" grep -q '^../copy/rules.yaml:1:1: error: unknown key' ../fails.out
rm -rf .candor
plan
ok "without .candor/ files aren't compared" says 'the same threads would be shown; files not compared'
mkdir content && echo x > content/honesty.json
ok "two files of one name are found all the same" sh -c \
	'candor build -n --now 2026-02-01 2>&1 | grep -q "\[duplicate-path\]$"'
rm -r content
mkdir foreign && echo x > foreign/x
ok "a folder that a build would refuse" fails 1 candor build -n --output foreign
ok "a link, too" fails 1 candor build -n --output link
ok "colours where they are asked for" sh -c 'candor build -n --color=always --now 2026-02-01 \
	--against before.db | grep -q "^$(printf "\033\\[32m")  + forum/2 "'
ok "and none in a pipe" sh -c '! candor build -n --now 2026-02-01 --against before.db |
	grep -q "$(printf "\033")"'

# --- Markdown, as GitHub shows it ---

mkdir "$tmp/hostile"
cd "$tmp/hostile" || exit
site
node "$top/tests/cmd/plan-titles.js" > more.jsonl
candor import -q --no-analyze jsonl more.jsonl
sed -i 's/limit: 4/limit: 100/; s/25%/0%/' rules.yaml
candor build -n --format=markdown --now 2026-02-01 > plan.md
if "$top/tests/npm" marked marked@18.2.1; then
	add_results env NODE_PATH="$top/build/marked/node_modules" node \
		"$top/tests/cmd/plan-markdown.js" plan.md
else
	skip "hostile titles in Markdown" "marked cannot be had"
fi
for _i in $(seq 10 1500); do
	thread "$_i" | sed 's/2026-01-0[0-9]*T/2026-01-05T/g; s/Lid /A lid that sticks whatever one tries &/'
done > many.jsonl
candor import -q --no-analyze jsonl many.jsonl
sed -i 's/limit: 100/limit: 1000/' rules.yaml
candor build -n --format=markdown --now 2026-02-01 > plan.md
ok "not longer than a comment may be" sh -c '[ "$(wc -m < plan.md)" -le 65536 ] &&
	[ "$(wc -m < plan.md)" -gt 60000 ]'
ok "with what was left out counted" sh -c '
	lines=$(grep -c "^- enters" plan.md); left=$(sed -n "s/^and \([0-9]*\) more lines.*/\1/p" plan.md)
	[ $((lines + left)) -eq 1000 ]'
done_testing
