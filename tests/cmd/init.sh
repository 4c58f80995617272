#!/bin/sh
# A new site builds at once, whatever it is made of and called; the files say what was
# found; and where it can't be made, nothing of it stays.
. tests/cmd/lib.sh
cd "$tmp" || exit
now=2026-07-14T12:00:00Z
topics=$top/tests/cmd/init-discourse

init() {
	candor init "$@" > said
}
made_of() { # made_of DIR: its files
	(cd "$1" && find . -type f | sort | tr '\n' ' ')
}
has() { # has FILE LINE
	grep -qF -- "$2" "$1" || { cat "$1"; false; } >&2
}
threads() { # threads DIR PRODUCT
	candor -C "$1" explain "$2" --json --now $now 2> /dev/null | grep -o '"eligible":' | wc -l
}

# --- the example ---
ok "init" init shop --now $now
ok "makes these files" [ "$(made_of shop)" = \
	"./.gitignore ./archive.db ./candor.yaml ./example.jsonl ./rules.yaml " ]
ok "says what there is" has said "shop: 17 threads with 47 posts, 3 products"
ok "and how to go on" has said "  candor build "
ok "it builds at once, without a warning" candor -C shop build --strict --now $now
ok "with something on it" [ "$(grep -c 'https://open.larkmoor.example/' shop/public/products/beacon-lamp/fragment.html)" -gt 3 ]
ok "with people" [ -e shop/public/contributors/tove-aldersen/index.html ]
ok "check finds nothing" candor -C shop check --strict --now $now
ok "without any # it is a site, too" sh -c 'candor init hash -q --now $1 &&
	sed -i "s/^\( *\)#\([^ ]\|  *-\)/\1\2/" hash/candor.yaml hash/rules.yaml &&
	grep -q "^topics:" hash/rules.yaml && candor -C hash check --strict --now $1' - $now
ok "an admission waits" sh -c 'candor -C shop review --now $1 | grep -q "forum/205"' - $now
ok "there is every reason to see" sh -c 'for p in beacon-lamp tote-pannier puff-pump; do
	candor -C shop explain $p --now $1; done > reasons
	for r in shown share ground keep drop; do grep -q " $r " reasons || exit 1; done' - $now
for year in 1999 2041; do
	ok "it isn't old in $year" sh -c 'candor init y$1 --now $1-02-28 > y$1.said &&
		sed "s/^y$1/shop/; s/cd y$1/cd shop/" y$1.said | cmp -s - said &&
		candor -C y$1 build --strict --now $1-03-01 &&
		grep -q "consent: $(($1 - 1))-08-12" y$1/candor.yaml' - $year
done
ok "the same moment gives the same files" sh -c 'candor init again -q --now $1 &&
	for f in candor.yaml rules.yaml example.jsonl; do cmp "shop/$f" "again/$f" || exit 1; done' - $now
ok "the first and the last moment, too" sh -c 'candor init first -q --now 0001-01-01 &&
	candor init last -q --now 9999-12-31'
ok "the log has it in a line" sh -c 'candor init -q logged --log-file log && grep -q "logged: 17 threads" log'
ok "-q says nothing" sh -c '[ -z "$(candor init quiet -q 2>&1)" ]'
ok "the folder may be there" sh -c 'mkdir there && cd there && candor init -q . && candor build -q'
ok "and be a repository" sh -c 'mkdir -p repo/.git && candor init -q repo'
ok "-C goes before it" sh -c 'mkdir below && candor -C below init -q site && [ -e below/site/candor.yaml ]'
ok "in another language, with another theme" candor init de --language de --theme plain -q
ok "builds" candor -C de build --strict
ok "speaks it" has de/public/how-we-choose/index.html '<html lang="de"'
ok "--copy-theme" candor init own --copy-theme -q
ok "is the theme" sh -c 'diff -r "$1/themes/default" own/themes/default &&
	echo "<p>Mine</p>" >> own/themes/default/index.md && candor -C own build -q &&
	grep -q "<p>Mine</p>" own/public/index.html' - "$top"

# --- names ---
names() { # names COMPANY SLUG
	rm -rf named
	ok "called '$1'" candor init named -q "--company=$1" --from-discourse "$topics" --own
	ok "a product of that name" sh -c 'candor -C named export jsonl |
		grep -q "\"type\":\"product\",\"slug\":\"$1\""' - "$2"
	ok "with that very name" [ "$(sqlite3 named/archive.db 'SELECT name FROM product')" = "$1" ]
	ok "it builds" candor -C named build -q
}
names Acme acme
names 'Acme: "Best" & #1, {no}' acme-best-1-no
names "O'Neill * Sons" o-neill-sons
names '白杨茶馆' all
names null null
names '- 17' 17
names 'Ünder C#' nder-c
mkdir "$(printf 'no \377 name')"
ok "in a folder whose name is no text" sh -c 'candor init -q "$1/." && candor -C "$1" check --strict' - "$(printf 'no \377 name')"
odd="it's \$HOME"
ok "what is to be typed has quotes" sh -c 'candor init "$1" > said && sh -c "$(grep "^  cd" said) && pwd" > where &&
	[ "$(cat where)" = "$(pwd)/$1" ]' - "$odd"

