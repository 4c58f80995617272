#!/bin/sh
# People who come, go and rise: a small site with two of them, one whose title changes
# and one who spoke for the company until 2025.  Pages, feeds, `label`, `explain` and the
# ledger go by when a post was written, profiles by the clock, which an unchanged site
# follows too.
. tests/cmd/lib.sh
site=$tmp/public

config() { # config TITLE-OF-ADA ACTIVE-OF-BO
	cat <<-END2
	company: Brook
	title: Brook in the open
	url: https://open.brook.example/
	contact: mailto:open@brook.example
	contributors:
	  - name: Ada Rask
	    title: $1
	    accounts: {forum: [u1, u11]}
	    consent: 2025-02-01
	    until: 2025-08-01
	  - name: Bo Lind
	    title: Parts
	    accounts: {forum: u2}
	    active: $2
	    consent: 2024-01-01
	END2
}
titles='[{title: Support}, {from: 2025-06-01, title: Head of support}]'
config "$titles" '{to: 2025-01-01}' > "$tmp/candor.yaml"

thread() { # thread ID DAY ACCOUNT NAME
	printf '{"type":"thread","venue":"forum","id":"%s","url":"https://forum.brook.example/t/%s","title":"Lid %s","created":"%sT08:00:00Z","products":["kettle"],"posts":[{"id":"1","author":{"id":"c%s","name":"cust%s"},"created":"%sT08:00:00Z","format":"text","body":"The lid sticks."},{"id":"2","author":{"id":"%s","name":"%s","staff":true},"created":"%sT09:00:00Z","format":"text","body":"Our mistake."}]}\n' \
		"$1" "$1" "$1" "$2" "$1" "$1" "$2" "$3" "$4" "$2"
}
{
	echo '{"type":"venue","slug":"forum","name":"Forum","url":"https://forum.brook.example/","own":true}'
	echo '{"type":"product","slug":"kettle","name":"Kettle","url":"https://brook.example/kettle"}'
	thread ada-then 2025-05-31 u1 ada
	thread ada-now 2025-06-01 u11 ada2
	thread bo-then 2024-12-31 u2 bolind
	thread bo-since 2025-01-01 u2 bolind
} > "$tmp/archive.jsonl"
candor import -q jsonl "$tmp/archive.jsonl" --archive "$tmp/archive.db" || exit
printf 'wrong: {share: 0}\ncaps: {per_contributor: 1}\n' > "$tmp/rules.yaml"

build() { # build DAY
	candor build -q -C "$tmp" --theme "$top/themes/default" --now "$1"
}
has() { # has FILE TEXT
	grep -qF "$2" "$site/$1"
}
has_not() {
	[ -e "$site/$1" ] && ! grep -qF "$2" "$site/$1"
}
absent() {
	[ ! -e "$site/$1" ]
}

# --- by when a post was written ---
ok "it builds" build 2025-05-31T12:00:00Z
role='works at Brook</a></b>'
ok "a title" has threads/forum/ada-then/index.html "$role, Support</p>"
ok "the next one, from its day on" has threads/forum/ada-now/index.html "$role, Head of support</p>"
ok "a post of somebody's time" has threads/forum/bo-then/index.html "$role, Parts</p>"
ok "is under their name" has threads/forum/bo-then/index.html 'Bo Lind'
since=threads/forum/bo-since/index.html
ok "afterwards they are a private person" has $since 'bolind'
ok "who has no name of ours" has_not $since 'Bo Lind'
ok "nor works for us, whatever the venue says" has_not $since 'works at'
ok "the feed has both names" has products/kettle/feed.xml '<name>bolind</name>'
ok "each for its time" [ "$(grep -o '<name>Bo Lind</name>' "$site/products/kettle/feed.xml" | wc -l)" = 1 ]
ok "so has what machines read" has $since '"name":"bolind"'

explain() {
	candor explain kettle -C "$tmp" --now 2025-06-02 --json
}
ok "two accounts are one person to a cap" sh -c 'grep -o "\"reason\":\"cap\"" "$1" | wc -l | grep -qx 1' - \
	"$(explain > "$tmp/explained"; echo "$tmp/explained")"
printf 'wrong: {share: 0}\nkeep: [{contributor: true}]\n' > "$tmp/rules.yaml"
ok "a rule asks who spoke for us then" sh -c \
	'grep -o "\"id\":\"[a-z-]*\",\"eligible\":false" "$1" | grep -qx "\"id\":\"bo-since\",\"eligible\":false"' - \
	"$(explain > "$tmp/explained"; echo "$tmp/explained")"

label() {
	candor label "forum/$1" wrong --post 2 --quote 'Our mistake.' -C "$tmp"
}
ok "an admission of their time" label bo-then
ok "none from afterwards" fails 1 label bo-since
ok "which is said" grep -q "bolind wrote it, who didn't speak for the company then" "$tmp/fails.out"

# --- profiles, by the clock ---
ada=contributors/ada-rask/index.html
bo=contributors/bo-lind/index.html
ok "the day before" build 2025-05-31T23:59:59Z
ok "the old title" has $ada '<bdi>Support at Brook</bdi>'
ok "nothing was before it" has_not $ada Earlier
ok "an unchanged site follows the clock" build 2025-06-01T00:00:00Z
ok "the new title" has $ada '<bdi>Head of support at Brook</bdi>'
ok "the earlier one" has $ada '<bdi>Earlier: Support, until 1 June 2025</bdi>'
ok "who has left has no title" has_not $bo 'Parts at Brook'
ok "but had one" has $bo '<bdi>Earlier: Parts, until 1 January 2025</bdi>'
ok "their page counts what they wrote for us" has $bo '1 conversation stands'
ok "until the consent ends" build 2025-07-31T23:59:59Z
ok "there is a page" has $ada 'Ada Rask'
ok "on that day" build 2025-08-01T00:00:00Z
ok "it is gone" absent $ada
ok "the role is not" has threads/forum/ada-now/index.html 'works at Brook</b>, Head of support</p>'
ok "before the consent" build 2025-01-31T23:59:59Z
ok "there is none" absent $ada
ok "with it" build 2025-02-01T00:00:00Z
ok "there is one" has $ada 'Ada Rask'
ok "the plain theme has the earlier one too" candor build -q -C "$tmp" --theme "$top/themes/plain" \
	--now 2025-06-01
ok "as the other has" has $ada 'Earlier: Support, until 1 June 2025'

# --- the ledger: who counts as the company's, and when ---
roster() { # roster CONFIG...: its hash
	config "$@" > "$tmp/candor.yaml"
	build 2025-06-02 && sed 's/.*"roster_sha256":"\([^"]*\)".*/\1/' "$site/honesty.json"
}
before=$(roster "$titles" '{to: 2025-01-01}')
ok "periods are in the roster's hash" [ "$before" = "$(printf \
	'[["Ada Rask",[["forum","u1"],["forum","u11"]]],["Bo Lind",[["forum","u2"]],[[null,"2025-01-01T00:00:00Z"]]]]' |
	sha256sum | cut -d' ' -f1)" ]
ok "they change it" [ "$before" != "$(roster "$titles" '{to: 2025-01-02}')" ]
ok "titles don't" [ "$before" = "$(roster Support '{to: 2025-01-01}')" ]
done_testing
