#!/bin/sh
# What a crawler no longer found at its venue is hidden, with a label that says so;
# what is back is told, and shown again on request; what looks like an outage is
# refused; and a list that is wrong changes nothing.
. tests/cmd/lib.sh
. tests/golden/lib.sh

mkdir "$tmp/site" && cd "$tmp/site" || exit
site
at=https://forum.brook.example/t
# A second post with an address of its own, and one on the thread's page.
{
	head -2 archive.jsonl
	thread 5 | sed "s|\"2\",\"author\"|\"2\",\"url\":\"$at/5/2\",\"author\"|"
	thread 6 | sed "s|\"2\",\"author\"|\"2\",\"url\":\"$at/6#2\",\"author\"|"
	for i in 7 8 9; do thread $i; done
} > more.jsonl
candor import -q jsonl more.jsonl && candor build -q --now 2026-03-01 || exit

has() { grep -qF -- "$1" "$2" || { echo "# '$1' is not in $2" >&2; cat "$2" >&2; return 1; }; }
lacks() { ! grep -F -- "$1" "$2" >&2; }
says() { # says TEXT: the result, line by line
	printf '%s\n' "$1" | diff - said >&2
}
digest() { candor export jsonl | sha256sum; }
check() { # check LIST ARGUMENTS...
	printf '%s\n' "$1" > list
	shift
	candor origin-check list "$@" > said 2> told
}
row() { sqlite3 archive.db "SELECT hidden, withdrawn FROM $1"; }
now=1772704800 # 2026-03-05T10:00:00Z

# --- nothing to do ---
before=$(digest)
check "200 $at/1
301 $at/2
403 $at/3
500 $at/4
000 $at/5
404 https://elsewhere.example/"
ok "only 404, 410 and 451 are gone" says \
	'addresses: 6, unknown: 1; threads hidden: 0, posts hidden: 0, hidden before: 0, back: 0'
ok "and nothing has changed" [ "$(digest)" = "$before" ]
ok "but the log knows" [ "$(sqlite3 archive.db \
	"SELECT source FROM import_run WHERE command = 'origin-check'")" = list ]

# --- hiding ---
list="404 http://Forum.brook.example:80/t/3/
410 $at/5/2
451 $at/6#2
200 $at/1"
check "$list" -n --now $now
ok "a dry run says what would be" says "hidden  forum/3  404 $at/3
hidden  forum/5 post 2  410 $at/5/2
hidden  forum/6 post 2  451 $at/6#2
dry run: addresses: 4, unknown: 0; threads hidden: 1, posts hidden: 2, hidden before: 0, back: 0"
ok "and does nothing" [ "$(digest)" = "$before" ]
check "$list" --now $now
ok "the same, done" has 'unknown: 0; threads hidden: 1, posts hidden: 2,' said
ok "the thread is hidden from now on" [ "$(row "thread WHERE ref = 3")" = "1|$now" ]
ok "its posts are as they were" [ "$(row "post WHERE hidden")" = "1|$now
1|$now" ]
ok "a label says why" [ "$(sqlite3 archive.db "SELECT name, ifnull(post, '-'), by, at, note
	FROM label WHERE by = 'origin-check' ORDER BY thread_id")" = \
"origin-gone|-|origin-check|$now|404 $at/3
origin-gone|2|origin-check|$now|410 $at/5/2
origin-gone|2|origin-check|$now|451 $at/6#2" ]
candor build -q --now 2026-03-06
ok "the site doesn't show it any longer" has 'was withdrawn' public/threads/forum/3/index.html
candor check --now 2026-03-06 > told 2>&1
ok "check finds nothing wrong with it" lacks 'label-stale' told
before=$(digest)
check "$list" --now $((now + 9))
ok "once is enough" says \
	'addresses: 4, unknown: 0; threads hidden: 0, posts hidden: 0, hidden before: 3, back: 0'
ok "and changes nothing" [ "$(digest)" = "$before" ]
candor import -q jsonl more.jsonl archive.jsonl
ok "an import doesn't show it again" [ "$(digest)" = "$before" ]

# --- back ---
list="url,status
$at/3,200
$at/5/2,204"
check "$list" --now $((now + 60))
ok "what is back is told" says "back  forum/3  200 $at/3
back  forum/5 post 2  204 $at/5/2
addresses: 2, unknown: 0; threads hidden: 0, posts hidden: 0, hidden before: 0, back: 2"
ok "and stays hidden" [ "$(digest)" = "$before" ]
check "$list" --restore --now $((now + 60))
ok "until somebody asks" has 'shown  forum/3  200' said
ok "then it is shown" [ "$(row "thread WHERE ref = 3")" = "0|" ]
ok "with a label that says so" [ "$(sqlite3 archive.db "SELECT count(*) FROM label
	WHERE name = 'not-origin-gone' AND at = $now + 60")" = 2 ]
sqlite3 archive.db 'UPDATE thread SET hidden = 1 WHERE ref = 3 OR ref = 4'
check "200 $at/3
200 $at/4" --restore
ok "what others hid is theirs" has 'shown again: 0' said
sqlite3 archive.db 'UPDATE thread SET hidden = 0'

# --- JSON in and out, compressed, from standard input ---
echo "{\"url\":\"$at/3\",\"status\":404}" | gzip |
	candor origin-check - --json -n > said
ok "the result as JSON" says '{"addresses":1,"unknown":0,"hidden_before":0,"dry_run":true,"hidden":[{"venue":"forum","id":"3","status":404,"url":"'$at'/3"}],"back":[]}'

# --- an outage ---
all=
for i in 1 2 3 4 5 6; do
	all="$all
404 $at/$i"
done
before=$(digest)
ok "more than half of a venue: refused" fails 1 check "${all#?}"
check "${all#?}"
ok "and said why" has "6 of the 9 threads of 'forum' would be hidden" told
ok "with nothing done" [ "$(digest)" = "$before" ]
check "$(printf '%s' "${all#?}" | head -4)" -n
ok "less than half isn't" has 'threads hidden: 4,' said
check "${all#?}" --force -n
ok "unless somebody insists" has 'threads hidden: 6,' said

# --- a list that is wrong ---
ok "a line that says nothing" fails 1 check "404 $at/3
what is this"
check "404 $at/3
what is this"
ok "is named" has 'list:2: error: this is no address with a status' told
ok "and nothing is hidden" [ "$(digest)" = "$before" ]
ok "a file that isn't there" fails 3 candor origin-check nowhere
mkfifo pipe
ok "a pipe by its name can't be looked at first" sh -c 'cat list > pipe &
	candor origin-check pipe > said 2> told; [ $? -eq 3 ] && grep -q "write .-. for it" told'
ok "no archive, none made" sh -c 'candor origin-check list --archive none.db 2> told
	[ $? -eq 3 ] && [ ! -e none.db ]'
done_testing
