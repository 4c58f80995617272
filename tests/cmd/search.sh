#!/bin/sh
# The page to search the site: nothing of it without the setting; with it a page
# that no search engine lists, the one page whose policy lets scripts run, and
# conversations that say what to find.  What Pagefind makes of it is
# tests/browser/search.sh's.
. tests/cmd/lib.sh

site() { # site DIR
	mkdir "$tmp/$1"
	cp -r content/candor.yaml content/rules.yaml content/pages "$tmp/$1"
	candor import -q jsonl content/archive.jsonl --archive "$tmp/$1/archive.db"
}

build() { # build DIR COMMAND
	candor "$2" -q -C "$tmp/$1" --theme "$top/themes/default" --now 2026-11-20T12:00:00Z
}

knows_nothing() {
	[ ! -e "$tmp/without/public/search" ] &&
		! grep -rqi --include='*.html' 'pagefind\|<script src\|wasm' "$tmp/without/public"
}

policies() { # the pages whose policy lets scripts run
	(cd "$tmp/with/public" && grep -rl "http-equiv=.*script-src" .)
}

marked() { # the pages that say what to find, without the last parts of their paths
	(cd "$tmp/with/public" && grep -rl 'data-pagefind-body' . | sed 's#/[^/]*/[^/]*/[^/]*$##' | sort -u)
}

site without
site with
echo 'search: pagefind' >> "$tmp/with/candor.yaml"
build without build
build with build
ok "without the setting no page knows of it" knows_nothing
ok "with it there is a page" test -f "$tmp/with/public/search/index.html" -a -f "$tmp/with/public/search/search.js"
ok "in the menu of every page" grep -q '<a href="../../../search/">' "$tmp/with/public/threads/forum/1105/index.html"
ok "only that one lets scripts run" test "$(policies)" = ./search/index.html
ok "search engines don't list it" grep -q 'name="robots" content="noindex"' "$tmp/with/public/search/index.html"
ok "nor does the sitemap" fails 1 grep -q '/search/' "$tmp/with/public/sitemap.xml"
ok "conversations say what to find, and nothing else does" test "$(marked)" = ./threads
ok "check knows that the index comes later" build with check
mkdir "$tmp/with/pages/pagefind"
echo x > "$tmp/with/pages/pagefind/pagefind-ui.js"
ok "or from content/" build with check
done_testing
