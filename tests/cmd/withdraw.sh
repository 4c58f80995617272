#!/bin/sh
# What was shown and is withdrawn: a page in its place that holds nothing of it,
# nobody that leads there, tombstones in the feeds that its entries were in; and
# no file where the archive no longer has the thread.
. tests/cmd/lib.sh
. tests/golden/lib.sh

mkdir "$tmp/site" && cd "$tmp/site" || exit
site
sed -i 's/"created"/"hidden":false,"created"/' archive.jsonl
candor import -q jsonl archive.jsonl && candor build -q --now 2026-03-01 || exit
page=public/threads/forum
cp -R public before

has() { grep -qF -- "$1" "$2" || { echo "# '$1' is not in $2" >&2; return 1; }; }
lacks() { ! grep -rnF -- "$1" "$2" >&2; }
feeds='feed.xml wrong.xml products/kettle/feed.xml'
valid() {
	(cd public && xmllint --noout --relaxng "$top/tests/schema/atom.rng" $feeds) \
		> xmllint 2>&1 || { cat xmllint >&2; return 1; }
}

ok "nothing is withdrawn at first, and no feed speaks of it" sh -c \
	'! grep -rn "deleted-entry\|tombstones" public'

# --- thread 3 goes as a whole, and a post of thread 2 alone ---
{
	head -2 archive.jsonl
	thread 3 '"gone":true'
	thread 2 | sed 's/"id":"1","author"/"id":"1","gone":true,"author"/'
} > newer.jsonl
candor import -q jsonl newer.jsonl --now 2026-03-05T10:00:00Z &&
	candor build -q --now 2026-03-06 || exit

gone=$page/3/index.html
ok "a page in its place" has 'A conversation that was withdrawn' $gone
ok "that says since when" has '<time datetime="2026-03-05">5 March 2026</time>' $gone
ok "and whom to write to" has 'mailto:open@brook.example' $gone
ok "and asks not to be found" has '<meta name="robots" content="noindex' $gone
for word in 'Lid 3' cust3 ada Ada 'The lid sticks' mistake. forum.brook.example kettle; do
	sed '/<nav/,/<\/nav>/d' $gone > seen
	ok "it holds no '$word'" lacks "$word" seen
done
ok "no page leads to it" sh -c '! grep -rln "threads/forum/3/" public --include="*.html" \
	--include="*.xml" --include="*.json" | grep -v -e feed.xml -e threads/forum/3/'
ok "nor does the sitemap" lacks forum/3 public/sitemap.xml
ok "the ledger counts it" has '"withdrawn":1' public/honesty.json
ok "and does not list it" lacks '"id":"3"' public/honesty.json
ok "its title is nowhere" lacks 'Lid 3' public
ok "nor what the other post said" lacks cust2 public

at='https://open.brook.example/threads/forum'
tombstone() { # tombstone THREAD POST: in the feed of the site and of the product
	for _feed in public/feed.xml public/products/kettle/feed.xml; do
		has "<at:deleted-entry ref=\"$at/$1/#t_forum_$1_$2\" when=\"2026-03-05T10:00:00Z\"/>" \
			$_feed || return 1
	done
}
ok "a tombstone for each post of the thread" eval 'tombstone 3 1 && tombstone 3 2'
ok "and for the post alone" tombstone 2 1
ok "for no other" [ "$(grep -c deleted-entry public/feed.xml)" -eq 3 ]
ok "by the ids that the entries had" sh -c '
	grep -o "deleted-entry ref=\"[^\"]*" public/feed.xml | cut -d\" -f2 |
	while read -r id; do grep -qF "<id>$id</id>" before/feed.xml || exit 1; done'
ok "which no entry has now" sh -c '
	grep -o "deleted-entry ref=\"[^\"]*" public/feed.xml | cut -d\" -f2 |
	while read -r id; do ! grep -qF "<id>$id</id>" public/feed.xml || exit 1; done'
