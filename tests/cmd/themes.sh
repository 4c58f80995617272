#!/bin/sh
# Every theme that comes with candor builds the demo without a warning, in every
# language that the program speaks.
. tests/cmd/lib.sh
candor import -q jsonl content/archive.jsonl --archive "$tmp/archive.db"
for theme in themes/*; do
	for language in en de nl; do
		sed "s/^language: en/language: $language/" content/candor.yaml > "$tmp/candor.yaml"
		ok "$theme in $language" candor build --strict -C content --config "$tmp/candor.yaml" \
			--archive "$tmp/archive.db" --output "$tmp/site" --theme "$top/$theme" \
			--now 2026-11-20T12:00:00Z
	done
done
done_testing
