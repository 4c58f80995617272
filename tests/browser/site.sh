#!/bin/sh
# The built demo in headless Chromium: see site.cjs.
set -u
. tests/browser/lib.sh
browser_or_skip "the demo in a browser"
make -s demo >&2
exec node tests/browser/site.cjs build/site build/shop
