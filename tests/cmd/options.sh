#!/bin/sh
# Flags mean the same before and after the command; the clock, the forms of
# diagnostics, colour.
. tests/cmd/lib.sh
. tests/golden/lib.sh
cd "$tmp" || exit
mkdir site elsewhere && cd site || exit
site
now=2026-02-01T12:00:00Z

explain() { candor explain kettle --json "$@"; }
as_of() { # as_of DAY COMMAND...
	_day=$1
	shift
	"$@" | grep -q "\"as_of\":\"$_day\"" || { "$@"; false; } >&2
}

# --- where they stand ---
candor explain kettle --json --now $now > ../want
ok "before the command" sh -c 'candor --now $1 explain kettle --json | cmp - ../want' - $now
ok "between operands" sh -c 'candor explain --now=$1 --json kettle | cmp - ../want' - $now
ok "-C before" sh -c 'cd / && candor -C "$1" explain kettle --json --now $2 | cmp - "$3"' - "$PWD" $now "$tmp/want"
ok "-C after, without a blank" sh -c 'cd / && candor explain kettle --json --now $2 "-C$1" | cmp - "$3"' - "$PWD" $now "$tmp/want"
ok "--dir" sh -c 'cd / && candor explain kettle --json --now $2 --dir="$1" | cmp - "$3"' - "$PWD" $now "$tmp/want"
ok "what follows -- is an operand" fails 1 candor explain --now $now -- --json
ok "letters together" sh -c 'candor check -qv --now $1' - $now
ok "--help of every command" sh -c '
	for c in $(candor help | sed -n "/^commands:/,/^\$/s/^  \([a-z-]*\) .*/\1/p"); do
		candor $c --help | grep -q "^usage: candor $c" || exit 1
		candor help $c | cmp -s - /dev/stdin <<-END || exit 1
		$(candor $c --help)
		END
	done'
