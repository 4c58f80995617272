#!/bin/sh
# The small theme of candor-template(7), taken from the page as it is printed: it
# is whole, nothing is to be said against it, and it speaks its languages.
. tests/cmd/lib.sh
. tests/golden/lib.sh

# Each file is an .It Pa with the .Bd behind it.
mkdir -p "$tmp/site/themes/small/partials" "$tmp/site/themes/small/words" \
	"$tmp/site/themes/small/assets"
sed -n '/^\.Ss A small theme/,/^\.Sh/p' man/candor-template.7 |
	awk -v dir="$tmp/site/themes/small/" '
		/^\.It Pa / { file = dir $3 }
		/^\.Ed/ { inside = 0 }
		inside {
			sub(/^\\&/, "")
			gsub(/\\\(:a/, "\303\244")
			gsub(/\\\(:u/, "\303\274")
			gsub(/\\e/, "\\")
			print > file
		}
		/^\.Bd/ { inside = 1 }'
ok "the page prints all of it" [ "$(find "$tmp/site/themes/small" -type f | wc -l)" -eq 12 ]

cd "$tmp/site" || exit
site
cat >> rules.yaml <<-'END'
scenarios:
  - {slug: lids, title: Lids, when: {text: lid}}
END
echo 'theme: small' >> candor.yaml
ok "it is accepted, without a warning" candor build --strict
ok "a page has its words and the company's" \
	grep -q 'Ada Rask</bdi></b>, works at Brook,' public/products/kettle/index.html
ok "its plural forms" grep -q ': 4 conversations, of 4</li>' public/index.html
ok "the page of the scenario, too" grep -q 'What people say to Brook' \
	public/scenarios/lids/index.html
ok "the fragment" grep -q 'What people say to Brook' public/products/kettle/fragment.html
ok "links and styles lead to files" sh -c '
	for file in $(grep -rhoE "(href|src)=\"\./[^\"#]*" public/index.html | cut -d\" -f2); do
		[ -e "public/$file" ] || { echo "$file" >&2; exit 1; }
	done'

mkdir "$tmp/demo"
cd "$top/content" && cp -R candor.yaml rules.yaml pages archive.jsonl "$tmp/demo"
cd "$tmp/demo" && cp -R ../site/themes . && candor -q import jsonl archive.jsonl
ok "every link of the demo leads somewhere in it, and every id is there" \
	candor check --theme small --strict
cd "$tmp/site" || exit

echo 'language: de' >> candor.yaml
ok "it is complete in German" candor build --strict
ok "a page in German" \
	grep -q 'Ada Rask</bdi></b>, arbeitet bei Brook,' public/products/kettle/index.html
ok "plural forms in German" grep -q ': 4 Gespräche von 4</li>' public/index.html
done_testing
