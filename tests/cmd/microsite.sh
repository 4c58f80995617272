#!/bin/sh
# What the microsite says of itself: where we were wrong is all of it, newest
# first; the menu holds what it should, in order, and knows where it is.
. tests/cmd/lib.sh
now=2026-11-20T12:00:00Z

config() {
	cat <<-'END'
	company: Brook
	title: Brook in the open
	url: https://open.brook.example/
	contact: mailto:open@brook.example
	END
}

# thread ID DAY [more members]: a wrong thread whose admission is of that day
thread() {
	printf '{"type":"thread","venue":"forum","id":"%s","url":"https://forum.brook.example/t/%s","title":"Lid %s","created":"%sT08:00:00Z","products":["kettle"],"posts":[{"id":"1","author":{"id":"c%s","name":"cust%s"},"created":"%sT08:00:00Z","format":"text","body":"The lid sticks."},{"id":"2","author":{"id":"u1","name":"ada"},"created":"%sT09:00:00Z","format":"markdown","body":"Yes, that was our mistake."}],"labels":[{"name":"wrong","post":"2","quote":"that was our mistake","by":"eve","at":"2026-11-01T00:00:00Z"}]%s}\n' \
		"$1" "$1" "$1" "$2" "$1" "$1" "$2" "$2" "${3:+,$3}"
}

site() { # site DIR [more of Ada], with the threads from standard input
	mkdir -p "$1"
	{
		config
		echo 'contributors:'
		echo "  - {name: Ada Rask, title: Support, accounts: {forum: u1}${2-}}"
	} > "$1/candor.yaml"
	echo 'publish: {limit: 2}' > "$1/rules.yaml"
	{
		echo '{"type":"venue","slug":"forum","name":"Forum","url":"https://forum.brook.example/","own":true}'
		echo '{"type":"product","slug":"kettle","name":"Kettle","url":"https://brook.example/kettle"}'
		cat
	} > "$1/archive.jsonl"
	candor import -q jsonl "$1/archive.jsonl" --archive "$1/archive.db"
}

build() { # build DIR [options]
	_dir=$1
	shift
	candor build -q -C "$_dir" --theme "$top/themes/default" --now $now "$@"
}

titles() { # the threads on a page, in its order
	grep -o '<bdi>Lid [a-z0-9]*</bdi></a>$' "$1" | tr -dc '0-9\n'
}

links() { # the menu of a page: path and title, a line each
	sed -n '/<nav aria-label="Main">/,/<\/nav>/s/^<li><a href="\([^"]*\)"\(.*\)>\(.*\)<\/a><\/li>$/\1\2 \3/p' "$1"
}

# --- where we were wrong ---

# 205 of them, the last on the newest day; ten by ten on one day.
many() {
	i=100
	while [ $i -lt 305 ]; do
		thread $i "2026-0$((i / 50))-1$((i / 10 % 5))"
		i=$((i + 1))
	done
	thread 99 2026-07-01 '"hidden":true'
	thread 98 2026-07-01 '"embargo":"2027-01-01T00:00:00Z"'
}
many | site "$tmp/many"
ok "a site with many wrong threads" build "$tmp/many"
wrong=$tmp/many/public/wrong
cat "$wrong/index.html" "$wrong/2/index.html" "$wrong/3/index.html" > "$tmp/all.html"
# By day downwards, then by id.
i=100
while [ $i -lt 305 ]; do
	echo "$((i / 10)) $i"
	i=$((i + 1))
done | sort -k1,1nr -k2,2n | cut -d' ' -f2 > "$tmp/expected"
titles "$tmp/all.html" > "$tmp/titles"
ok "all that may be shown, newest admission first" cmp "$tmp/expected" "$tmp/titles"
ok "a hundred on a page" [ "$(titles "$wrong/index.html" | wc -l)" -eq 100 ]
ok "the rest on the last" [ "$(titles "$wrong/3/index.html" | wc -l)" -eq 5 ]
ok "and no page more" [ ! -e "$wrong/4" ]
ok "the first leads to the second" grep -q '<a href="../wrong/2/" rel="next">' "$wrong/index.html"
ok "the second back" grep -q '<a href="../../wrong/" rel="prev">' "$wrong/2/index.html"
ok "and on" grep -q '<a href="../../wrong/3/" rel="next">' "$wrong/2/index.html"
ok "the last not further" sh -c '! grep -q rel=.next "$1"' - "$wrong/3/index.html"
ok "its head counts them, and those left out" [ \
	"$(grep -c 'wrong (205), .* it is 207 of 207\.\|Not here: 2\.' \
	"$wrong/index.html")" -eq 2 ]
ok "what isn't on a product's page says so" [ "$(grep -c ', on no product' "$tmp/all.html")" -eq 203 ]
ok "each names sentence, person, day, product and origin" grep -Pzq \
	'<p><bdi>that was our mistake</bdi></p>\n<footer><bdi>Ada Rask</bdi>, Support, <time datetime="2026-06-10">10 June 2026</time></footer></blockquote>\n<p><a href="../threads/forum/300/#t_forum_300_2"><bdi>Lid 300</bdi></a>\n<span class="candor-meta"><a href="https://forum.brook.example/t/300"><bdi>Forum</bdi></a>, <a href="../products/kettle/"><bdi>Kettle</bdi></a>' \
	"$wrong/index.html"
