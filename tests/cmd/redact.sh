#!/bin/sh
# What the rules say is to be taken out stands nowhere in the published site, in
# whatever form strangers wrote it, and a mark stands in its place; selection and
# quotes see the text as it was; -v says how many, the same at any number of jobs.
. tests/cmd/lib.sh
now=2026-11-20T12:00:00Z

mkdir "$tmp/site"
cat > "$tmp/site/candor.yaml" <<'END'
company: Brook
title: Brook in the open
url: https://open.brook.example/
contact: mailto:open@brook.example
contributors:
  - {name: Ada ada@brook.example, title: Support, accounts: {forum: u1}}
END
cat > "$tmp/site/rules.yaml" <<'END'
drop:
  - matches: 'secret@customer\.example'
redact: [email, phone, card, {name: order number, matches: '\bA-\d{6}\b'}]
END

thread() { # thread ID TITLE NAME BODY REPLY [more members]
	printf '{"type":"thread","venue":"forum","id":"%s",' "$1"
	printf '"url":"https://forum.brook.example/t/%s","title":"%s",' "$1" "$2"
	printf '"created":"2026-01-01T08:00:00Z","products":["kettle"],"posts":['
	printf '{"id":"1","author":{"id":"c%s","name":"%s",' "$1" "$3"
	printf '"url":"mailto:author@customer.example"},'
	printf '"created":"2026-01-01T08:00:00Z","format":"html","body":"%s"},' "$4"
	printf '{"id":"2","parent":"1","author":{"id":"u1","name":"handle@brook.example"},'
	printf '"created":"2026-01-01T09:00:00Z","format":"markdown","body":"%s"}]%s}\n' \
		"$5" "${6-}"
}

cat > "$tmp/site/archive.jsonl" <<'END'
{"type":"venue","slug":"forum","name":"Forum","url":"https://forum.brook.example/","own":true}
{"type":"product","slug":"kettle","name":"Kettle","url":"https://brook.example/kettle"}
END
quote='Our mistake, handle@brook.example: A-654321.'
thread 1 'Lid of title@customer.example' 'name@customer.example' \
	'<p>Call <b>555-</b>123-4567 or bo<i>dy@cust</i>omer.example, A-123456.</p>' \
	"$quote Card 4111 1111 1111 1111. Write to open@brook.example." \
	',"labels":[{"name":"wrong","post":"2","quote":"'"$quote"'","by":"eve","at":"2026-01-09T00:00:00Z"}]' \
	>> "$tmp/site/archive.jsonl"
thread 2 'Spout 555-123-4567' 'Cus' \
	'<p><a href=\"mailto:link@customer.example\">me</a> <img src=\"https://x.example/i.png\" alt=\"alt@customer.example\"> <abbr title=\"abbr@customer.example\">x</abbr></p><pre>code@customer.example</pre>' \
	'[t](https://x.example/?e=query%40customer.example) version 1.2.3 of 2024-01-15' \
	>> "$tmp/site/archive.jsonl"
thread 3 'Dropped A-123456' 'Cus' '<p>secret@customer.example</p>' 'Hm' \
	>> "$tmp/site/archive.jsonl"
thread 4 'Other' '\uff14111 1111 1111 1111' '<p>wide\uff20customer.example</p>' 'Hm' \
	>> "$tmp/site/archive.jsonl"
cd "$tmp/site" || exit 1
ok "imports" candor import -q jsonl archive.jsonl

build() { # build DIR [options]
	_dir=$1
	shift
	candor build -v --theme "$top/themes/default" --now $now --output "$_dir" "$@" \
		2> "$tmp/said"
}

nowhere() { # nowhere PATTERN: in no byte and no name of the site
	! grep -rhoE ".{0,30}($1)" public && ! find public | grep -E "$1"
}

somewhere() { # somewhere TEXT FILE
	grep -qF "$1" "public/$2"
}

page=products/kettle/index.html
ok "builds" build public
ok "and says how many" \
	grep -q '; redacted: 11 email, 2 phone number, 2 card number, 2 order number; ' "$tmp/said"
ok "no address of a customer" nowhere 'customer\.'
ok "no handle that is one" nowhere 'handle'
ok "no phone number" nowhere '555-|123-4567'
ok "no card number" nowhere '111 1111'
ok "no order number" nowhere 'A-[0-9]'
ok "the contributor's name stays" somewhere 'Ada ada@brook.example' threads/forum/1/index.html
ok "the contact stays" somewhere 'Write to open@brook.example' threads/forum/1/index.html
ok "the text around stays" somewhere 'version 1.2.3 of 2024-01-15' threads/forum/2/index.html
for file in $page products/kettle/fragment.html products/kettle/feed.xml feed.xml \
	threads/forum/1/index.html products/kettle/all/index.html; do
	ok "a mark in $file" somewhere '[email removed]' $file
done
quote='Our mistake, [email removed]: [order number removed].'
ok "the quote on the page" somewhere "$quote" $page
ok "and in the ledger" somewhere "\"quote\":\"$quote\"" honesty.json
ok "the quote was checked as written" somewhere '"wrong":1' honesty.json
ok "the title of one that isn't shown" \
	somewhere 'Dropped [order number removed]' products/kettle/all/index.html
ok "the rules say so" somewhere 'Phone numbers are taken out' how-we-choose/index.html

same() {
	[ "$(tree_hash "$1")" = "$(tree_hash "$2")" ]
}
cp "$tmp/said" "$tmp/first"
redacted() { grep -o 'redacted: [^;]*' "$1"; }
counts_as_first() { [ "$(redacted "$tmp/said")" = "$(redacted "$tmp/first")" ]; }
ok "one job" build one --jobs 1
ok "gives the same bytes" same public one
ok "seven jobs" build seven --jobs 7
ok "give the same bytes" same public seven
ok "and the same counts" counts_as_first
candor check -v --theme "$top/themes/default" --now $now 2> "$tmp/said"
ok "and so does check" counts_as_first

sed -i '/^redact/d' rules.yaml
ok "without the key" build public
ok "nothing is taken out" somewhere 'bo<em>dy@cust</em>omer.example' threads/forum/1/index.html
silent() { ! redacted "$tmp/said"; }
ok "and nothing said" silent
done_testing
