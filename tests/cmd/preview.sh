#!/bin/sh
# preview, asked as a browser would, while files change: what is shown, what is said of
# mistakes, and that nobody else is answered, nothing else is read and nothing is written.
. tests/cmd/lib.sh
. tests/golden/lib.sh
cd "$tmp" || exit
mkdir work && cd work || exit
fails 3 candor preview && ok "where there is no site" grep -q "run where the site is" "$tmp/fails.out"
site
mkdir -p content shop/css shop/.hidden elsewhere
printf -- '---\ntitle: About\n---\nWe mend kettles.\n' > content/about.md
printf -- '---\ntitle: Soon\ndraft: true\n---\nA draft.\n' > content/soon.md
printf '<!doctype html>\n<title>Kettle</title>\n<body>\n<h1>Kettle</h1>\n<!-- candor:kettle --><!-- /candor -->\n</body>\n' > shop/kettle.html
printf '<!doctype html>\n<title>SSI</title>\n<h1>Kettle</h1>\n<!--#include virtual="/open/products/kettle/fragment.html" -->\n<esi:include src="/open/products/kettle/fragment.html"/>\n<!--#include virtual="/footer.html" -->\n' > shop/ssi.html
echo 'h1 { color: red }' > shop/css/shop.css
echo secret | tee elsewhere/secret.html shop/.hidden/secret.html > shop/.secret.html
ln -s ../elsewhere/secret.html shop/link.html
ln -s ../elsewhere shop/folder
mkfifo shop/pipe.html
thread 9 '"embargo":"2100-12-24T08:30:00Z"' | candor import -q --no-analyze jsonl -
before=$(find . | sort)

servers=
trap 'kill $servers 2> "$tmp/gone"; rm -rf "$tmp"' EXIT
serve() { # serve NAME ARGUMENTS...: $NAME.out has the address
	_name=../$1
	shift
	candor preview "$@" > "$_name.out" 2> "$_name.err" &
	echo $! > "$_name.pid"
	servers="$servers $!"
	until [ -s "$_name.out" ] || ! kill -0 "$(cat "$_name.pid")"; do sleep 0.1; done
}
address() { sed -n 's/^Preview at \(.*\); Ctrl-C ends$/\1/p' "../$1.out"; }
serve a --shop shop --now 2026-02-01
ok "the address is printed" grep -qE '^Preview at http://127\.0\.0\.1:[0-9]+/; Ctrl-C ends$' ../a.out
port=$(address a | sed 's/.*:\([0-9]*\).*/\1/')
ok "a port that is taken" fails 3 timeout 60 candor preview --port "$port"
ok "a port that is none" fails 2 candor preview --port 65536
ok "no folder by that name" fails 2 candor preview --shop ''
cp "$top/tests/cmd/preview.js" ..
add_results node ../preview.js strangers "$(address a)"
add_results node ../preview.js pages "$(address a)"
ok "nothing is written" [ "$before" = "$(find . | sort)" ]
add_results node ../preview.js mistakes "$(address a)"
if command -v sqlite3 > ../which; then
	add_results node ../preview.js locked "$(address a)"
	add_results node ../preview.js damaged "$(address a)"
else
	skip "an archive that another program holds" "no sqlite3"
fi
kill -INT "$(cat ../a.pid)"
wait "$(cat ../a.pid)"
ok "SIGINT ends it well" [ $? -eq 0 ]
ok "what was wrong was told as a build tells it, once" sh -c \
	'[ "$(grep -c "rules.yaml:4:3: error: unknown key .shaer." ../a.err)" -eq 1 ] && grep -q "did you mean .share." ../a.err'

# Begun with a mistake; found by looking now and then; product_pages of candor.yaml.
echo 'product_pages: shop' >> candor.yaml
sed -i 's/share: 25%/share: 25 %%/' rules.yaml
serve b --poll --now 2026-02-01
add_results node ../preview.js begin "$(address b)"
kill -TERM "$(cat ../b.pid)"
wait "$(cat ../b.pid)"
ok "SIGTERM ends it well" [ $? -eq 0 ]

# A clock that runs.
serve c -v
add_results node ../preview.js clock "$(address c)"
kill -INT "$(cat ../c.pid)"
wait "$(cat ../c.pid)"
ok "under -v each time is said" grep -qE '^[0-2][0-9]:[0-5][0-9]:[0-5][0-9] (re)?built in [0-9]+ ms$' ../c.err
done_testing
