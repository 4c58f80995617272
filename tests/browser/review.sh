#!/bin/sh
# The review of the demo without its labels, in headless Chromium: see review.cjs.
set -u
. tests/browser/lib.sh
browser_or_skip "the review in a browser"
make -s build/candor >&2
tmp=$(mktemp -d)
trap 'kill $server; wait; rm -rf "$tmp"' EXIT
server=
cp content/candor.yaml content/rules.yaml "$tmp"
node -e '
	for (const line of require("fs").readFileSync(0, "utf8").trim().split("\n")) {
		const o = JSON.parse(line);

		delete o.labels;
		if (o.type !== "label") console.log(JSON.stringify(o));
	}' < content/archive.jsonl | build/candor import -q jsonl - --archive "$tmp/archive.db" || exit
build/candor analyze -q -C "$tmp" || exit
build/candor review -C "$tmp" --serve --by Kim --now 2026-11-20T12:00:00Z > "$tmp/out" 2> "$tmp/err" &
server=$!
until [ -s "$tmp/out" ] || ! kill -0 $server; do sleep 0.1; done
node tests/browser/review.cjs "$(sed 's/^Review at //; s/; Ctrl-C ends$//' "$tmp/out")" "$tmp"
