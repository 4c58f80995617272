#!/bin/sh
# What candor(1) says under SERVING, with nginx: the headers are sent with pages, with
# assets and with errors, and only what changes its name is kept for long.
. tests/cmd/lib.sh
PATH=$PATH:/usr/sbin
command -v nginx > /dev/null || {
	skip "the manual's lines for nginx" "no nginx"
	done_testing
	exit 0
}
image=assets/images/0123456789abcdef0123456789abcdef.png
mkdir -p "$tmp/public/assets/images"
echo x > "$tmp/public/$image"
echo '<!doctype html>' > "$tmp/public/index.html"
echo 'p {}' | tee "$tmp/public/assets/fragment.css" > "$tmp/public/assets/a.0123abcd.css"
mandoc -T ascii man/candor.1 | sed 's/.\x08//g' |
	sed -n '/^SERVING/,/With Apache/{ /^ *set/,/^ *}$/p; }' | nginx_config nginx "$tmp/public"
ok "nginx takes the lines" fails 0 nginx -t -q -e "$tmp/nginx.error" -c "$tmp/nginx.conf"
nginx_start nginx

head_of() { node tests/cmd/get.js "$tmp/nginx.socket" "$1" head > "$tmp/head"; }
has() { # has PATH LINE
	head_of "$1"
	grep -qxF "$2" "$tmp/head" || sed 's/^/# /' "$tmp/head" >&2
	grep -qxF "$2" "$tmp/head"
}
# The page with the search, which may do more, says so by itself.
csp=$(sed -n 's/.*Content-Security-Policy" content="\([^"]*\)".*/\1/p' themes/default/layout.html |
	sed 's/{{#page.search}}[^{]*{{.page.search}}//g')
for path in / /assets/a.0123abcd.css /none; do
	ok "$path: the policy of the pages, and no frames" has $path \
		"content-security-policy: $csp; frame-ancestors 'none'"
	ok "$path: no guessing of types" has $path "x-content-type-options: nosniff"
	ok "$path: little is said to others" has $path \
		"referrer-policy: strict-origin-when-cross-origin"
done
ok "what isn't there is not there" has /none 404
ok "an asset is kept" has /assets/a.0123abcd.css "cache-control: max-age=31536000"
ok "a copy of an image too" has /$image "cache-control: max-age=31536000"
head_of /assets/fragment.css
ok "one whose name stays is asked for again" sh -c \
	'grep -qx 200 "$1" && ! grep -q cache-control "$1"' - "$tmp/head"
kill $server
wait $server
done_testing
