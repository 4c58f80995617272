#!/bin/sh
# A fragment stands in a page that isn't ours, beside others: its links are full
# addresses, no two ids are the same, its headings begin where the shop wants, its
# looks come from where the configuration says.
. tests/cmd/lib.sh
now=2026-11-20T12:00:00Z
for theme in themes/*; do
	name=${theme#themes/}
	mkdir "$tmp/$name"
	cp -R content/rules.yaml content/pages "$tmp/$name/"
	cp content/candor.yaml "$tmp/$name/candor.yaml"
	candor import -q jsonl content/archive.jsonl --archive "$tmp/$name/archive.db"
	build() { candor build -q -C "$tmp/$name" --theme "$top/$theme" --now $now "$@"; }
	cat content/candor.yaml > "$tmp/$name/candor.yaml"
	ok "$name: builds" build
	ok "$name: stands by itself" node tests/cmd/fragment.js "$tmp/$name/public" link 2
	echo 'fragment: {css: inline, heading: 4}' >> "$tmp/$name/candor.yaml"
	ok "$name: builds otherwise" build --output other
	ok "$name: with other headings and its style sheet" \
		node tests/cmd/fragment.js "$tmp/$name/other" inline 4
	sed -i 's/inline, heading: 4/none/' "$tmp/$name/candor.yaml"
	ok "$name: builds without a style sheet" build --output bare
	ok "$name: has none" node tests/cmd/fragment.js "$tmp/$name/bare" none 2
done
done_testing
