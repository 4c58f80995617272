#!/bin/sh
# Whoever is forgotten is nowhere: not in a byte of the archive, the site, or what
# lies beside it; the same export doesn't bring them back and changes nothing; their
# tombstones do the same to another archive.  Hiding can be taken back.
. tests/cmd/lib.sh
export NO_COLOR=1
now=2026-11-20T12:00:00Z
cd "$tmp" || exit

mkdir site
cat > site/candor.yaml <<'END'
company: Brook
title: Brook in the open
url: https://open.brook.example/
contact: mailto:open@brook.example
contributors:
  - {name: Ada Rask, title: Support, accounts: {forum: u1}, consent: 2026-01-01}
END
cat > site/rules.yaml <<'END'
publish: {limit: 4}
wrong: {share: 25%}
match:
  - {product: kettle, any: [{tag: kettles}]}
scenarios:
  - {slug: guests, title: For guests, when: {text: {any: [guests]}}}
END

# Quill_Marten begins a thread, answers in another and has one alone; others quote and
# name them in each format.
cat > site/export.jsonl <<'END'
{"type":"venue","slug":"forum","name":"Forum","url":"https://forum.brook.example/","own":true}
{"type":"product","slug":"kettle","name":"Kettle","url":"https://brook.example/kettle"}
{"type":"product","slug":"pot","name":"Pot","url":"https://brook.example/pot"}
{"type":"thread","venue":"forum","id":"1","url":"https://forum.brook.example/t/lid-jumps-off-again/1","title":"Lid jumps off again","created":"2026-01-01T08:00:00Z","tags":["kettles"],"solved_by":"3","posts":[{"id":"1","author":{"id":"quill","name":"Quill_Marten","url":"https://forum.brook.example/u/quill_marten"},"created":"2026-01-01T08:00:00Z","format":"markdown","body":"It jumps *off* whenever the zebrawater boils, with guests from Ostrava."},{"id":"2","parent":"1","author":{"id":"u1","name":"Ada","staff":true},"created":"2026-01-01T09:00:00Z","format":"markdown","url":"https://forum.brook.example/t/lid-jumps-off-again/1/2","body":"On Monday, Quill_Marten wrote:\n\n> jumps off whenever the zebrawater\n> boils\n\nSorry @Quill_Marten, that was our mistake."},{"id":"3","parent":"1","author":{"id":"u9","name":"Bo"},"created":"2026-01-01T10:00:00Z","format":"html","body":"<blockquote><p>It jumps off whenever the zebrawater boils</p></blockquote><p>Mine too.</p>"}],"labels":[{"name":"wrong","post":"2","quote":"Sorry @Quill_Marten, that was our mistake.","by":"eve","at":"2026-01-09T00:00:00Z","note":"quill_marten said so"},{"name":"publish","post":"1","quote":"zebrawater","by":"eve","at":"2026-01-10T00:00:00Z"}]}
{"type":"thread","venue":"forum","id":"2","url":"https://forum.brook.example/t/2","title":"A question to Quill_Marten","created":"2026-01-02T08:00:00Z","products":["pot"],"posts":[{"id":"1","author":{"id":"u9","name":"Bo"},"created":"2026-01-02T08:00:00Z","format":"text","body":"See https://forum.brook.example/t/lid-jumps-off-again/1\n> whenever the zebrawater boils, with guests\nWhat now?"},{"id":"2","author":{"id":"u1","name":"Ada","staff":true},"created":"2026-01-02T09:00:00Z","format":"markdown","body":"[quote=\"Quill_Marten, post:1\"]\nIt jumps off whenever the zebrawater boils\n[/quote]\nThat was our mistake, too."}],"labels":[{"name":"wrong","post":"2","quote":"That was our mistake, too.","by":"eve","at":"2026-01-09T00:00:00Z"}]}
{"type":"thread","venue":"forum","id":"3","url":"https://forum.brook.example/t/ostrava-calls-for-tea/3","title":"Ostrava calls for tea","created":"2026-01-03T08:00:00Z","products":["kettle"],"posts":[{"id":"1","author":{"id":"quill","name":"Quill_Marten"},"created":"2026-01-03T08:00:00Z","format":"text","body":"Nobody answers xylophones."}]}
{"type":"thread","venue":"forum","id":"4","url":"https://forum.brook.example/t/4","title":"The handle","created":"2026-01-04T08:00:00Z","products":["pot"],"posts":[{"id":"1","author":{"id":"u9","name":"Bo"},"created":"2026-01-04T08:00:00Z","format":"text","body":"It is too short."},{"id":"2","author":{"id":"u1","name":"Ada","staff":true},"created":"2026-01-04T09:00:00Z","format":"text","body":"No, it is not."}]}
{"type":"label","venue":"forum","thread":"1","name":"keep","post":"1","quote":"zebrawater","by":"kim","at":"2026-01-11T00:00:00Z"}
{"type":"label","venue":"forum","thread":"3","name":"keep","post":"1","by":"kim","at":"2026-01-11T00:00:00Z"}
END
cp site/export.jsonl site/quill_marten.jsonl

