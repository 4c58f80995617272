#!/bin/sh
# Fragments into somebody's static shop: twice is once, no other byte changes, pages
# keep their encoding, line ends, mode and time, and a mistake in one page leaves all
# of them as they were.
. tests/cmd/lib.sh
. tests/golden/lib.sh
cd "$tmp" || exit
mkdir site shop && cd site || exit
site
# Text in which something is not ASCII, and a product that stays without a page.
sed -i 's/The lid sticks/Où? The lid sticks/' archive.jsonl
{
	echo '{"type":"product","slug":"spoon","name":"Spoon","url":"https://brook.example/spoon"}'
	thread 5 | sed 's/"kettle"/"spoon"/'
} >> archive.jsonl
candor import -q jsonl archive.jsonl
sed -i 's/^  share: .*/&\n  shortfall: skip/' rules.yaml
now=2026-02-01T12:00:00Z
candor build -q --now $now
cd ../shop || exit
place() { candor place -q -C ../site --now $now ../shop "$@"; }
fragment=../site/public/products/kettle/fragment.html

# around FILE: all of it but what stands between the markers
around() { perl -0777 -pe 's/(<!-- candor:[a-z]+ -->).*?(<!-- \/candor -->)/$1$2/gs' "$1" | sha256sum; }

page() { # page [HEAD]
	printf '<!doctype html>\n%s<p>A kettle.</p>\n<!-- candor:kettle -->\n<!-- /candor -->\n<p>End, without a line end.</p>' "${1-}"
}
mkdir -p deep/er .hidden
page '<meta charset="utf-8">' > utf8.html
page '<meta charset="utf-8">' | sed 's/$/\r/' > crlf.HTM
page '<p>\0351t\0351</p>' | sed "s/.0351/$(printf '\351')/g" > latin1.html
page '<META http-equiv=Content-Type content="text/html; charset=iso-8859-1">' > declared.html
page > ascii.html
page 'é' > deep/er/valid.html
page | perl -0pe 's/kettle -->\n/spoon --> /' > empty.html
page | sed 's/kettle -->/spoon -->old things/' > emptied.html
echo '<p>no place</p>' > none.html
page > .hidden/page.html
page > page.php
page > ../outside.html
ln -s ../outside.html link.html
ln -s ../site linked
printf '\377\376<\0p\0>\0' > utf16.html
chmod 640 utf8.html
chmod 444 crlf.HTM
mkdir before && cp -p ./*.html ./*.HTM before && mv before ..
for f in *.html *.HTM deep/er/valid.html; do
	[ -L "$f" ] || echo "$(around "$f") $f"
done > ../around.before

ok "--dry-run" fails 0 place -n
place -n > ../list
ok "lists what would change" sh -c 'printf "%s\n" ascii.html crlf.HTM declared.html deep/er/valid.html emptied.html latin1.html utf8.html | cmp - ../list'
ok "and changes nothing" sh -c 'for f in ../before/*; do cmp "$f" "${f##*/}" || exit; done'
ok "places" place
for f in *.html *.HTM deep/er/valid.html; do
	[ -L "$f" ] || echo "$(around "$f") $f"
done > ../around.after
ok "no byte around the places changes" cmp ../around.before ../around.after
ok "between them stands the fragment" sh -c 'between() { perl -0777 -ne "print \$1 if /<!-- candor:[a-z]+ -->\n(.*?)<!-- .candor -->/s" "$1"; }; between utf8.html | cmp - "$1"' - $fragment
ok "in UTF-8 where the page is, declared" grep -q 'Où' utf8.html
ok "or not declared" grep -q 'Où' deep/er/valid.html
for f in ascii.html latin1.html declared.html; do
	ok "else as references: $f" sh -c 'grep -q "O&#249;" "$1" && ! grep -q "$(printf "\303\271")" "$1"' - $f
done
ok "line ends are the page's" sh -c '[ "$(grep -c "$(printf "\r")\$" crlf.HTM)" = "$(grep -c "" crlf.HTM)" ] && [ "$(grep -c "" crlf.HTM)" -gt 10 ]'
ok "and not those of others" sh -c '! grep -q "$(printf "\r")" utf8.html'
ok "the mode stays" [ "$(stat -c %a utf8.html crlf.HTM | tr '\n' ' ')" = "640 444 " ]
ok "what is left out of the site leaves blanks" cmp empty.html ../before/empty.html
ok "in place of what was there" sh -c '! grep -q "old things" emptied.html && grep -q "spoon --><!\|spoon -->$" emptied.html'
ok "links lead nowhere" sh -c '[ -L link.html ] && page() { cat ../outside.html; } && ! page | grep -q candor-thread'
ok "what is hidden stays as it is" sh -c '! grep -q candor-thread .hidden/page.html'
ok "other names too" sh -c '! grep -q candor-thread page.php'
ok "unless they are meant" sh -c 'candor place -q -C ../site --now $1 ../shop --suffix .php && grep -q candor-thread page.php' - $now
ok "nothing is left behind" [ -z "$(find . -name '*.tmp')" ]

stamps() { find . -printf '%p %i %T@ %C@\n' | sort; }
stamps > ../stamps
ok "again" place
stamps > ../again
ok "touches nothing" cmp ../stamps ../again
place --json > ../json
ok "--json" node -e '
	const { pages } = JSON.parse(require("fs").readFileSync("../json"));
	const ascii = pages.find((p) => p.file === "ascii.html");
	if (pages.length !== 8 || pages.some((p) => p.changed) || ascii.products.join() !== "kettle")
		process.exit(1);'

