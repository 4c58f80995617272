#!/bin/sh
# The demo with `search: pagefind`, before and after its user has run Pagefind: see
# search.cjs.  A build takes the index away, a build with nothing to do leaves it.
set -u
. tests/browser/lib.sh
browser_or_skip "the search in a browser"
tests/npm pagefind pagefind@1.5.2 && build/pagefind/node_modules/.bin/pagefind --version >&2 || {
	echo "ok 1 - the search in a browser # SKIP pagefind cannot be had"
	echo "1..1"
	exit 0
}
make -s build/demo.db >&2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cp -r content/pages content/candor.yaml content/rules.yaml "$tmp"
echo 'search: pagefind' >> "$tmp/candor.yaml"
build() {
	build/candor build -C "$tmp" --archive "$(pwd)/build/demo.db" --now 2026-11-20T12:00:00Z "$@"
}
build -q --output without || exit
build -q || exit
build/pagefind/node_modules/.bin/pagefind --site "$tmp/public" > "$tmp/log" 2>&1 || {
	cat "$tmp/log" >&2
	exit 1
}
said=$(build -v 2>&1)
node tests/browser/search.cjs "$tmp" "$said"
