#!/bin/sh
# Each post knows its ground: explain says which have none, a recorded permission is
# one until it is taken back, an import doesn't touch it, and pages say the ground
# where it isn't the licence.
. tests/cmd/lib.sh
. tests/golden/lib.sh

mkdir "$tmp/site" && cd "$tmp/site" || exit
site
sed -i 's/forum: u1/forum: u1, list: u1/' candor.yaml
{
	echo '{"type":"venue","slug":"list","name":"List","url":"https://list.example/"}'
	echo '{"type":"venue","slug":"shut","name":"Shut","url":"https://shut.example/","licence":"All rights reserved"}'
	thread 5 | sed 's/"forum"/"list"/'
	thread 6 | sed 's/"forum"/"shut"/; s/"2","author"/"2","licence":"CC BY-NC 4.0","author"/'
} > more.jsonl
candor import -q jsonl more.jsonl || exit
page=public/threads

says() { # says THREAD LINE...: these lines, and no other, behind the page's
	candor explain "$1" --now 2026-03-01 | grep '^  post ' > said
	shift
	for _line in "$@"; do
		printf "  post %s\n" "$_line"
	done | diff - said >&2
}
ok "no licence, and the venue has none" says list/5 \
	"1 by cust5: no licence, and the venue 'list' has none" \
	"2 by ada: no licence, and the venue 'list' has none"
ok "licences that are no ground" says shut/6 \
	"1 by cust6: the venue's licence 'All rights reserved' is no ground" \
	"2 by ada: the licence 'CC BY-NC 4.0' is no ground"
ok "nothing of what has one" says forum/1
json() { # json THREAD EXPRESSION of a
	candor explain "$1" --json --now 2026-03-01 |
		node -e 'const a = JSON.parse(require("fs").readFileSync(0));
			process.exit(eval(process.argv[1]) ? 0 : 1)' "$2"
}
ok "the same as JSON" json shut/6 'JSON.stringify(a.no_ground) ===
	`[{"post":"1","author":"cust6","licence":"All rights reserved"},` +
	`{"post":"2","author":"ada","licence":"CC BY-NC 4.0"}]`'
ok "no licence is null" json list/5 'a.no_ground[0].licence === null'
ok "an empty list of what has one" json forum/1 'a.no_ground.length === 0'
candor build -q --now 2026-03-01
ok "and it isn't published" [ ! -e $page/list/5 ]

# --- permission ---
permit() {
	candor label list/5 permission --post "$1" --note 'mail of 3 May' --by eve
}
permit 1
ok "one post is not enough" says list/5 "2 by ada: no licence, and the venue 'list' has none"
permit 2
ok "a permission for each post is a ground" says list/5
ok "it is the post's" sh -c \
	'candor export jsonl | grep "\"list\",\"id\":\"5\"" | grep -q "\"permission\":\"mail of 3 May\""'
ok "and a label of the curator's" sh -c \
	'candor export jsonl | grep -q "\"name\":\"permission\",\"post\":\"2\",\"by\":\"eve\""'
candor build -q --now 2026-03-01
ok "it is published, and says by what" grep -q '<span>Shown with permission</span>' \
	$page/list/5/index.html
ok "what we own says so, too" grep -q '<span>Under our terms of use</span>' \
	$page/forum/1/index.html
ok "each by its own ground" sh -c '! grep -q "terms of use" "$1/list/5/index.html" &&
	! grep -q "with permission" "$1/forum/1/index.html"' - $page
candor import -q jsonl more.jsonl --now 2026-03-02
ok "an import leaves it" says list/5
candor check > checked 2>&1
ok "the archive is sound" [ $? -eq 0 ]
candor label list/5 not-permission --post 1 --by eve
candor label list/5 permission --post 1 --note 'her mail' --by eve --now 2027-01-01
candor label list/5 not-permission --post 1 --by eve --now 2027-01-01
ok "it can be taken back, in the same second too" says list/5 "1 by cust5: no licence, and the venue 'list' has none"
candor build -q --now 2026-03-03
ok "and then it is no longer published" [ ! -e $page/list/5 ]

# --- a name that would write on the terminal ---
thread 7 | sed 's/"forum"/"list"/; s/"cust7"/"\\u001b]0;x\\u0007"/' > evil.jsonl
candor import -q jsonl evil.jsonl
ok "control characters are shown as such" says list/7 \
	"1 by \\x1B]0;x\\x07: no licence, and the venue 'list' has none" \
	"2 by ada: no licence, and the venue 'list' has none"
done_testing
