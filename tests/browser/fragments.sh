#!/bin/sh
# All fragments of the demo on one page of somebody else's shop: see fragments.cjs.
set -u
. tests/browser/lib.sh
browser_or_skip "fragments in other people's shops"
make -s build/demo.db >&2
for theme in default plain; do
	build/candor build -q -C content --archive ../build/demo.db --theme ../themes/$theme \
		--output ../build/fragments/$theme --now 2026-11-20T12:00:00Z >&2
done
exec node tests/browser/fragments.cjs build/fragments
