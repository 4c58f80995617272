#!/bin/sh
# An address of a stranger's, wherever the archive has one (venue, product, thread,
# post, author, body, image), becomes a link in pages, fragments and feeds only if it
# leads to the web or to a mailbox, and to the host that it seems to lead to.
. tests/cmd/lib.sh
. tests/golden/lib.sh
mkdir "$tmp/site" && cd "$tmp/site" || exit
site

# records N URL: a venue and a product of that address, and a thread full of it.
records() {
	printf '{"type":"venue","slug":"v%s","name":"V%s","url":"%s","own":true}\n' "$1" "$1" "$2"
	printf '{"type":"product","slug":"p%s","name":"P%s","url":"%s"}\n' "$1" "$1" "$2"
	printf '{"type":"thread","venue":"v%s","id":"t","url":"%s","title":"T","created":"2026-01-05T08:00:00Z","products":["p%s","kettle"],' "$1" "$2" "$1"
	printf '"posts":[{"id":"1","url":"%s","author":{"id":"c","name":"c","url":"%s"},"created":"2026-01-05T08:00:00Z","format":"markdown","body":"[a](<%s>) ![b](<%s>) <%s>"},' "$2" "$2" "$2" "$2" "$2"
	printf '{"id":"2","url":"https://good.example/","author":{"id":"s","name":"s","staff":true,"url":"%s"},"created":"2026-01-05T09:00:00Z","format":"html","body":"We were wrong. <a href=\\"%s\\">c</a> <img src=\\"%s\\" alt=d>"}],' "$2" "$2" "$2"
	printf '"labels":[{"name":"wrong","post":"2","quote":"We were wrong","by":"eve","at":"2026-01-09T00:00:00Z"}]}\n'
}

n=0
while IFS= read -r url; do
	n=$((n + 1))
	records $n "$url"
done > more.jsonl <<'END'
javascript:alert(1)//evil
JavaScript://evil.example/%0aalert(1)
java\tscript:alert(1)//evil
\u0001javascript:alert(1)//evil
java\u00adscript:alert(1)//evil
vbscript:evil
data:text/html,evil
data:image/svg+xml,evil
file:///evil
ftp://evil.example/
//evil.example/a.png
\\\\evil.example\\a.png
/\\evil.example/a.png
http:evil.example
https://good.example@evil.example/
https://good.example:pass@evil.example/a.png
https://good.example\\@evil.example/
END
records good 'https://good.example:8080/a?b=c@d#e' >> more.jsonl
sed -i 's/limit: 4/limit: 40/' rules.yaml
ok "imports them" candor import -q jsonl more.jsonl
ok "builds" candor build -q --now 2026-02-01
ok "every thread is shown" [ "$(ls -d public/threads/v*/t | wc -l)" -eq $((n + 1)) ]
ok "on the product's page too" [ "$(grep -c '<p>We were wrong\. ' public/products/kettle/index.html)" -eq $((n + 1)) ]

# Whatever a browser or a feed's reader follows or loads.
grep -rhoiE '(href|src|srcset|action|cite|poster|data|ping|uri|content)(=|>)(&quot;|")?[^"<& ]*' public \
	--include='*.html' --include='*.xml' | grep -i evil > followed
ok "no link leads to evil" [ ! -s followed ]
[ ! -s followed ] || sed 's/^/# /' followed
good='https://good.example:8080/a?b=c@d#e'
for file in threads/vgood/t/index.html products/pgood/index.html products/pgood/fragment.html; do
	ok "$file: good ones stay" grep -qF "href=\"$good\"" public/$file
done
ok "in feeds" grep -qF "<uri>$good</uri>" public/feed.xml
done_testing
