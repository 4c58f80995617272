#!/bin/sh
# What every page says of itself to machines: search engines (schema.org's
# structured data, robots, descriptions) and those who show links (Open Graph).
. tests/cmd/lib.sh

edge_site "$tmp" || exit
add_results node tests/cmd/metadata.js "$tmp/public" https://open.wrenholt.example/ \
	"$tmp/export.jsonl"
# With a country there is a locale in Open Graph's sense.
sed -i 's/^language: en$/language: en-ie/' "$tmp/candor.yaml"
candor build -q -C "$tmp" --theme "$top/themes/default" --now 2026-11-20T12:00:00Z
ok "a language with its country is a locale" \
	grep -q '<meta property="og:locale" content="en_IE">' "$tmp/public/index.html"
sed -i 's/^language: en-ie$/language: en-12/' "$tmp/candor.yaml"
candor build -q -C "$tmp" --theme "$top/themes/default" --now 2026-11-20T12:00:00Z
ok "two digits are no country" sh -c '! grep -q og:locale "$1"' - "$tmp/public/index.html"
done_testing
