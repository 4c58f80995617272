#!/bin/sh
# Where an export comes from makes no difference: a file, a folder, a pattern, standard
# input, compressed or not; its format can be guessed.  What is left out is counted.  An
# export of a whole venue says which threads are gone, a partial one that no post is.
. tests/cmd/lib.sh
demo=content/archive.jsonl

candor import -q jsonl $demo --archive "$tmp/want.db"
candor export jsonl --archive "$tmp/want.db" > "$tmp/want.jsonl"
mkdir "$tmp/in" "$tmp/in/deep" "$tmp/parts"
cp $demo "$tmp/in/a.jsonl"
gzip -c $demo > "$tmp/a.jsonl.gz"
zstd -qc $demo > "$tmp/a.jsonl.zst"
split -n l/7 --additional-suffix=.jsonl $demo "$tmp/parts/"
gzip "$tmp/parts/ac.jsonl" && zstd -q --rm "$tmp/parts/ad.jsonl"
echo 'Not of the export.' > "$tmp/parts/README"

number=0
# gives WHAT OPERAND...: the demo, read in that way, as asked and as guessed.
gives() {
	_what=$1
	shift
	for _format in jsonl auto; do
		number=$((number + 1))
		ok "$_what, as $_format" candor import -q $_format "$@" --archive "$tmp/$number.db"
		candor export jsonl --archive "$tmp/$number.db" > "$tmp/$number.jsonl"
		ok "gives the same" cmp "$tmp/$number.jsonl" "$tmp/want.jsonl"
	done
}

gives "a file" $demo
gives "gzip" "$tmp/a.jsonl.gz"
gives "zstd" "$tmp/a.jsonl.zst"
gives "a folder" "$tmp/in"
gives "a folder of parts" "$tmp/parts"

from_pipe() { # from_pipe FORMAT FILE
	rm -f "$tmp/pipe.db"
	cat "$2" | candor import -q "$1" - --archive "$tmp/pipe.db" &&
		candor export jsonl --archive "$tmp/pipe.db" | cmp - "$tmp/want.jsonl"
}
for format in jsonl auto; do
	ok "a pipe, as $format" from_pipe $format $demo
	ok "with gzip in it, as $format" from_pipe $format "$tmp/a.jsonl.gz"
	ok "with zstd in it, as $format" from_pipe $format "$tmp/a.jsonl.zst"
done

ok "a pattern" candor import -q jsonl "$tmp/parts/*.jsonl*" --archive "$tmp/pattern.db"
candor export jsonl --archive "$tmp/pattern.db" > "$tmp/pattern.jsonl"
ok "gives the same" cmp "$tmp/pattern.jsonl" "$tmp/want.jsonl"

candor import --json jsonl "$tmp/parts" --archive "$tmp/counts.db" > "$tmp/counts.json"
count() { sqlite3 :memory: "SELECT json_extract(readfile('$tmp/counts.json'), '\$.$1')"; }
ok "as JSON: threads" [ "$(count threads.new)" = "$(grep -c '"type":"thread"' $demo)" ]
ok "posts" [ "$(count posts.new)" = "$(sqlite3 "$tmp/want.db" 'SELECT count(*) FROM post')" ]
ok "replies" [ "$(count posts.replies)" = \
	"$(sqlite3 "$tmp/want.db" 'SELECT count(parent) FROM post')" ]
ok "solved threads" [ "$(count threads.solved)" = \
	"$(sqlite3 "$tmp/want.db" 'SELECT count(solved_by) FROM thread')" ]
ok "products" [ "$(count products.new)" = "$(grep -c '"type":"product"' $demo)" ]
ok "files of other kinds" [ "$(count skipped.file)" = 1 ]
ok "nothing to review" [ "$(count labels_to_review)" = 0 ]

# Of the whole venue, less one thread.
grep '"type":"venue"' $demo > "$tmp/less.jsonl"
grep '"type":"product"' $demo >> "$tmp/less.jsonl"
grep '"type":"thread"' $demo | sed 1d >> "$tmp/less.jsonl"
gone() { sqlite3 "$tmp/want.db" 'SELECT count(*) FROM thread WHERE gone'; }
before=$(gone)
ok "an export that lacks a thread" candor import -q jsonl "$tmp/less.jsonl" --archive "$tmp/want.db"
ok "says nothing of it" [ "$(gone)" -eq "$before" ]
ok "unless it is whole" candor import -q --whole jsonl "$tmp/less.jsonl" --archive "$tmp/want.db"
ok "then the thread is gone" [ "$(gone)" -eq $((before + 1)) ]
ok "and back with the next export" candor import -q --whole jsonl $demo --archive "$tmp/want.db"
ok "as it was" [ "$(gone)" -eq "$before" ]
candor export jsonl --archive "$tmp/want.db" > "$tmp/back.jsonl"
ok "to the byte" cmp "$tmp/back.jsonl" "$tmp/want.jsonl"

# One post less.
cat > "$tmp/two.jsonl" <<'END'
{"type":"venue","slug":"f","name":"F","url":"https://f.example/","own":true}
{"type":"thread","venue":"f","id":"1","url":"https://f.example/1","title":"Lid","created":"2026-01-01T00:00:00Z","posts":[{"id":"1","created":"2026-01-01T00:00:00Z","format":"text","body":"It sticks."},{"id":"2","created":"2026-01-02T00:00:00Z","format":"text","body":"Oil it."}]}
END
sed 's/,{"id":"2".*/]}/' "$tmp/two.jsonl" > "$tmp/one.jsonl"
posts_gone() { sqlite3 "$tmp/post.db" 'SELECT count(*) FROM post WHERE gone'; }
candor import -q jsonl "$tmp/two.jsonl" --archive "$tmp/post.db"
ok "a partial export" candor import -q --partial jsonl "$tmp/one.jsonl" --archive "$tmp/post.db"
ok "takes no post away" [ "$(posts_gone)" -eq 0 ]
ok "a complete one" candor import jsonl "$tmp/one.jsonl" --archive "$tmp/post.db"
ok "does" [ "$(posts_gone)" -eq 1 ]

ok "whole and partial exclude each other" fails 2 candor import --whole --partial jsonl $demo
ok "standard input can't come twice" fails 2 candor import -q jsonl - - --archive "$tmp/no.db"
ok "a folder of other files is none" fails 3 candor import -q jsonl "$tmp/in/deep" --archive "$tmp/no.db"
ok "nor a pattern that matches nothing" fails 3 candor import -q jsonl "$tmp/*.nothing" --archive "$tmp/no.db"
head -c 20000 "$tmp/a.jsonl.gz" > "$tmp/cut.jsonl.gz"
ok "a cut file" fails 1 candor import -q jsonl "$tmp/cut.jsonl.gz" --archive "$tmp/no.db"
ok "leaves nothing" [ ! -e "$tmp/no.db" ]
done_testing
