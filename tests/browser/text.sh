#!/bin/sh
# The text of real posts before and after, in headless Chromium: see text.cjs.
set -u
. tests/browser/lib.sh
shared=${CANDOR_SHARED:-../shared}
[ -d "$shared/data/stackexchange" ] || {
	echo "ok 1 - the text of real posts # SKIP no $shared"
	echo "1..1"
	exit 0
}
browser_or_skip "the text of real posts"
exec node tests/browser/text.cjs "$shared/data"