ok "--help wants no site" sh -c 'cd / && candor build --help > /dev/null'
ok "--version" sh -c 'candor --version | head -n 1 | grep -qx "candor [0-9]*\.[0-9]*\.[0-9]*"'
candor --version | sed 1d > "$tmp/versions"
ok "and of each library" [ "$(grep -cE '^[A-Za-z0-9]+ [0-9]+\.[0-9]' "$tmp/versions")" -eq \
	"$(grep -c "^LIBRARY(" "$top/include/base/library-list.h")" ]
ok "such as SQLite" grep -qx "SQLite $(pkg-config --modversion sqlite3)" "$tmp/versions"

# --- files over what the configuration says ---
sed 's/^title:.*/title: Another/' candor.yaml > ../elsewhere/other.yaml
mv rules.yaml ../elsewhere/r.yaml
mv archive.db ../elsewhere/a.db
ok "--config, --rules, --archive, --output" candor build --config ../elsewhere/other.yaml \
	--rules ../elsewhere/r.yaml --archive ../elsewhere/a.db --output ../elsewhere/out --now $now
ok "were taken" grep -q '<title>Another</title>' ../elsewhere/out/index.html
ok "and nothing else was written" [ ! -e public ]
ok "relative paths start at -C" sh -c 'cd / && candor check -C "$1" --rules ../elsewhere/r.yaml \
	--archive ../elsewhere/a.db' - "$PWD"
mv ../elsewhere/r.yaml rules.yaml
mv ../elsewhere/a.db archive.db
ok "--theme" sh -c 'cp -R "$1/themes/default" ../elsewhere/theme &&
	echo "<p>Mine</p>" >> ../elsewhere/theme/index.md &&
	candor build --theme ../elsewhere/theme --now $2 && grep -q "<p>Mine</p>" public/index.html' - "$top" $now

# --- the clock ---
ok "RFC 3339" as_of 2026-02-01 explain --now $now
ok "a date" as_of 2026-02-01 explain --now 2026-02-01
ok "epoch seconds" as_of 2026-02-01 explain --now 1769904000
ok "another offset" as_of 2026-02-01 explain --now 2026-02-02T01:30:00+02:00
ok "SOURCE_DATE_EPOCH" as_of 2026-02-01 env SOURCE_DATE_EPOCH=1769904000 candor explain kettle --json
ok "--now goes before it" as_of 2026-02-01 env SOURCE_DATE_EPOCH=86400 candor explain kettle --json --now $now
# A second time, should midnight have come between the two.
today() { as_of "$(date -u +%Y-%m-%d)" explain || as_of "$(date -u +%Y-%m-%d)" explain; }
ok "else the system's" today
ok "a bad SOURCE_DATE_EPOCH" fails 2 env SOURCE_DATE_EPOCH=today candor check
ok "no time that isn't" fails 2 candor check --now 2026-02-30

# --- the forms of diagnostics ---
sed -i 's/share:/shaer:/' rules.yaml
candor check --format json 2> ../json
ok "json: one document" node -e '
	const d = JSON.parse(require("fs").readFileSync("../json")).diagnostics;
	if (Object.keys(d[0]).join() !== "id,level,file,line,column,message,hint") process.exit(1);
	if (d[0].id !== "unknown-key" || d[0].line !== 4 || d[0].column !== 3) process.exit(1);'
candor check --format github 2> ../github
ok "github" grep -q '^::error file=rules.yaml,line=4,col=3.*,title=unknown-key::' ../github
GITHUB_ACTIONS=true candor check 2> ../github2
ok "github by itself" cmp ../github ../github2
GITHUB_ACTIONS=true candor check --format text 2> ../text
ok "unless asked otherwise" grep -q '^rules.yaml:4:3: error: ' ../text
ok "nothing else on standard error" [ "$(wc -l < ../github)" -eq 1 ]
sed -i 's/shaer:/share:/' rules.yaml
ok "json of a good run: an empty list" sh -c 'candor check --format json 2>&1 |
	node -e "const d = JSON.parse(require(\"fs\").readFileSync(0)).diagnostics; process.exit(d.length)"'
candor label forum/2 'a%b' --format github 2> ../github
ok "github: what means something to it is escaped" grep -q "a%25b" ../github

# --- colour ---
sed -i 's/share:/shaer:/' rules.yaml
escape=$(printf '\033')
color() { candor check "$@" 2>&1 | grep -q "$escape"; }
plain() { ! color "$@"; }
ok "no colour into a pipe" plain
ok "--color always" color --color always
if script -qec true /dev/null >/dev/null 2>&1; then
	ok "NO_COLOR" env NO_COLOR=1 sh -c '! script -qec "candor check" /dev/null | grep -q "$1"' - "$escape"
	ok "TERM=dumb" env TERM=dumb sh -c '! script -qec "candor check" /dev/null | grep -q "$1"' - "$escape"
	ok "a terminal" env -u NO_COLOR TERM=xterm sh -c 'script -qec "candor check" /dev/null | grep -q "$1"' - "$escape"
	ok "--color never on a terminal" env -u NO_COLOR TERM=xterm sh -c \
		'! script -qec "candor check --color never" /dev/null | grep -q "$1"' - "$escape"
else
	skip "colour on a terminal" "no pseudo-terminal can be made here"
fi
sed -i 's/shaer:/share:/' rules.yaml

# --- quiet and verbose ---
silent() { [ -z "$("$@" 2>&1)" ]; }
touch archive.db
ok "a good build into a pipe is silent" silent candor build --now $now
touch archive.db
ok "-v says what was done" sh -c 'candor build -v --now $1 2>&1 | grep -q "^products: 1; threads shown: 4, of them wrong: 1; files: "' - $now
ok "-v when nothing was" sh -c 'candor build -v --now $1 2>&1 | grep -qx "nothing has changed"' - $now
ok "import says what it read" sh -c 'candor import jsonl archive.jsonl | grep -q "4 unchanged"'
ok "but not under -q" silent candor import -q jsonl archive.jsonl
done_testing
