#!/bin/sh
# Labels in full: decisions travel as a table and come back as the same bytes, what is
# more than a word takes effect with its label, and two curators at once lose nothing.
. tests/cmd/lib.sh
. tests/golden/lib.sh
cd "$tmp" || exit
site
said() { candor label "$@" --by eve; }
column() { [ "$(sqlite3 archive.db "SELECT ifnull($1, '-') FROM $2")" = "$3" ]; }
thread2="thread WHERE ref = '2'"

said forum/2 embargo --until 2026-12-24 --note 'press day' --now 2026-02-01
ok "an embargo takes effect" column embargo "$thread2" 1798070400
ok "and keeps the thread back" sh -c \
	'candor explain kettle --now 2026-12-23T23:59:59Z | grep -q "embargo *forum/2"'
ok "until its time" sh -c \
	'! candor explain kettle --now 2026-12-24 | grep -q "embargo"'
said forum/2 embargo --until 2026-12-25T08:00:00Z --now 2026-02-02
ok "a later one stands" column embargo "$thread2" 1798185600
said forum/2 expires --until 2027-01-01 --now 2026-02-02
ok "expiry takes effect" column expires "$thread2" 1798761600
said forum/2 not-embargo --now 2026-02-03
ok "an embargo is taken back" column embargo "$thread2" -
ok "which leaves the expiry" column expires "$thread2" 1798761600
said forum/2 embargo --until 2026-12-24 --now 2026-01-01
ok "an older word changes nothing" column embargo "$thread2" -

# A table with everything that makes reading one hard.
said forum/3 wrong --post 2 --quote 'that was our
mistake' --note 'She says "it", and means it; see above' --now 2026-02-04
said forum/3 permission --post 1 --note 'mail of 3 May' --now 2026-02-04
said forum/4 'free-word' --note ' blank before' --now 2026-02-04
said forum/4 wrong --post 2 --quote 'Sorry.' --now 2026-02-04
said forum/4 not-wrong --post 2 --now 2026-02-05
candor label --export > a.csv
ok "the table is sorted" sh -c 'sed 1d a.csv | grep ^forum | sort -t, -k2,2 -s -c'
candor export jsonl > a.jsonl
ok "taken in again, it changes nothing" candor label --from a.csv
ok "not a byte" sh -c 'candor export jsonl | cmp - a.jsonl'
fresh() {
	rm -f b.db
	grep -v '"type":"label"' archive.jsonl | sed 's/,"labels":\[[^]]*\]//' > bare.jsonl
	candor import -q jsonl bare.jsonl --archive b.db
}
fresh
ok "into an archive without labels" candor label --from a.csv --archive b.db
candor label --export --archive b.db > b.csv
ok "the same bytes come out" cmp a.csv b.csv
ok "and took effect there" sh -c 'candor export jsonl --archive b.db | cmp - a.jsonl'
fresh
{ head -1 a.csv; sed 1d a.csv | tac | sed 's/^mistake"\(.*\)/\1/'; } > broken.csv
ok "a table cut to pieces is refused" fails 1 candor label --from broken.csv --archive b.db
ok "and leaves nothing" sh -c '[ "$(candor label --export --archive b.db | wc -l)" -eq 1 ]'
printf 'label;thread;venue;extra\r\nprivate;2;forum;\r\n' > semicolons.csv
ok "unknown columns are refused" fails 1 candor label --from semicolons.csv --archive b.db
printf '\357\273\277label;thread;venue\r\nprivate;2;forum\r\n' > semicolons.csv
ok "few columns do" candor label --from semicolons.csv --archive b.db --now 2026-03-01
ok "from standard input, too" sh -c 'candor label --from - --archive b.db < a.csv'
ok "who and when are filled in" sh -c \
	'candor label --export --archive b.db | grep -qx "forum,2,private,,,eve,2026-03-01T00:00:00Z,"'

# An admission that no longer holds is history once it was taken back.
{
	head -2 archive.jsonl
	sed -n 3,6p bare.jsonl | sed 's/Sorry\./Well./'
} > edited.jsonl
rm -f c.db
candor import -q jsonl edited.jsonl --archive c.db
ok "history may be past" candor label --from a.csv --archive c.db
grep -v not-wrong a.csv > claims.csv
rm -f c.db
candor import -q jsonl edited.jsonl --archive c.db
ok "what stands may not" fails 1 candor label --from claims.csv --archive c.db
ok "and is named with its line" grep -q '^claims.csv:[0-9]*: error: the quote' fails.out

# Two at once.
many() {
	for i in 1 2 3 4 5 6 7 8 9 10; do
		candor label forum/1 "$1-$i" --by "$1" --archive b.db || return 1
	done
}
many kim 2> kim.err &
kim=$!
ok "one curator" many lou
ok "and another at the same time" wait $kim || cat kim.err >&2
ok "lose nothing" sh -c \
	'[ "$(candor label --export --archive b.db | grep -c "forum,1,\(kim\|lou\)-")" -eq 20 ]'
cat > hold.sql <<'END'
BEGIN IMMEDIATE;
.shell touch held; while [ ! -e done ]; do sleep 0.1; done
END
sqlite3 b.db < hold.sql &
holder=$!
while [ ! -e held ]; do sleep 0.1; done
ok "whoever keeps it for long is named" fails 5 candor label forum/1 late --archive b.db
ok "as what it is" grep -q '\[locked\]' fails.out
touch "$tmp/done"
wait $holder
done_testing
