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
cat > "$tmp/get.js" <<'END'
const [socketPath, path] = process.argv.slice(2);
require('http').get({ socketPath, path, headers: { host: 'shop' } }, (r) => {
	process.exitCode = r.statusCode === 200 ? 0 : 1;
	r.pipe(process.stdout);
});
END
get() { node "$tmp/get.js" "$@"; }
wait_for() { # wait_for SOCKET
	tries=0
	until [ -S "$1" ] || [ $tries -eq 150 ]; do
		tries=$((tries + 1))
		sleep 0.2
	done
}
is() { # is FILE COMMAND...: prints the file's bytes
	_file=$1
	shift
	"$@" | diff "$_file" - >&2
}
wanted "$fragment" > "$tmp/with"
wanted < /dev/null > "$tmp/without"

# The shop's server, for nginx with includes, and behind Varnish without.
mkdir "$tmp/shop"
serve() { # serve NAME: what is on standard input is in its server block
	{
		echo "daemon off; master_process off; pid $tmp/$1.pid; error_log $tmp/$1.error;"
		echo 'events {}'
		echo "http { access_log off; types { text/html html; text/css css; }"
		for folder in client_body proxy fastcgi uwsgi scgi; do
			echo "${folder}_temp_path $tmp/$folder;"
		done
		echo "server { listen unix:$tmp/$1.socket; root $tmp/shop;"
		cat
		echo '} }'
	} > "$tmp/$1.conf"
	nginx -e "$tmp/$1.error" -c "$tmp/$1.conf" &
	wait_for "$tmp/$1.socket"
}

if command -v nginx > /dev/null; then
	page 'Server-side includes' kettle > "$tmp/shop/kettle.html"
	page 'Server-side includes' spoon > "$tmp/shop/spoon.html"
	manual 'Server-side includes' 'location \/' 'zzz' | sed '/^ *Includes/,$d' |
		sed "s#/srv/open/public#$tmp/open/public#" | serve ssi
	ok "nginx includes a fragment" is "$tmp/with" get "$tmp/ssi.socket" /kettle.html
	ok "and nothing where there is none" is "$tmp/without" get "$tmp/ssi.socket" /spoon.html
	ok "which has no address of its own" is /dev/null \
		get "$tmp/ssi.socket" /candor/products/kettle/fragment.html
	mv "$tmp/open/public" "$tmp/open/moved"
	ok "nor does the page need the site" is "$tmp/without" get "$tmp/ssi.socket" /kettle.html
	mv "$tmp/open/moved" "$tmp/open/public"
	kill "$(cat "$tmp/ssi.pid")"
	wait
else
	skip "the manual's include for nginx" "no nginx"
fi

if command -v nginx > /dev/null && command -v varnishd > /dev/null; then
	page 'Edge-side includes' kettle > "$tmp/shop/kettle.html"
	page 'Edge-side includes' spoon > "$tmp/shop/spoon.html"
	echo "location /products/ { root $tmp/open/public; }" | serve origin
	manual 'Edge-side includes' 'vcl 4.1' 'zzz' | sed '/^ *Here too/,$d' |
		sed "s#\.host = \"[a-z.]*\"#.path = \"$tmp/origin.socket\"#" > "$tmp/esi.vcl"
	varnishd -j none -n "$tmp/varnish" -a "$tmp/esi.socket" -f "$tmp/esi.vcl" -s malloc,16m \
		-P "$tmp/varnish.pid" > "$tmp/varnish.log" 2>&1 || cat "$tmp/varnish.log" >&2
	wait_for "$tmp/esi.socket"
	ok "Varnish includes a fragment" is "$tmp/with" get "$tmp/esi.socket" /kettle.html
	ok "and nothing where there is none" is "$tmp/without" get "$tmp/esi.socket" /spoon.html
	ok "which has no address of its own" fails 1 get "$tmp/esi.socket" /candor/products/kettle/fragment.html
	kill "$(cat "$tmp/varnish.pid")" "$(cat "$tmp/origin.pid")"
	wait
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
ok "a new fragment builds it anew" sh -c 'sleep 0.01; touch "$1"; ! make -q out/kettle.html' - "$fragment"
done_testing