# --- an export ---
ok "an export" init acme --company Acme --url https://open.acme.example/ \
	--contact https://acme.example/contact --title 'Acme, open' --share 1/5 \
	--from-discourse "$topics" --venue forum --own --now $now
ok "says what there is" has said 'acme: 6 threads with 16 posts, 1 product'
ok "what could be shown" has said '  5 can be shown, once you have confirmed where you were wrong'
ok "what was found" has said '  2 sentences that may say that you were wrong wait for your word'
ok "makes these files" [ "$(made_of acme)" = \
	"./.gitignore ./archive.db ./candor.yaml ./products.csv ./rules.yaml " ]
for line in 'company: Acme' 'title: "Acme, open"' 'url: https://open.acme.example/' \
	'contact: https://acme.example/contact' '  - name: dana' \
	'    accounts: {forum: "17"}    # answers: 3' '    accounts: {forum: "31"}    # answers: 2'; do
	ok "candor.yaml: $line" grep -qxF -e "$line" acme/candor.yaml
done
for line in '  share: 1/5' '  - product: acme' '    any: [{venue: [forum]}]' \
	'  # Tags that many have: kettle (3), toaster (2), care (1).'; do
	ok "rules.yaml: $line" grep -qxF -e "$line" acme/rules.yaml
done
ok "every thread is about it" [ "$(threads acme acme)" -eq 6 ]
ok "nobody is flagged and not listed" sh -c '! candor -C acme check --now $1 2>&1 |
	grep -q "staff-unlisted\|unknown-account\|no-contributors"' - $now
ok "it builds" candor -C acme build -q --now $now
ok "and shows nothing yet" [ "$(threads acme acme)" -eq 6 ] # they are on the page all/
ok "one word" candor -C acme label forum/101 wrong --post 502 --by kim --now $now \
	--quote 'We were wrong about the new lid: it lets the steam through too early.'
ok "and it builds" candor -C acme build --strict --now $now
ok "with something to see" grep -q 'We were wrong about the new lid' acme/public/products/acme/fragment.html
ok "another product" sh -c 'cd acme && echo "kettle,Kettle,https://acme.example/kettle" >> products.csv &&
	sed -i "s/^  #- product: SLUG/  - product: kettle/; s/^  #  any: .*/    any: [{tag: kettle}]/" rules.yaml &&
	candor import -q products products.csv && candor check --strict --now $1' - $now
ok "is matched" [ "$(threads acme kettle)" -eq 3 ]

# --- whatever strangers are called ---
long=$(printf '%05000d' 0)
rm -f odd.jsonl
n=0
odd() { # odd NAME: as JSON has it, of a product, an account and a tag
	n=$((n + 1))
	cat <<-END
	{"type":"product","slug":"p$n","name":"$1","url":"https://acme.example/$n"}
	{"type":"thread","venue":"null","id":"$n","url":"https://v.acme.example/$n","title":"One","created":"2026-01-02T00:00:00Z","tags":["$1"],"posts":[{"id":"1","author":{"id":"c$n","name":"C"},"created":"2026-01-02T00:00:00Z","format":"text","body":"Hello"},{"id":"2","author":{"id":"$1","name":"$1","staff":true},"created":"2026-01-02T00:00:01Z","format":"text","body":"That was our mistake."}]}
	END
}
{
	echo '{"type":"venue","slug":"null","name":"No","url":"https://v.acme.example/","own":true}'
	for name in 'a\nb' '\u202eevil' '- x' '# y' "'q'" '\"dq\"' '{' '~' yes 17 ': ' '*a' '|' '\\' '\u2028' '<<' "$long"; do
		odd "$name"
	done
} | sort > odd.jsonl
ok "odd names" candor init odd -q --from-jsonl odd.jsonl
ok "build" candor -C odd build -q
ok "are listed with their ids" sh -c 'candor -C odd check 2>&1 | grep -c "staff-unlisted" > n; [ "$(cat n)" -eq 2 ]'

# --- nobody is known, nothing is licensed ---
mkdir plain
for file in "$topics"/*.json; do
	sed 's/"staff": true/"staff": false/' "$file" > "plain/${file##*/}"