words='zebrawater Ostrava Quill xylophones jumps'

site() { # a command in the site
	candor "$@" -C site --now $now
}

export_of() {
	candor export jsonl --archive "$1"
}

# nowhere WORD...: in no byte of the archive, the site and what lies beside it.
nowhere() {
	for _word in "$@"; do
		if grep -rail -- "$_word" site/archive.db* site/public site/.candor \
			>&2; then
			echo "# holds '$_word'" >&2
			return 1
		fi
	done
}

# into FILE COMMAND...: its results there, what it says in `said`.
into() {
	_file=$1
	shift
	"$@" > "$_file" 2> said
}

everywhere() {
	for _word in "$@"; do
		grep -qai -- "$_word" site/archive.db || return 1
	done
}

unchanged() { # unchanged COMMAND...: the archive isn't
	cp site/archive.db before.db
	"$@" > out 2>&1 || return 1
	cmp -s site/archive.db before.db
}

# --- an author ---

site import -q jsonl quill_marten.jsonl
# Old bytes, from before: rows that were there once, and statistics.
sqlite3 site/archive.db "PRAGMA secure_delete = OFF; CREATE TABLE t (x);
	INSERT INTO t SELECT body FROM post, (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL
		SELECT i + 1 FROM n LIMIT 200) SELECT i FROM n); DROP TABLE t; ANALYZE" > out
site build -q
ok "there is something to forget" everywhere $words
ok "the page is there" test -e site/public/threads/forum/3/index.html
ok "a dry run writes nothing" unchanged site forget --dry-run --author forum/quill
site forget -q --dry-run --author forum/quill > dry
ok "it is done" into urls site forget --author forum/quill
ok "a dry run lists the same" cmp -s dry urls
ok "it says what was done" grep -qx \
	'erased posts: 2, threads: 1, labels: 3, authors: 1; replaced quotations: 4, names: .*' said
for path in '' threads/forum/1/ threads/forum/2/ threads/forum/3/ products/kettle/ \
	products/kettle/all/ products/kettle/fragment.html products/kettle/feed.xml \
	products/pot/ scenarios/guests/ scenarios/guests/all/ contributors/ada-rask/ \
	wrong/ wrong.xml feed.xml honesty.json sitemap.xml; do
	ok "purges /$path" grep -qx "https://open.brook.example/$path" urls
done
ok "leaves alone what has nothing of it" sh -c '! grep -q forum/4 urls'
ok "builds" site build -q
ok "nowhere" nowhere $words
ok "no journal is left" test ! -s site/archive.db-journal
ok "no page where it was" test ! -e site/public/threads/forum/3
ok "the quote stands in the admission" sh -c \
	'grep -q "Sorry @\[removed\], that was our mistake" site/public/wrong/index.html'
ok "the archive is sound" site check -q
export_of site/archive.db > once.jsonl
ok "parents and solutions that are gone aren't named" sh -c '! grep -q parent once.jsonl'
ok "again" into out site forget -q --author forum/quill
export_of site/archive.db | ok "changes nothing" cmp -s - once.jsonl

# --- the same export again ---

site import jsonl export.jsonl > said
export_of site/archive.db | ok "the export doesn't bring it back" cmp -s - once.jsonl
ok "and changes nothing" grep -q '0 new, 0 changed, 3 unchanged, 1 kept out' said
# The venue has deleted the posts, others still quote them.
sed 's/{"id":"1","author":{"id":"quill"[^}]*},[^}]*},//; s/"parent":"1",//g' \
	site/export.jsonl | grep -v '"id":"3","url"' | sed 's/,{"name":"publish"[^}]*}//' \
	> site/later.jsonl
site import -q jsonl later.jsonl
export_of site/archive.db | ok "nor does one without the posts" cmp -s - once.jsonl
ok "nowhere yet" nowhere $words

# --- tombstones travel ---

