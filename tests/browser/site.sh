#!/bin/sh
# The built demo in headless Chromium: see site.mjs.
set -u
for tool in node npm chromium; do
	command -v $tool >/dev/null 2>&1 || {
		echo "ok 1 - the demo in a browser # SKIP no $tool"
		echo "1..1"
		exit 0
	}
done
modules=build/browser
# The last Playwright that runs on Debian 12's Node.js.
[ -d $modules/node_modules/axe-core ] || npm install --silent --no-save --no-package-lock \
	--no-audit --no-fund --prefix $modules playwright-core@1.52.0 axe-core@4 >&2 || {
	echo "ok 1 - the demo in a browser # SKIP playwright-core and axe-core cannot be had"
	echo "1..1"
	exit 0
}
make -s demo >&2
NODE_PATH=$modules/node_modules exec node tests/browser/site.cjs build/site build/shop
