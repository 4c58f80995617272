#!/bin/sh
# Every page of the demo, with some odd conversations in it, and every fragment in
# a shop's page is valid HTML to two validators: the Nu checker, which is the
# W3C's, and html-validate.
. tests/cmd/lib.sh

validators || {
	skip "valid HTML" "html-validate and vnu-jar cannot be had"
	done_testing
	exit
}
edge_site "$tmp" || exit
# Fragments are parts of pages: each in one, and several in another.
in_a_shop() {
	printf '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
	printf '<title>Shop</title>\n</head>\n<body>\n<h1>Product</h1>\n'
	cat "$@"
	printf '</body>\n</html>\n'
}
products=$tmp/public/products
in_a_shop "$products/lull-clock/fragment.html" "$products/stow-box/fragment.html" \
	"$products/peg-rail/fragment.html" > "$tmp/several" && mv "$tmp/several" "$products/several.html"
for fragment in "$products"/*/fragment.html; do
	in_a_shop "$fragment" > "$fragment.in" && mv "$fragment.in" "$fragment"
done

# Not messages: of a file, 'self' is nothing to the checker's Content Security
# Policy, and it takes data in a script element for a script.  A post's headings
# begin at h4, below a product and a conversation, also on the conversation's own
# page, whose title is the h1.
known='Resource violates Content Security Policy.*|Inline script violates Content Security Policy.*'
known="$known|The heading .h4. \(with computed level 4\) follows the heading .h1. .*"
nu() { # nu PATH...
	java -jar "$NODE_PATH/vnu-jar/build/dist/vnu.jar" --Werror --skip-non-html \
		--filterpattern "$known" "$@" > "$tmp/nu" 2>&1 || { head -40 "$tmp/nu" >&2; return 1; }
}
if command -v java > /dev/null; then
	ok "the Nu checker on $(find "$tmp/public" -name '*.html' | wc -l) pages" nu "$tmp/public"
	echo '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><p><ul></ul></p></body></html>' \
		> "$tmp/broken.html"
	ok "which finds mistakes" fails 1 nu "$tmp/broken.html"
else
	skip "the Nu checker" "no java"
fi
add_results node tests/cmd/html.cjs "$tmp/public"
done_testing