site export tombstones > tombstones.jsonl
site export tombstones | ok "they come in one order" cmp -s - tombstones.jsonl
ok "they say nothing" sh -c '! grep -qi "quill\|forum\|zebra" tombstones.jsonl'
candor import -q --archive other.db jsonl site/export.jsonl
ok "another archive takes them" candor import -q --archive other.db jsonl tombstones.jsonl
export_of other.db | ok "and erases the same" cmp -s - once.jsonl
ok "from its bytes, too" sh -c '! grep -qai "zebrawater\|quill" other.db'
cat site/export.jsonl tombstones.jsonl > both.jsonl
candor import -q --archive third.db jsonl both.jsonl
export_of third.db | ok "or keeps it out at once" cmp -s - once.jsonl
grep -v tombstone-key tombstones.jsonl > keyless.jsonl
ok "without their key they are a mistake" \
	fails 1 candor import -q --archive fourth.db jsonl keyless.jsonl

# --- a thread, a post, a name ---

start_anew() {
	rm -rf site/archive.db site/public site/.candor
	site import -q jsonl export.jsonl
	site build -q
}

start_anew
ok "a thread, by its URL" into urls site forget -q --thread https://forum.brook.example/t/4
ok "purges it" grep -qx https://open.brook.example/threads/forum/4/ urls
site import -q jsonl export.jsonl
site build -q
ok "stays out" test ! -e site/public/threads/forum/4
ok "its text, too" nowhere 'too short'
ok "a post" into urls site forget -q --post forum/2/2
site import -q jsonl export.jsonl
ok "stays out" sh -c '! candor export jsonl -C site | grep -q "our mistake, too"'
ok "a name" into urls site forget -q --name quill_marten
ok "goes wherever others wrote it" test "$(export_of site/archive.db | grep -o '@Quill' |
	wc -l)" = 0
ok "what isn't there is a warning" fails 1 candor forget -C site -q --strict --post forum/2/99
ok "and stays out all the same" into out site forget -q --post forum/9/9 --author forum/u77

# --- hiding ---

start_anew
export_of site/archive.db > shown.jsonl
ok "hides" into urls site forget -q --hide --author forum/quill
ok "lists the pages" grep -qx https://open.brook.example/threads/forum/1/ urls
ok "keeps the rows" everywhere $words
ok "knows since when" grep -q '"hidden":true,"withdrawn":"2026-11-20T12:00:00Z"' \
	"$(export_of site/archive.db > hidden.jsonl && echo hidden.jsonl)"
site build -q
ok "the page becomes a tombstone" sh -c '! grep -qi zebrawater site/public/threads/forum/3/index.html'
site import -q jsonl export.jsonl
export_of site/archive.db | ok "an import doesn't show it" cmp -s - hidden.jsonl
ok "shows again" into urls site forget -q --show --author forum/quill
export_of site/archive.db | ok "as before" cmp -s - shown.jsonl

# --- the wrong words, and nothing around ---

ok "needs something to forget" fails 2 candor forget -C site
ok "hides or shows" fails 2 candor forget -C site --hide --show --thread forum/4
ok "hides no names" fails 2 candor forget -C site --hide --name x
ok "knows the venue" fails 1 candor forget -C site --thread nowhere/4
ok "takes whole names" fails 2 candor forget -C site --post forum/4
ok "needs an id to keep a page out" \
	fails 1 candor forget -C site --thread https://forum.brook.example/t/77
echo 'wrong: {share: x}' > site/rules.yaml
ok "erases when the rules are broken" into out site forget -q --thread forum/4
ok "erases from an archive alone" into out candor forget -q --archive other.db --thread forum/4
ok "says so in JSON" sh -c \
	'candor forget -q --json --archive other.db --author forum/u9 2> /dev/null |
	grep -q "^{\"posts\":2,.*\"purge\":\[\]}$"'

# --- no room to write the file anew ---

if mkdir room && mount -t tmpfs -o size=640k tmpfs room 2> /dev/null; then
	trap 'umount "$tmp/room"; chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
	{
		cat site/export.jsonl
		printf '{"type":"thread","venue":"forum","id":"5","url":"u","title":"Long","created":"2026-01-04T08:00:00Z","posts":[{"id":"1","created":"2026-01-04T08:00:00Z","format":"text","body":"'
		head -c 240000 /dev/zero | tr '\0' x
		printf '"}]}\n'
	} > long.jsonl
	candor import -q --no-analyze --archive room/a.db jsonl long.jsonl
	ok "a full disk is said" fails 3 candor forget --archive room/a.db --author forum/quill
	ok "with what to do" grep -q 'run this again' fails.out
	ok "the archive is sound" sh -c 'candor export jsonl --archive room/a.db > out'
	ok "it is erased" sh -c '! grep -qi zebrawater out'
else
	skip "a full disk" "needs a file system of its own"
fi
done_testing