ok "the feed is as new as they are" has '<updated>2026-03-05T10:00:00Z</updated>' public/feed.xml
ok "they are of no feed that never had them" lacks deleted-entry public/wrong.xml
ok "the feeds are valid" valid

# --- the same again, and a day later ---
before=$(tree_hash public)
candor import -q jsonl newer.jsonl --now 2026-03-08 && candor build -q --now 2026-03-06
ok "the same export again changes nothing" [ "$(tree_hash public)" = "$before" ]
candor build -q --now 2027-03-06
ok "they stay, however old they are" tombstone 3 1

# --- a thread that was wrong, by all of its posts ---
thread 1 | sed 's/"id":"\([12]\)","author"/"id":"\1","hidden":true,"author"/g' > newer.jsonl
candor import -q jsonl newer.jsonl --now 2026-04-01 && candor build -q --now 2026-04-02 2> said
ok "all posts withdrawn: so is the thread" has 'datetime="2026-04-01"' $page/1/index.html
ok "its tombstones are in the feed of the wrong ones, too" eval '
	[ "$(grep -c "deleted-entry ref=\"$at/1/#t_forum_1_" public/wrong.xml)" -eq 2 ]'
ok "the newest first" sh -c 'grep -o "when=\"[^T]*" public/feed.xml | sort -rc'
ok "the feeds are still valid" valid

# --- hidden by hand: nobody knows since when ---
sqlite3 archive.db 'UPDATE thread SET hidden = 1 WHERE ref = 4'
candor build -q --now 2026-04-02 2> said
ok "no time, no date" sh -c \
	'grep -q "A conversation that was withdrawn" "$1" && ! grep -q "<time" "$1"' - $page/4/index.html
ok "and no tombstone, which would need one" lacks "$at/4/" public/feed.xml

# --- back again ---
{ head -2 archive.jsonl; thread 3; } > newer.jsonl
sqlite3 archive.db 'UPDATE post SET hidden = 0, withdrawn = NULL WHERE hidden;
	UPDATE thread SET hidden = 0, withdrawn = NULL WHERE hidden'
candor import -q jsonl newer.jsonl --now 2026-05-01 && candor build -q --now 2026-05-02
ok "what is back is an entry" has "<id>$at/3/#t_forum_3_1</id>" public/feed.xml
ok "and no longer deleted" lacks "deleted-entry ref=\"$at/3/" public/feed.xml
ok "but the post that is still gone is" has "deleted-entry ref=\"$at/2/#t_forum_2_1\"" public/feed.xml

# --- more than a feed holds ---
{
	head -2 archive.jsonl
	for i in 5 6 7 8 9; do
		thread $i
	done
} > many.jsonl
candor import -q jsonl many.jsonl --now 2026-05-03
for i in 5 6 7 8 9; do
	for k in 0 1 2 3 4 5 6 7 8 9 a b; do
		printf "INSERT INTO post (thread_id, ref, created, format, gone, withdrawn, body)
			SELECT id, '$k$k', 0, 'text', 1, 1777777777 + $i, '' FROM thread
			WHERE ref = $i;\n"
	done
done | sqlite3 archive.db
candor build -q --now 2026-05-04 || exit
ok "50 in the site's feed" [ "$(grep -c '<at:deleted' public/feed.xml)" -eq 50 ]
ok "20 in a product's" [ "$(grep -c '<at:deleted' public/products/kettle/feed.xml)" -eq 20 ]
ok "the last to go" lacks "deleted-entry ref=\"$at/7/" public/products/kettle/feed.xml

# --- forgotten ---
sqlite3 archive.db 'PRAGMA foreign_keys = ON; DELETE FROM thread WHERE ref = 9'
candor build -q --now 2026-05-05 || exit
ok "what the archive has no longer has no file" [ ! -e $page/9 ]
ok "and no trace" lacks forum/9 public
ok "nor in the manifest" lacks forum/9 .candor
done_testing