done
ok "an export without staff" init nobody --from plain
ok "says that no licence is known" has said '  none can be shown: they have no licence'
ok "and how to say it" has said "  candor import auto --own $tmp/plain  # if the venue is yours"
ok "and then" sh -c 'cd nobody && eval "$(grep "^  candor import" ../said)" > imported'
ok "suggests those who answered" grep -qxF '#    accounts: {forum-acme-example: "17"}    # answers: 3' nobody/candor.yaml
ok "lists nobody" sh -c 'candor -C nobody check 2>&1 | grep -q no-contributors'
ok "one who is taken up" sh -c 'cd nobody && sed -i "s/^#\(contributors:\|  - name: dana\|    accounts: .*\"17\"\)/\1/" candor.yaml &&
	candor analyze -q && candor review | grep -q "We were wrong about the new lid"'
ok "builds" candor -C nobody build -q
sed -i 's/"staff": false/"staff": true/; s/[Ww]e were wrong/It is so/; s/[Mm]istake/thing/' plain/*.json
ok "one without admissions" init innocent --from plain --own
ok "has nothing to confirm" sh -c '! grep -q "candor review" said && grep -q "^  candor help label " said &&
	candor -C innocent review | grep -q "where you know that you were wrong"'
ok "a front page of nothing claims nothing" sh -c 'candor -C innocent build -q &&
	grep -q "Nothing stands here yet" innocent/public/index.html &&
	! grep -q "of them we were wrong\|Latest" innocent/public/index.html'
ok "nor does it in the other theme" sh -c 'candor -C innocent build -q --theme plain &&
	! grep -q "of them we were wrong\|Latest" innocent/public/index.html'

# --- products ---
cat > shop.csv <<'END'
id,title,link
k1,Kettle,https://acme.example/kettle
t1,"Toaster ""two""",https://acme.example/toaster
x,***,https://acme.example/stars
END
ok "--products" candor init sold -q --products shop.csv --from-discourse "$topics" --own
ok "are matched by name" [ "$(threads sold k1)" -eq 2 ]
ok "there is no other" [ ! -e sold/products.csv ]
ok "what is no word is left out" sh -c '! grep -q "product: x$" sold/rules.yaml && grep -q "product: t1$" sold/rules.yaml'
ok "that nobody calls by name" sh -c 'sed "s/,Kettle,/,Kettle 3000 X,/; /Toaster/d" shop.csv > names.csv &&
	candor init unnamed --products names.csv --from-discourse "$1" --own > said' - "$topics"
ok "it says" has said "  none is about a product, as far as rules.yaml can tell"
ok "and what to do" has said "  edit rules.yaml "
ok "products alone" candor init bare -q --from-products shop.csv
ok "build" candor -C bare build -q
ok "those that threads name" sh -c 'candor init demo -q --from-jsonl "$1/content/archive.jsonl" &&
	grep -q "product: peg-rail" demo/rules.yaml && ! grep -q "product: stow-box" demo/rules.yaml &&
	candor -C demo build -q' - "$top"

# --- every format ---
mkdir forms forms/stackexchange
printf 'thread,when,who,text\n1,2026-01-02,Ann,Hello\n' > forms/csv.csv
cat > forms/map.yaml <<'END'
thread: {id: thread, title: text, url: {value: "https://v.acme.example/{thread}"}}
posts: {id: {value: "1"}, created: when, body: text, author: who}
END
cat > forms/atom.xml <<'END'
<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><id>urn:x</id><updated>2026-01-02T00:00:00Z</updated>
<entry><id>urn:x:1</id><title>One</title><link href="https://blog.acme.example/1"/><updated>2026-01-02T00:00:00Z</updated>
<published>2026-01-02T00:00:00Z</published><author><name>Ann</name></author><content type="text">Hello</content></entry></feed>
END
cat > forms/stackexchange/Posts.xml <<'END'
<posts><row Id="1" PostTypeId="1" CreationDate="2026-01-02T00:00:00.000" Score="1" Body="&lt;p&gt;Hello&lt;/p&gt;" OwnerUserId="7" Title="One" Tags="|a|"/></posts>
END
echo '[{"number":1,"title":"One","html_url":"https://github.com/acme/kettle/issues/1","url":"https://api.github.com/repos/acme/kettle/issues/1","user":{"login":"ann","id":7},"author_association":"NONE","created_at":"2026-01-02T00:00:00Z","updated_at":"2026-01-02T00:00:00Z","comments":0,"labels":[],"body":"Hello"}]' > forms/github.json
echo '{"key":"K-1","self":"https://jira.acme.example/rest/api/2/issue/1","fields":{"summary":"One","description":"Hello","created":"2026-01-02T00:00:00.000+0000","reporter":{"name":"ann","displayName":"Ann"},"comment":{"comments":[],"total":0}}}' > forms/jira.json
printf 'From ann Fri Jan  2 00:00:00 2026\nFrom: Ann <ann@acme.example>\nDate: Fri, 2 Jan 2026 00:00:00 +0000\nMessage-ID: <1@acme.example>\nSubject: One\n\nHello\n\n' > forms/mbox.mbox
cp "$topics/101.json" forms/discourse.json
head -n 5 "$top/src/cmd/init-example.jsonl" > forms/jsonl.jsonl
grep '"id":"302"' "$top/src/cmd/init-example.jsonl" >> forms/jsonl.jsonl
for format in $(sed -n 's/^FORMAT(\(.*\))$/\1/p' "$top/include/import/formats.h"); do
	path=forms/$(ls forms | grep "^$format" | head -n 1)
	set -- --venue v --venue-url https://v.acme.example/ --own
	case $format in
	csv) set -- "$@" --map forms/map.yaml ;;
	products) path=shop.csv && set -- ;;
	mbox) candor import mbox forms/mbox.mbox --venue v --url https://v.acme.example/ --archive mail.db > mail.log 2>&1 ||
		{ grep -q GMime mail.log && skip "--from-mbox" "without GMime" && continue; } ;;
	esac
	ok "--from-$format" candor init "of-$format" -q "--from-$format" "$path" "$@"
	ok "builds" candor -C "of-$format" build -q
done
ok "compressed" sh -c 'gzip -k forms/discourse.json && candor init gz -q --from forms/discourse.json.gz --venue-url https://forum.acme.example'
ok "a pattern" candor init pattern -q --from-discourse "$topics/10[12].json" --own
ok "was taken" [ "$(threads pattern pattern)" -eq 2 ]
ok "two at once" candor init two -q --from-discourse "$topics" --from-github forms/github.json
ok "are both there" sh -c 'grep -q "venue: \[acme-kettle, forum-acme-example\]" two/rules.yaml'
ok "standard input" sh -c 'candor init pipe -q --from-jsonl - < forms/jsonl.jsonl'

# --- where it can't be made nothing stays ---
leaves_nothing() { # leaves_nothing STATUS WORD...
	_status=$1
	shift
	ok "refuses: $*" fails "$_status" candor init gone "$@"
	ok "and there is no folder" [ ! -e gone ]
	mkdir gone
	ok "in one that is there, too" fails "$_status" candor init gone "$@"
	ok "which stays empty" rmdir gone
}
echo '{"type":"thread"' > broken.jsonl
leaves_nothing 3 --from-discourse nowhere
leaves_nothing 1 --from-discourse forms/stackexchange
leaves_nothing 1 --from-discourse shop.csv
leaves_nothing 1 --from-jsonl broken.jsonl
leaves_nothing 1 --from-jsonl forms/jsonl.jsonl --products broken.jsonl
echo 'id,title,link' > empty.csv
leaves_nothing 1 --products empty.csv
leaves_nothing 2 --from-csv forms/csv.csv
leaves_nothing 2 --from-stackexchange forms/stackexchange
leaves_nothing 3 --theme nobodys
leaves_nothing 2 --share 0.5.1
ok "the hint names this command's flag" sh -c 'candor init gone --from-stackexchange forms/stackexchange 2>&1 |
	grep -q -e "--venue-url https://"'
limited() { # limited BLOCKS: whole, or nothing
	(ulimit -f "$1" && candor init small -q --copy-theme > /dev/null 2>&1)
	case $? in
	0) candor -C small build -q --strict && rm -r small ;;
	3) [ ! -e small ] ;;
	*) false ;;
	esac
}
for blocks in 0 1 2 4 16 64 200 264 300; do
	ok "files of no more than $blocks blocks" limited $blocks
done
mkfifo fifo
candor init gone --from-jsonl - < fifo 2> stopped &
exec 9> fifo
cat forms/jsonl.jsonl >&9
until [ -e gone/archive.db ]; do sleep 0.1; done
kill -TERM $!
exec 9>&-
wait $! 2> /dev/null
ok "stopped half-way it says so" grep -q 'interrupted: nothing was made' stopped
ok "and nothing stays" [ ! -e gone ]
ok "without a place above it" fails 3 candor init no/where
ok "where nothing can be made" fails 3 candor init /proc/shop
ok "twice" fails 1 candor init shop
ok "the first is as it was" candor -C shop check --strict --now $now
done_testing