ok "one disclosure on each page" [ "$(grep -c '<p class="candor-disclosure">' "$tmp/all.html")" -eq 3 ]
ok "the sitemap has all three, of the newest admission's day" [ \
	"$(tr -d '\n' < "$tmp/many/public/sitemap.xml" | grep -o '/wrong/[23/]*</loc> *<lastmod>2026-06-10' | wc -l)" -eq 3 ]
ok "the feed belongs to the page" grep -q 'href="https://open.brook.example/wrong/"' \
	"$tmp/many/public/wrong.xml"
echo 'thread_pages: shown' >> "$tmp/many/candor.yaml"
ok "with pages for what is shown alone" build "$tmp/many"
ok "only those" [ "$(titles "$wrong/index.html" | wc -l)" -eq 2 ]
ok "and no second page" [ ! -e "$wrong/2" ]

# --- the menu ---

page() { # page SITE NAME FRONT...
	mkdir -p "$1/content"
	_file=$1/content/$2.md
	shift 2
	{ echo ---; printf '%s\n' "$@"; echo ---; echo Words.; } > "$_file"
}
thread 1 2026-01-01 | site "$tmp/menu" ', consent: 2026-01-01'
page "$tmp/menu" jobs 'title: Jobs' 'menu: 25'
page "$tmp/menu" quiet 'title: Quiet'
page "$tmp/menu" hushed 'title: Hushed' 'menu: none'
page "$tmp/menu" about 'title: Why'
page "$tmp/menu" unfinished 'title: Unfinished' 'menu: 2' 'draft: true'
page "$tmp/menu" how-we-choose 'title: Ours' 'draft: true'
printf -- '---\r\ntitle: Lines\r\nmenu: 26\r\n---\r\nOf *Windows*.\r\n' > "$tmp/menu/content/lines.md"
cat >> "$tmp/menu/rules.yaml" <<'END'
scenarios:
  - {slug: guests, title: Guests, when: {text: lid}}
END
page "$tmp/menu" last 'title: <Last & least>' 'menu: 1000'
ok "a site with pages of its own" build "$tmp/menu"
cat > "$tmp/expected" <<'END'
../about/ Why
../how-we-choose/ How we choose
../jobs/ aria-current="page" Jobs
../lines/ Lines
../wrong/ Where we were wrong
../contributors/ Who answers
../scenarios/ Situations
../report-a-problem/ Report a problem
../last/ &lt;Last &amp; least&gt;
END
links "$tmp/menu/public/jobs/index.html" > "$tmp/links"
ok "the menu has those that ask for it in their places" cmp "$tmp/expected" "$tmp/links"
ok "a draft isn't published" [ ! -e "$tmp/menu/public/unfinished" ]
ok "nor does it replace a page" grep -q 'the rules</a> themselves' \
	"$tmp/menu/public/how-we-choose/index.html"
ok "lines may end as on Windows" grep -q '<p>Of <em>Windows</em>.</p>' \
	"$tmp/menu/public/lines/index.html"
ok "on the front page none is the current one" \
	[ "$(links "$tmp/menu/public/index.html" | grep -c aria-current)" -eq 0 ]
page "$tmp/menu" about 'title: Why' 'menu: none'
page "$tmp/menu" report-a-problem 'title: Tell us' 'menu: 1'
ok "built-in pages replaced" build "$tmp/menu"
ok "may move, or leave the menu" [ "$(links "$tmp/menu/public/index.html" | head -n 2 | tr '\n' ' ')" = \
	"./report-a-problem/ Tell us ./how-we-choose/ How we choose " ]

# --- topics ---

# Of four shown threads all have "all", three "Three Lids", two "two", one "one";
# two an address of somebody and the product's own name, and two tags look alike.
tagged() {
	thread 1 2026-01-01 '"tags":["all","Three Lids","two","one","eve@brook.example","Kettle"]'
	thread 2 2026-01-02 '"tags":["all","Three Lids","two","eve@brook.example","Kettle"]'
	thread 3 2026-01-03 '"tags":["all","Three Lids"]'
	thread 4 2026-01-04 '"tags":["all","three-lids"]'
	thread 5 2026-01-05 '"tags":["all","three-lids"],"hidden":true'
}
tagged | site "$tmp/topics"
printf 'publish: {limit: 4}\nredact: [email]\n' > "$tmp/topics/rules.yaml"
ok "a site with tags" build "$tmp/topics"
kettle=$tmp/topics/public/products/kettle
ok "topics are what some threads share, not all, and not the product's name" [ "$(ls "$kettle/topics" | sed 's/-[0-9a-f]*$//' |
	tr '\n' ' ')" = "email-removed three-lids two " ]
