#!/bin/sh
# The interchange form loses nothing: an archive that was made from an export
# exports the same bytes, whatever the order of the lines; importing again
# changes nothing; a newer export changes what changed; a damaged one nothing at
# all.  And the digest in the ledger is what anybody can compute from the export.
. tests/cmd/lib.sh
demo=content/archive.jsonl

import() { # import ARCHIVE FILE...
	_archive=$1
	shift
	candor import -q jsonl "$@" --archive "$_archive"
}

export_to() { # export_to ARCHIVE FILE
	candor export jsonl --archive "$1" > "$2"
}

# All of an archive but the log of runs.
dump() {
	sqlite3 "$1" .dump | grep -v '^INSERT INTO import_run'
}

rows() {
	sqlite3 "$1" 'SELECT count(*) FROM import_run'
}

ok "the demo" import "$tmp/a.db" $demo
ok "is exported" export_to "$tmp/a.db" "$tmp/a.jsonl"
ok "as it was: it is in canonical form" cmp "$tmp/a.jsonl" $demo
ok "a second generation" import "$tmp/b.db" "$tmp/a.jsonl"
ok "is exported" export_to "$tmp/b.db" "$tmp/b.jsonl"
ok "to the same bytes" cmp "$tmp/a.jsonl" "$tmp/b.jsonl"

# Venues and products may stand anywhere, too.
tac $demo > "$tmp/backwards.jsonl"
ok "the lines backwards" import "$tmp/c.db" "$tmp/backwards.jsonl"
ok "are exported" export_to "$tmp/c.db" "$tmp/c.jsonl"
ok "to the same bytes" cmp "$tmp/a.jsonl" "$tmp/c.jsonl"

dump "$tmp/a.db" > "$tmp/before.sql"
ok "the demo again" import "$tmp/a.db" $demo
dump "$tmp/a.db" > "$tmp/after.sql"
ok "changes no row" cmp "$tmp/before.sql" "$tmp/after.sql"
ok "but the log of runs" [ "$(rows "$tmp/a.db")" -eq 2 ]
candor import jsonl $demo --archive "$tmp/a.db" > "$tmp/said"
ok "and says so" grep -q '0 new, 0 changed, 171 unchanged' "$tmp/said"

# A newer export: one post edited, one thread gone.
sed 's/Somebody coughs\./Somebody sneezes./' $demo > "$tmp/newer.jsonl"
ok "a newer export" import "$tmp/a.db" "$tmp/newer.jsonl"
export_to "$tmp/a.db" "$tmp/newer.out"
ok "replaces what changed, and only that" cmp "$tmp/newer.out" "$tmp/newer.jsonl"

# Nothing of a bad export gets in, however late the mistake.
dump "$tmp/a.db" > "$tmp/before.sql"
{ sed 's/"title":"/"title":"New: /' $demo; echo '{"type":"thread"}'; } > "$tmp/bad.jsonl"
ok "a mistake in the last line" fails 1 import "$tmp/a.db" "$tmp/bad.jsonl"
dump "$tmp/a.db" > "$tmp/after.sql"
ok "leaves the archive as it was" cmp "$tmp/before.sql" "$tmp/after.sql"
ok "a mistake in the second file" fails 1 import "$tmp/a.db" "$tmp/newer.jsonl" "$tmp/bad.jsonl"
dump "$tmp/a.db" > "$tmp/after.sql"
ok "leaves the archive as it was" cmp "$tmp/before.sql" "$tmp/after.sql"

# A curator's word survives the next import.
cp content/candor.yaml content/rules.yaml "$tmp/"
ok "a label" candor label -C "$tmp" --archive b.db askhearth/79618 spam --by eve --now 2026-11-20
ok "and the export again" import "$tmp/b.db" $demo
ok "labels stay" sh -c 'candor export jsonl --archive "$1" | grep -q "\"name\":\"spam\",\"by\":\"eve\""' - "$tmp/b.db"

# candor-archive(5): SHA-256 over the sorted SHA-256 of the canonical lines, without `fetched`.
digest() {
	sed 's/,"fetched":"[^"]*"//g' "$1" | while IFS= read -r line; do
		printf '%s' "$line" | sha256sum
	done | cut -d' ' -f1 | LC_ALL=C sort | perl -ne 'chomp; print pack "H*", $_' |
		sha256sum | cut -d' ' -f1
}
cp -R content/pages "$tmp/"
ok "a build" candor build -q -C "$tmp" --archive c.db --theme "$top/themes/default" --now 2026-11-20
ok "writes the digest that anybody can compute" \
	grep -q "\"archive_digest\":\"$(digest "$tmp/c.jsonl")\"" "$tmp/public/honesty.json"
sed 's/"fetched":"2026/"fetched":"2025/g' $demo > "$tmp/fetched.jsonl"
ok "a later fetch of the same" import "$tmp/d.db" "$tmp/fetched.jsonl"
ok "can be built" candor build -q -C "$tmp" --archive d.db --output d \
	--theme "$top/themes/default" --now 2026-11-20
ok "and has the same digest" grep -q "\"archive_digest\":\"$(digest "$tmp/c.jsonl")\"" "$tmp/d/honesty.json"

# The file to begin with of candor-archive(5), an object a line.
mandoc -T ascii man/candor-archive.5 | sed 's/.\x08//g' |
	sed -n '/^ *{"type": "venue"/,/\]}$/p' |
	awk '/{"type"/ && NR > 1 { print "" } { printf "%s", $0 } END { print "" }' \
	> "$tmp/manual.jsonl"
ok "the manual's example" import "$tmp/manual.db" "$tmp/manual.jsonl"
candor export jsonl --archive "$tmp/manual.db" > "$tmp/manual.out"
ok "is a venue, a product and a thread" [ "$(wc -l < "$tmp/manual.out")" -eq 3 ]
done_testing
