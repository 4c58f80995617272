#!/bin/sh
# The preview of the demo in headless Chromium, while its files change: see preview.cjs.
set -u
. tests/browser/lib.sh
browser_or_skip "the preview in a browser"
make -s build/candor build/demo.db >&2
tmp=$(mktemp -d)
trap 'kill $server 2> "$tmp/gone"; wait; rm -rf "$tmp"' EXIT
cp -R content/candor.yaml content/rules.yaml content/pages content/shop themes "$tmp"
cp build/demo.db "$tmp/archive.db"
# What strangers may call their conversations: one to come, and one on a page now.
build/candor import -q jsonl tests/browser/preview.jsonl --archive "$tmp/archive.db" || exit
build/candor preview -C "$tmp" --shop shop --now 2026-11-20T12:00:00Z > "$tmp/out" 2> "$tmp/err" &
server=$!
until [ -s "$tmp/out" ] || ! kill -0 $server; do sleep 0.1; done
node tests/browser/preview.cjs "$(sed 's/^Preview at //; s/; Ctrl-C ends$//' "$tmp/out")" "$tmp" $server
