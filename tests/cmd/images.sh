#!/bin/sh
# images: local.  A page, a fragment and a feed each find the copy that the site
# holds, under a name made of its bytes and without what its maker told; nothing
# else of the folder is published; and a build knows when the folder has changed.
. tests/cmd/lib.sh
. tests/golden/lib.sh
samples=$top/tests/fuzz/corpus/image
png=assets/images/d88799ac8f66d5995d74e8614bd37331.png
mkdir "$tmp/site" && cd "$tmp/site" || exit
site
body='A ![red box](https://a.example/red.png) B ![](/pics/photo%20one.jpg?s=1)'
for name in page.png drawing.svg cut.gif link.png %2e%2e/secret.png missing.png; do
	body="$body ![$name](https://a.example/$name)"
done
{ thread 5; thread 6; thread 7; thread 8; } | sed "s#Yes, that was our mistake. Sorry.#$body#" > more.jsonl
candor import -q jsonl more.jsonl
mkdir -p images/a.example images/forum.brook.example/pics
cp "$samples/told.png" images/a.example/red.png
cp "$samples/turned.jpg" 'images/forum.brook.example/pics/photo one.jpg?s=1'
cp "$samples/page.png" "$samples/drawing.svg" images/a.example/
head -c 40 "$samples/moving.gif" > images/a.example/cut.gif
ln -s red.png images/a.example/link.png
cp "$samples/told.png" images/secret.png

build() { candor build -q --now 2026-02-01 "$@"; }
pages=$(echo public/threads/forum/5/index.html public/products/kettle/index.html)
fragment=public/products/kettle/fragment.html
copies() { (cd "$1/assets/images" && echo *); }
has() { grep -qF "$1" "$2"; }
# Every address that a tree's pages would load something from.
loaded() { grep -rhoE '<(img|link rel="stylesheet"|script|iframe)[^>]*(src|href)="[^"]*"' "$@"; }

ok "links, unless asked for" build
ok "no folder of images" [ ! -e public/assets/images ]
ok "no image" sh -c '! grep -rq "<img" public'
ok "but a link" has '<a href="https://a.example/red.png" rel="nofollow ugc noopener">red box</a>' \
	public/threads/forum/5/index.html

echo 'images: local' >> candor.yaml
candor check -v --format json --now 2026-02-01 > said.json 2>&1
ok "check writes nothing" [ ! -e public/assets/images ]
ok "builds" build
ok "the thread's page" has "<img src=\"../../../$png\" alt=\"red box\" width=\"6\" height=\"4\" loading=\"lazy\" decoding=\"async\">" \
	public/threads/forum/5/index.html
ok "the product's page" has "<img src=\"../../$png\" alt=\"red box\"" public/products/kettle/index.html
ok "the fragment" has "<img src=\"https://open.brook.example/$png\" alt=\"red box\"" $fragment
ok "the feed" has "&lt;img src=&quot;https://open.brook.example/$png&quot; alt=&quot;red box&quot;" public/feed.xml
ok "feeds are XML" xmllint --noout public/feed.xml public/products/kettle/feed.xml
ok "a photo is turned" has 'alt="image" width="16" height="24"' public/threads/forum/5/index.html
ok "there are two files" [ "$(copies public | wc -w)" -eq 2 ]
ok "each named by its bytes" sh -c 'cd public/assets/images && for f in *; do
	case $(sha256sum < "$f") in "${f%.*}"*) ;; *) exit 1 ;; esac; done'
ok "without what its maker told" sh -c '! grep -rqa SECRET public'
ok "nothing is left of the byte that stands for the root" sh -c '! grep -rqlP "\x01" --include="*.html" --include="*.xml" public'
for name in page.png drawing.svg cut.gif link.png missing.png %2e%2e/secret.png; do
	ok "$name stays a link" has "<a href=\"https://a.example/$name\" rel=\"nofollow ugc noopener\">$name</a>" \
		public/threads/forum/5/index.html
done
for name in page.png drawing.svg cut.gif; do
	ok "$name is a warning" has "\"images/a.example/$name\"" said.json
done
ok "under --strict they fail" fails 1 candor check --strict --now 2026-02-01
ok "nothing is loaded from elsewhere" sh -c '! grep -vE "(src|href)=\"(\.\./|\./|https://open.brook.example/)"' - <<END
$(loaded $pages $fragment)
END

ok "one job" build --jobs 1 --output one
ok "seven jobs" build --jobs 7 --output seven
ok "give the same bytes" [ "$(tree_hash one)" = "$(tree_hash seven)" ]
for jobs in 1 7; do
	candor check -v --jobs $jobs --now 2026-02-01 > $jobs.txt 2>&1
done
ok "and say the same" cmp -s 1.txt 7.txt

find public -printf '%p %i %T@ %C@\n' | sort > before
build
find public -printf '%p %i %T@ %C@\n' | sort > after
ok "built again, nothing is touched" cmp -s before after
cp "$samples/lossy.webp" images/a.example/red.png
ok "a changed image" build
ok "is published as what it is now" has '.webp" alt="red box" width="24" height="16"' public/threads/forum/5/index.html
ok "and the old one is gone" [ ! -e public/$png ]
cp "$samples/moving.gif" images/a.example/missing.png
ok "a new image" build
ok "is published" has '.gif" alt="missing.png" width="2" height="1"' public/threads/forum/5/index.html
rm -r images
ok "no folder at all is a mistake" fails 3 build
ok "the old site stands" [ "$(copies public | wc -w)" -eq 3 ]
done_testing