ok "the most frequent first" [ "$(grep -o '/topics/.*</bdi></a> [0-9]' "$kettle/index.html" |
	sed 's/.*<bdi>\(.*\)<.bdi><.a>/\1/' | tr '\n' ',')" = \
	"Three Lids 3,[email removed] 2,two 2," ]
ok "no address is in one" sh -c '! grep -rqi "eve.brook" "$1"' - "$kettle"
topic=$(echo "$kettle"/topics/three-lids*/index.html)
ok "a topic has its threads, in the order of the page" \
	[ "$(grep -o 'Lid [0-9]</bdi></a>$' "$topic" | tr -dc 0-9)" = 321 ]
ok "as links to their places on it" grep -q 'href="../../../../products/kettle/#t_forum_3"' "$topic"
ok "says what it is a part of" grep -q '</a>: 3 of 4\. The share ' "$topic"
ok "and isn't to be indexed" grep -q '<meta name="robots" content="noindex">' "$topic"

tags=$(seq -f '"tag %03g"' 300 | paste -sd,)
{
	thread 1 2026-01-01 "\"tags\":[$tags,\"all\"]"
	thread 2 2026-01-02 "\"tags\":[$tags,\"all\"]"
	thread 3 2026-01-03 '"tags":["tag 150","all"]'
	thread 4 2026-01-04 '"tags":["all"]'
} | site "$tmp/tags"
printf 'publish: {limit: 4}\n' > "$tmp/tags/rules.yaml"
ok "a site with more tags than anybody reads" build "$tmp/tags"
kettle=$tmp/tags/public/products/kettle
ok "has 24 topics, the most frequent among them" [ "$(ls "$kettle/topics" | wc -l) $(
	grep -o '/topics/.*</bdi></a> [0-9]' "$kettle/index.html" | sed -n 's/.*<bdi>\(.*\)<.bdi>.*/\1/;1p')" = "24 tag 150" ]

# --- contributors ---

# Twelve wrong ones, one of them thanked for, one by another, two with room on a page.
some() {
	i=10
	while [ $i -lt 22 ]; do
		thread $i "2026-01-$i"
		i=$((i + 1))
	done
	thread 30 2026-02-01 | sed 's/"u1"/"u2","staff":true/'
	echo '{"type":"label","venue":"forum","thread":"21","name":"thanked","by":"eve","at":"2026-03-01T00:00:00Z"}'
}
some | site "$tmp/people" ', about: "<I> answer.", consent: 2026-11-20, until: 2026-12-01'
ada=$tmp/people/public/contributors/ada-rask/index.html
at() { # at DAY: builds with the clock at noon of that day
	candor build -q -C "$tmp/people" --theme "$top/themes/default" --now "$1T12:00:00Z"
}
ok "before the consent" at 2026-11-19
ok "no page of hers, nor a list" [ ! -e "$tmp/people/public/contributors" ]
ok "nor is it in the menu" sh -c '! grep -q contributors/ "$1"' - "$tmp/people/public/index.html"
ok "on its day" at 2026-11-20
ok "she has a page" grep -q '<h1><bdi>Ada Rask</bdi></h1>' "$ada"
ok "with her title, words and dates" [ "$(grep -c 'Support at Brook</bdi></p>\|<p>&lt;I&gt; answer.</p>\|since 20 November 2026. We ask again on 1 December 2026.' "$ada")" -eq 3 ]
ok "what is shown, thanked for and admitted" [ \
	"$(grep 'class="standing"' "$ada" | tr -dc '0-9 ' | tr -s ' ')" = " 1 1 12 " ]
ok "the products" grep -Pzq 'products/kettle/"><bdi>Kettle</bdi></a>\n<span>1 of 2 ' "$ada"
ok "and ten of her admissions, newest first" [ "$(grep -o '#t_forum_[^>]*><bdi>Lid [0-9]*' "$ada" |
	grep -o '[0-9]*$' | tr '\n' ' ')" = "21 20 19 18 17 16 15 14 13 12 " ]
ok "the list leads to it" grep -q '<a href="../contributors/ada-rask/">' \
	"$tmp/people/public/contributors/index.html"
ok "so does where we were wrong" grep -q '<a href="../contributors/ada-rask/"><bdi>Ada' \
	"$tmp/people/public/wrong/index.html"
ok "and the sitemap has both" [ "$(grep -c /contributors/ "$tmp/people/public/sitemap.xml")" -eq 2 ]
ok "the day before until" at 2026-11-30
ok "it is still there" [ -e "$ada" ]
ok "on that day" at 2026-12-01
ok "it is gone" [ ! -e "$tmp/people/public/contributors" ]
ok "and she is still one of us" grep -q 'works at Brook<' \
	"$tmp/people/public/products/kettle/index.html"

# A theme may do without such pages.
cp -R themes/default "$tmp/theme"
rm "$tmp/theme/contributor.md"
ok "with a theme without a template for it" candor build -q -C "$tmp/people" --theme "$tmp/theme" \
	--now $now
ok "there is none either" [ ! -e "$tmp/people/public/contributors" ]
ok "nor a link" sh -c '! grep -rq contributors/ "$1" --include=index.html' - "$tmp/people/public"
done_testing
