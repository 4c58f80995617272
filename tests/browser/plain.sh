#!/bin/sh
# The demo in the plain theme: see site.cjs.
set -u
. tests/browser/lib.sh
browser_or_skip "the demo in the plain theme"
make -s build/demo.db >&2
out=build/plain
build/candor build -q -C content --archive ../build/demo.db --output ../$out/site \
	--theme ../themes/plain --now 2026-11-20T12:00:00Z >&2
rm -rf $out/shop
cp -R content/shop $out/shop
build/candor place -q --output $out/site --now 2026-11-20T12:00:00Z $out/shop >&2
sed -i 's|https://open.wrenholt.example/|../site/|g' $out/shop/*.html
exec node tests/browser/site.cjs $out/site $out/shop unfolded
