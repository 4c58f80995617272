#!/bin/sh
# Copies of images in headless Chromium: see images.cjs.
set -u
. tests/browser/lib.sh
browser_or_skip "copies of images in a browser"
. tests/cmd/lib.sh
. tests/golden/lib.sh
cd "$tmp" || exit
site
echo 'images: local' >> candor.yaml
mkdir -p images/a.example
for name in told.png turned.jpg turned-be.jpg moving.gif lossy.webp lossless.webp told.webp drawing.svg; do
	cp "$top/tests/fuzz/corpus/image/$name" images/a.example/
	echo "![$name](https://a.example/$name) "
done | tr -d '\n' > body
thread 5 | sed "s#Yes, that was our mistake. Sorry.#$(cat body)#" > more.jsonl
candor import -q jsonl more.jsonl
candor build -q --now 2026-02-01 2> /dev/null
cd "$top" && node tests/browser/images.cjs "$tmp/public"