# --- a site that changes ---
sed -i 's/Lid 1/Lids everywhere/' ../site/archive.jsonl
candor import -q -C ../site jsonl archive.jsonl
ok "an older site is said" sh -c 'candor place -C ../site --now $1 . 2>&1 | grep -q "archive is newer.*site-stale"' - $now
ok "and not placed under --strict" fails 1 place --strict
candor build -q -C ../site --now $now
ok "the new site" place
ok "is in the pages" grep -q 'Lids everywhere' ascii.html
stamps > ../stamps
ok "another day is said" sh -c 'candor place -C ../site --now 2026-02-02 . 2>&1 | grep -q "another day.*site-stale"'
echo '# more' >> ../site/rules.yaml
ok "other rules are said" sh -c 'candor place -C ../site --now $1 . 2>&1 | grep -q "rules.*site-stale"' - $now
ok "a built site alone is enough" sh -c 'cd / && candor place -q "$1/shop" --output "$1/site/public" --now $2' - "$tmp" $now

# --- mistakes: all of them are named, and no page is written ---
sed -i 's/Lids everywhere/Lids again/' ../site/archive.jsonl
candor import -q -C ../site jsonl archive.jsonl
candor build -q -C ../site --now $now
printf '<!-- candor:ketle -->\n<!-- /candor -->' > unknown.html
printf '<p>\n<!-- candor:kettle -->' > open.html
stamps > ../stamps
ok "a mistake" fails 1 place
place 2> ../said
ok "is named" grep -q '^../shop/unknown.html:1:1: error: ' ../said
ok "and so is the next" grep -q '^../shop/open.html:2:1: error: ' ../said
stamps > ../again
ok "nothing is written" cmp ../stamps ../again
rm unknown.html open.html
printf '\377\376' > wide.html
printf '<!-- candor:kettle --><!-- /candor -->' | iconv -f utf-8 -t utf-16le >> wide.html
ok "a place in UTF-16" fails 1 place
rm wide.html
ok "without it they are written" place
ok "all" sh -c '! grep -rl "Lids everywhere" . && grep -q "Lids again" ascii.html utf8.html'

# --- a fragment that begins with blanks, as a theme may have it ---
cp ascii.html ../ascii.html
printf '\n \n%s\n\n' "$(cat $fragment)" > ../fragment && cp ../fragment $fragment
ok "blank lines around a fragment" place
ok "stay out of the page" cmp ascii.html ../ascii.html

# --- the site inside the shop, and the shop inside the site ---
cp -R ../site/public open
printf '<!-- candor:nothing -->' > open/index.html
ok "candor's own pages are not looked at" place
ok "nor taken for a shop" fails 2 candor place -C ../site --now $now public
if [ "$(id -u)" -eq 0 ]; then
	mkdir -p ../root && cp -p utf8.html ../root/a.html && chown 1:1 ../root/a.html
	sed -i 's/Lids again/Lids/' ../root/a.html
	ok "the owner stays" sh -c 'candor place -q -C ../site --now $1 ../root && [ "$(stat -c %u:%g ../root/a.html)" = 1:1 ] && grep -q "Lids again" ../root/a.html' - $now
else
	skip "the owner stays" "not root"
fi

# --- a theme whose fragment has markers ---
cp $fragment ../fragment
echo '<!-- /candor --><!-- candor:kettle -->' >> $fragment
mkdir ../marked && page > ../marked/a.html && cp ../marked/a.html ../a.html
ok "a fragment with markers is refused" fails 1 candor place -q -C ../site --now $now ../marked
ok "and named" grep -q 'products/kettle/fragment.html: error: the fragment has markers' "$tmp/fails.out"
ok "before anything is written" cmp ../marked/a.html ../a.html
cp ../fragment $fragment

# --- a page in which '<meta' stands all over ---
mkdir ../metas
{ page; perl -e 'print "<meta " x 200000'; } > ../metas/a.html
ok "many a '<meta' is read in no time" timeout 60 candor place -q -C ../site --now $now ../metas

# --- a write that fails ---
sed -i 's/Lids again/Lids/' ascii.html
cp ascii.html ../ascii.html
ok "no room" sh -c 'ulimit -f 0; candor place -q -C ../site --now $1 ../shop; [ $? = 3 ]' - $now
ok "leaves the page" cmp ascii.html ../ascii.html
ok "and nothing else" [ -z "$(find . -name '*.tmp')" ]
if [ -e "$top/build/fault/inject.so" ]; then
	mkdir ../private && page > ../private/a.html && chmod 600 ../private/a.html
	for n in 1 2 3 4 5 6 7 8; do
		page > ../private/a.html
		LD_PRELOAD=$top/build/fault/inject.so FAULT=fstatat:$n:5 \
			candor place -q -C ../site --now $now ../private 2> /dev/null
		stat -c %a ../private/a.html
	done > ../modes
	ok "a page's mode stays, whichever look at it fails" [ "$(sort -u ../modes)" = 600 ]
else
	skip "a page's mode stays, whichever look at it fails" "no build/fault/inject.so"
fi
for fault in fsync:error=EIO renameat:error=EIO fchmod:error=EPERM; do
	if strace -qq -o /dev/null true 2> /dev/null; then
		ok "$fault" fails 3 strace -qq -o /dev/null -e "inject=$fault" \
			candor place -q -C ../site --now $now ../shop
		ok "$fault: the page is as it was" cmp ascii.html ../ascii.html
		ok "$fault: nothing is left behind" [ -z "$(find . -name '*.tmp')" ]
	else
		skip "$fault" "strace can't trace here"
	fi
done
done_testing
