#!/bin/sh
# README's way to a site of one's own works as it is printed: each command of that section,
# in its order, on a small export; and what it shows between them is what they said or made.
. tests/cmd/lib.sh
SOURCE_DATE_EPOCH=1784030400 # 2026-07-14T12:00:00Z
export SOURCE_DATE_EPOCH
sed -n '/^## Your own site/,/^## Getting/p' README.md > "$tmp/section"
sed -n 's/^    //p' "$tmp/section" > "$tmp/printed"
marker=$(grep -o '<!-- candor:[a-z]* --><!-- /candor -->' "$tmp/section")
mkdir "$tmp/pages"
cp -R tests/cmd/init-discourse "$tmp/topics"
echo "<h1>Kettle</h1>$marker<p>Buy it</p>" > "$tmp/pages/kettle.html"
cd "$tmp" || exit

commands=0
while read -r line; do
	case $line in
	"candor "* | "cd "*)
		commands=$((commands + 1))
		eval "$line" >> "$tmp/out" 2> "$tmp/err"
		status=$?
		[ $status -eq 0 ] || cat "$tmp/err" >&2
		ok "$line" [ $status -eq 0 ]
		;;
	esac
done < "$tmp/printed"
ok "there were some" [ $commands -ge 6 ]
ok "it went to the new site" [ "$(pwd)" = "$tmp/shop" ]
cat candor.yaml rules.yaml >> "$tmp/out"
while read -r line; do
	case $line in
	"candor "* | "cd "* | "") ;;
	*) ok "as printed: $line" grep -qF -e "$line" "$tmp/out" ;;
	esac
done < "$tmp/printed"
ok "the product's page has conversations" grep -q 'We were wrong about the new lid' ../pages/kettle.html
ok "around them it is as it was" sh -c 'grep -q "^<h1>Kettle</h1><!-- candor:acme -->" ../pages/kettle.html &&
	grep -q "<!-- /candor --><p>Buy it</p>$" ../pages/kettle.html'
ok "one wrong thread has made room for three others" grep -q '"shown":4,"wrong":1,' public/honesty.json
done_testing
