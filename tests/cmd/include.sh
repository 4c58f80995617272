#!/bin/sh
# What candor(1) says under PLACING, with nginx, Varnish and make: the examples of the
# manual themselves put a fragment into a shop's page, byte for byte, and nothing where
# there is no fragment.
. tests/cmd/lib.sh
. tests/golden/lib.sh
PATH=$PATH:/usr/sbin
mkdir "$tmp/open" && cd "$tmp/open" || exit
site
candor build -q --now 2026-02-01
fragment=$tmp/open/public/products/kettle/fragment.html

# manual SECTION FIRST LAST: the lines of an example
manual() {
	mandoc -T ascii "$top/man/candor.1" | sed 's/.\x08//g' |
		sed -n "/^   $1\$/,/^   [A-Z]\|^[A-Z]/{ /^ *$2/,/^ *$3/p; }"
}
# page KIND SLUG: a shop's page with the manual's line for this product
page() {
	printf '<!doctype html>\n<h1>Tea</h1>\n'
	manual "$1" '<' '' | head -n 1 | sed "s/^ *//; s/ember-kettle/$2/"
	printf '<p>The end.</p>\n'
}
# wanted FILE...: the page with this in place of that line
wanted() {
	printf '<!doctype html>\n<h1>Tea</h1>\n'
	cat "$@"
	printf '\n<p>The end.</p>\n'
}
get() { node "$top/tests/cmd/get.js" "$@"; }
is() { # is FILE COMMAND...: prints the file's bytes
	_file=$1
	shift
	"$@" | diff "$_file" - >&2
}
wanted "$fragment" > "$tmp/with"
wanted < /dev/null > "$tmp/without"

# The shop's server, for nginx with includes, and behind Varnish without.
mkdir "$tmp/shop"
if command -v nginx > /dev/null; then
	page 'Server-side includes' kettle > "$tmp/shop/kettle.html"
	page 'Server-side includes' spoon > "$tmp/shop/spoon.html"
	manual 'Server-side includes' 'location \/' 'zzz' | sed '/^ *Includes/,$d' |
		sed "s#/srv/open/public#$tmp/open/public#" | nginx_config ssi "$tmp/shop"
	nginx_start ssi
	ok "nginx includes a fragment" is "$tmp/with" get "$tmp/ssi.socket" /kettle.html
	ok "and nothing where there is none" is "$tmp/without" get "$tmp/ssi.socket" /spoon.html
	ok "which has no address of its own" is /dev/null \
		get "$tmp/ssi.socket" /candor/products/kettle/fragment.html
	mv "$tmp/open/public" "$tmp/open/moved"
	ok "nor does the page need the site" is "$tmp/without" get "$tmp/ssi.socket" /kettle.html
	mv "$tmp/open/moved" "$tmp/open/public"
	kill $server
	wait $server
else
	skip "the manual's include for nginx" "no nginx"
fi

if command -v nginx > /dev/null && command -v varnishd > /dev/null; then
	page 'Edge-side includes' kettle > "$tmp/shop/kettle.html"
	page 'Edge-side includes' spoon > "$tmp/shop/spoon.html"
	echo "location /products/ { root $tmp/open/public; }" | nginx_config origin "$tmp/shop"
	nginx_start origin
	manual 'Edge-side includes' 'vcl 4.1' 'zzz' | sed '/^ *Here too/,$d' |
		sed "s#\.host = \"[a-z.]*\"#.path = \"$tmp/origin.socket\"#" > "$tmp/esi.vcl"
	varnishd -j none -n "$tmp/varnish" -a "$tmp/esi.socket" -f "$tmp/esi.vcl" -s malloc,16m \
		-P "$tmp/varnish.pid" > "$tmp/varnish.log" 2>&1 || cat "$tmp/varnish.log" >&2
	ok "Varnish includes a fragment" is "$tmp/with" get "$tmp/esi.socket" /kettle.html
	ok "and nothing where there is none" is "$tmp/without" get "$tmp/esi.socket" /spoon.html
	ok "which has no address of its own" fails 1 get "$tmp/esi.socket" /candor/products/kettle/fragment.html
	varnish=$(cat "$tmp/varnish.pid")
	kill "$varnish" $server
	wait $server
	while kill -0 "$varnish" 2> /dev/null; do
		sleep 0.1
	done
else
	skip "the manual's include for Varnish" "no nginx or no varnishd"
fi

# --- make and sed ---
around() {
	printf '<!doctype html>\n<h1>Tea</h1>\n<!-- conversations -->\n'
	cat "$@"
	printf '<p>The end.</p>\n'
}
mkdir -p "$tmp/built/pages" && cd "$tmp/built" || exit
manual 'Build-time includes' 'SITE = ' 'zzz' | sed '/^ *sed(1)/,$d' |
	sed 's/^     //; s/^ \{7,\}/\t/' > Makefile
for slug in kettle spoon; do
	around < /dev/null > pages/$slug.html
done
ok "make builds a page" make -s out/kettle.html
around "$fragment" > with
ok "with the fragment" cmp with out/kettle.html
ok "and a page without one" make -s out/spoon.html
ok "as it is" cmp pages/spoon.html out/spoon.html
ok "which is new" make -s -q out/kettle.html
touch -d '+1 hour' "$fragment"
ok "a new fragment builds it anew" fails 1 make -s -q out/kettle.html
done_testing
