#!/bin/sh
# A site in German and one in Dutch: of what the program itself writes no word is
# English, dates and numbers are the language's, and the machine's locale changes
# not a byte.  No post has words here, nor has the theme; the default theme, which
# has some, is looked at in the same way.
. tests/cmd/lib.sh
now=2026-11-20T12:00:00Z

theme() {
	mkdir -p "$1"
	echo 'name: wordless' > "$1/theme.yaml"
	cat > "$1/layout.html" <<-'END'
	<!doctype html>
	<html lang="{{language}}">
	<head>
	<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
	<title>{{page.title}}</title>
	</head>
	<body>
	<nav>{{#menu}}<a href="{{root}}{{path}}">{{title}}</a> {{/menu}}</nav>
	{{content}}
	</body>
	</html>
	END
	printf '# {{site_title}}\n\n{{stats.candidates}} {{stats.required}}\n' > "$1/index.md"
	printf '# {{page.title}}\n\n{{content}}\n' > "$1/page.md"
	printf '# {{contributor.name}}\n\n{{contributor.shown}} {{contributor.since.text}}\n' \
		> "$1/contributor.md"
	cat > "$1/thread.md" <<-'END'
	# {{thread.title}}

	{{thread.created.text}} {{thread.posts_count}}

	{{> disclosure}}

	{{#thread.posts}}
	<div>

	{{author.name}} {{created.text}} {{score}} {{#licence}}{{name}}{{/licence}}

	{{body}}

	</div>
	{{/thread.posts}}
	END
	printf '# {{product.name}}\n\n{{> disclosure}}\n\n{{product.required}}\n' > "$1/product.md"
	cp "$1/product.md" "$1/fragment.md"
	printf '# {{scenario.title}}\n\n{{> disclosure}}\n' > "$1/scenario.md"
}

# thread ID FIRST SECOND [members]: two posts, their members behind id and created
thread() {
	printf '{"type":"thread","venue":"forum","id":"%s","url":"https://forum.brook.example/%s","title":"Xyz %s","created":"2026-03-05T08:00:00Z","products":["kettle"],"posts":[{"id":"1","created":"2026-03-05T08:00:00Z","format":"text",%s},{"id":"2","created":"2026-05-08T09:00:00Z","format":"text",%s}]%s}\n' \
		"$1" "$1" "$1" "$2" "$3" "${4:+,$4}"
}

archive() {
	_asks='"author":{"id":"c","name":"zzz"},"body":"Xyzzy."'
	_ours='"author":{"id":"u1","name":"ada"},"body":"Xyzzy."'
	cat <<-'END'
	{"type":"venue","slug":"forum","name":"Xyforum","url":"https://forum.brook.example/"}
	{"type":"product","slug":"kettle","name":"Xykettle","url":"https://brook.example/kettle"}
	{"type":"product","slug":"oven","name":"Xyoven","url":"https://brook.example/oven"}
	{"type":"product","slug":"pan","name":"Xypan","url":"https://brook.example/pan"}
	END
	_cc='"licence":"CC0 1.0"'
	# Nobody and somebody without a name, a licence without one, a score to group.
	thread 1 "\"author\":null,\"body\":\"Xyzzy a@b.example 555-123-4567 4111111111111111 A-123456\",$_cc" \
		"\"author\":{\"id\":\"d\",\"name\":\"\\u200b\"},\"body\":\"Xyzzy.\",\"licence\":\"\\u200b\",\"score\":12345" |
		sed 's/Xyz 1/\\u200b/'
	thread 2 "$_asks,$_cc" "$_ours,$_cc" '"labels":[{"name":"wrong","post":"2","quote":"Xyzzy.","by":"eve","at":"2026-06-01T00:00:00Z"}]'
	thread 3 "$_asks,$_cc" "$_ours,$_cc" '"hidden":true'
	thread 4 "$_asks,$_cc" "$_ours,$_cc" '"embargo":"2027-01-01T00:00:00Z"'
	thread 5 "$_asks,$_cc" "$_ours,$_cc" '"expires":"2026-06-01T00:00:00Z"'
	thread 6 "$_asks" "$_ours"
	thread 7 "$_asks,$_cc" "$_ours,$_cc" '"tags":["keep"]'
	thread 8 "$_asks,$_cc" "$_ours,$_cc" '"tags":["drop"]'
	i=10
	while [ $i -lt 20 ]; do # of one customer, and then of many
		thread $i "$(echo "$_asks" | sed "s/\"c\"/\"c$((i / 15 * i))\"/"),$_cc" "$_ours,$_cc"
		i=$((i + 1))
	done
	thread 30 "$_asks,$_cc" "$_ours,$_cc" | sed 's/"kettle"/"oven"/; s/05-08/03-05/'
}

rules() {
	cat <<-'END'
	publish: {limit: 3}
	caps: {per_customer: 1, per_contributor: 60%, per_venue: 1/1}
	match:
	  - {product: kettle, tag: [x, y], posts: {min: 1, max: 9}}
	keep:
	  - not: {tag: keep}
	  - any: [{solved: yes}, {not: {thanked: yes}}, {all: [{score: {min: 3}}, {contributor: yes}]}]
	drop:
	  - tag: drop
	  - text: {any: [plugh*, "plover"], all: [frotz, ozmoo]}
	  - {matches: '\bA-\d{9}\b', age: {min: 5 years}, label: zork, venue: forum}
	wrong: {share: 25%, max_age: 3 years}
	products: {kettle: {limit: 4, wrong: {share: 1/4}}}
	redact: [email, phone, card, {name: xyzno, matches: '\bA-\d{6}\b'}]
	scenarios:
	  - {slug: plugh, title: Xyplugh, when: {wrong: yes}}
	END
}

site() { # site LANGUAGE
	mkdir -p "$tmp/$1"
	cat > "$tmp/$1/candor.yaml" <<-END
	company: Brook
	title: Xybrook
	url: https://open.brook.example/
	contact: mailto:xy@brook.example
	theme: ../theme/
	language: $1
	search: pagefind
	contributors:
	  - {name: Ada Rask, accounts: {forum: u1}, consent: 2026-01-01}
	END
	rules > "$tmp/$1/rules.yaml"
	candor import -q jsonl "$tmp/archive.jsonl" --archive "$tmp/$1/archive.db"
	candor build -q -C "$tmp/$1" --now $now
}

# All that people read, without tags and what the site's owner gave names to.
words() {
	find "$tmp/$1" -name '*.html' -exec cat {} + |
		sed 's/<[^>]*>/ /g; s/rules\.yaml[0-9:]*//g; s/honesty\.json//g'
	find "$tmp/$1" -name '*.html' -exec grep -ohE \
		'(aria-label|title|alt|name="description" content)="[^"]*"' {} + |
		sed 's/^[^"]*\("description" content\)*="//'
	sed -n 's/<title>\(.*\)<\/title>/\1/p' "$tmp/$1/wrong.xml"
}

theme "$tmp/theme"
archive > "$tmp/archive.jsonl"
english='the|and|were|wrong|conversations?|deleted|unnamed|untitled|licen[cs]e|removed|shown?|shows|all|every|here|there|pages|posts?|rules|choose|chose|company|customers?|people|one|least|most|points?|days?|years?|if|it|its|that|this|from|who|back|start|full|january|march|may|october|november|december|between|held|about|published|something|tell|whole|list|taken|number|page'
no_english() { # no_english FOLDER
	words "$1" | grep -noiwE "$english" > "$tmp/left"
	ok "$1: no word of English" [ ! -s "$tmp/left" ]
	sort -t: -k2 -u "$tmp/left" | sed 's/^/# /' >&2
}
for language in de nl en; do
	ok "a site in $language" site $language
	ok "and in the default theme" candor build -q -C "$tmp/$language" --now $now \
		--theme "$top/themes/default" --output theme
done
no_english de/public
no_english nl/public
no_english de/theme
no_english nl/theme
ok "it would have been found" [ \
	"$(words en/public | grep -oiwE "$english" | tr A-Z a-z | sort -u | wc -l)" -gt 50 ]

# --- in particular ---

nbsp=$(printf '\302\240')
while IFS='|' read -r language file text name; do
	sed 's/<[^>]*>//g' "$tmp/$language/public/$file" > "$tmp/text"
	ok "$language: $name" grep -qF -- "$(echo "$text" | sed "s/_/$nbsp/g")" "$tmp/text"
done <<'END'
de|products/kettle/index.html|Brook zeigt 4 von 18 öffentlichen Gesprächen über Xykettle, geführt am 8. Mai 2026. In 1 von 4 haben wir uns geirrt; unsere Regeln verlangen mindestens 25_%.|the disclosure
nl|products/kettle/index.html|Brook toont 4 van 18 openbare gesprekken over Xykettle, gevoerd op 8 mei 2026. In 1 van 4 hadden we het mis; onze regels eisen minstens 25%.|the disclosure
en|products/kettle/index.html|Brook shows 4 of 18 public conversations about Xykettle, held on 8 May 2026. In 1 of 4 we were wrong; our rules demand at least 25%.|the disclosure
de|products/oven/index.html|Brook zeigt 0 von 1 öffentlichen Gespräch über|one conversation
nl|products/oven/index.html|Brook toont 0 van 1 openbaar gesprek over|one conversation
en|products/oven/index.html|Brook shows 0 of 1 public conversation about|one conversation
de|threads/forum/1/index.html|zwischen dem 5. März 2026 und dem 8. Mai 2026|two days
nl|threads/forum/1/index.html|tussen 5 maart 2026 en 8 mei 2026|two days
en|threads/forum/1/index.html|between 5 March 2026 and 8 May 2026|two days
de|threads/forum/1/index.html|ohne Namen 8. Mai 2026 12.345 Lizenz ohne Namen|names that are none, dates and numbers
nl|threads/forum/1/index.html|naamloos 8 mei 2026 12.345 naamloze licentie|names that are none, dates and numbers
en|threads/forum/1/index.html|unnamed 8 May 2026 12,345 unnamed licence|names that are none, dates and numbers
de|threads/forum/1/index.html|[E-Mail-Adresse entfernt] [Telefonnummer entfernt] [Kartennummer entfernt] [xyzno entfernt]|marks
nl|threads/forum/1/index.html|[e-mailadres verwijderd] [telefoonnummer verwijderd] [kaartnummer verwijderd] [xyzno verwijderd]|marks
de|threads/forum/3/index.html|Ein Gespräch, das zurückgezogen wurde|a withdrawn conversation
nl|threads/forum/3/index.html|Een gesprek dat is ingetrokken|a withdrawn conversation
de|wrong.xml|Xybrook: wo wir uns geirrt haben|a feed's title
nl|wrong.xml|Xybrook: waar we het mis hadden|a feed's title
END
for language in de nl; do
	ok "$language: each of nine reasons" [ \
		"$(grep -c '^<h2>.*: [1-9]' "$tmp/$language/public/products/kettle/all/index.html")" -eq 9 ]
done

# --- other languages ---

ok "a site in French" sh -c 'sed "s/^language:.*/language: fr/" "$1/de/candor.yaml" > "$1/de/fr.yaml" &&
	candor build -q -C "$1/de" --config fr.yaml --output fr --now "$2" 2> "$1/warned"' - "$tmp" $now
ok "is warned of, once" [ "$(grep -c language-unknown "$tmp/warned")" -eq 1 ]
ok "has a disclosure that is marked as English" grep -qF \
	'<p class="candor-disclosure" lang="en" dir="ltr">Brook shows 4 of 18' \
	"$tmp/de/fr/products/kettle/index.html"
ok "and built-in pages" grep -q '<div lang="en" dir="ltr">' "$tmp/de/fr/about/index.html"
ok "no other is" sh -c '! grep -rq "lang=\"en\" dir" "$1/de/public" "$1/en/public"' - "$tmp"
ok "dates and numbers are nobody's" grep -q "2026-05-08 12${nbsp}345" \
	"$tmp/de/fr/threads/forum/1/index.html"

# --- the machine's locale ---

# Turkish has another i; where its locale isn't there, its rules may be.
mkdir "$tmp/locales"
if localedef -i tr_TR -f UTF-8 "$tmp/locales/tr_TR.UTF-8" 2> /dev/null; then
	before=$(tree_hash "$tmp/de/public")
	rm -rf "$tmp/de/public" "$tmp/de/.candor"
	ok "with the machine in Turkish" env LOCPATH="$tmp/locales" LC_ALL=tr_TR.UTF-8 \
		candor build -q -C "$tmp/de" --now $now
	ok "not a byte differs" [ "$(tree_hash "$tmp/de/public")" = "$before" ]
else
	skip "with the machine in Turkish" "localedef can't make the locale"
fi
done_testing
