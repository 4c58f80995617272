#!/bin/sh
# The feeds and the sitemap of the demo, with some odd conversations in it, hold
# to their standards: the grammar is xmllint's to check, with schemas that are
# shown to refuse what is broken; the rest is feeds.js's.
. tests/cmd/lib.sh

edge_site "$tmp" || exit

valid() { # valid SCHEMA FILE...
	_schema=tests/schema/$1.rng
	shift
	xmllint --noout --relaxng "$_schema" "$@" > "$tmp/xmllint" 2>&1 ||
		{ grep -v ' validates$' "$tmp/xmllint" >&2; return 1; }
}
invalid() { ! valid "$@" 2> /dev/null && grep -q 'Relax-NG validity error' "$tmp/xmllint"; }

find "$tmp/public" -name 'feed.xml' -o -name 'wrong.xml' > "$tmp/feeds"
ok "$(wc -l < "$tmp/feeds") feeds are Atom" valid atom $(cat "$tmp/feeds")
find "$tmp/public" -name 'sitemap*.xml' > "$tmp/sitemaps"
ok "the sitemap is one" valid sitemap $(cat "$tmp/sitemaps")

# --- what the schemas refuse ---
# broken SCHEMA NAME EXPRESSION: a small good file, edited by sed.
good_feed='<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
<id>https://a.example/feed.xml</id>
<title>A</title>
<updated>2026-01-02T00:00:00Z</updated>
<author><name>A</name></author>
<entry>
<id>https://a.example/1</id>
<title>One</title>
<published>2026-01-01T00:00:00Z</published>
<updated>2026-01-02T00:00:00Z</updated>
<link rel="alternate" type="text/html" href="https://a.example/1"/>
<thr:in-reply-to ref="https://a.example/0"/>
<rights>CC0</rights>
<content type="html">One.</content>
</entry>
<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="https://a.example/2" when="2026-01-02T00:00:00Z"/>
</feed>'
good_sitemap='<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url>
<loc>https://a.example/</loc>
<lastmod>2026-01-01</lastmod>
</url>
</urlset>'
printf '%s\n' "$good_feed" > "$tmp/atom.xml"
printf '%s\n' "$good_sitemap" > "$tmp/sitemap.xml"
ok "a feed that is good" valid atom "$tmp/atom.xml"
ok "a sitemap that is good" valid sitemap "$tmp/sitemap.xml"
sed '5d; 7i <author><name>B</name></author>' "$tmp/atom.xml" > "$tmp/broken.xml"
ok "authors of entries are enough" valid atom "$tmp/broken.xml"
sed '14d' "$tmp/atom.xml" > "$tmp/broken.xml"
ok "a link is enough" valid atom "$tmp/broken.xml"
sed '14s/.*/<x:y xmlns:x="urn:x" z="1">w<\/x:y>/' "$tmp/atom.xml" > "$tmp/broken.xml"
ok "elements of others are let through" valid atom "$tmp/broken.xml"
broken() {
	sed "$3" "$tmp/$1.xml" > "$tmp/broken.xml"
	ok "refused: $2" invalid "$1" "$tmp/broken.xml"
}
broken atom "a feed without an id" 2d
broken atom "without a title" 3d
broken atom "without updated" 4d
broken atom "without any author" 5d
broken atom "two titles" '3p'
broken atom "two updated" '4p'
broken atom "an id that is no IRI" '2s,https:.*xml,feed.xml,'
broken atom "a nameless author" '5s/<name>A//; 5s/<.name>//'
broken atom "an author of blanks" '5s/>A</> </'
broken atom "an entry without an id" 7d
broken atom "without a title" 8d
broken atom "without updated" 10d
broken atom "with two ids" 7p
broken atom "published twice" 9p
broken atom "with two contents" 14p
broken atom "with neither content nor link" '11d; 14d'
broken atom "a day for an instant" '10s/T00:00:00Z//'
broken atom "an instant without a zone" '10s/Z//'
broken atom "a blank in an instant" '10s/T/ /'
broken atom "the 30th of February" '10s/01-02/02-30/'
broken atom "a link to nothing" '11s/ href="[^"]*"//'
broken atom "a relation that isn't" '11s/alternate/via via/'
broken atom "a type that isn't" '11s,text/html,html,'
broken atom "a link with words in it" '11s,/>,>One</link>,'
broken atom "a reply to nothing" '12s/ ref="[^"]*"//'
broken atom "a reply to no IRI" '12s,https:[^"]*,#0,'
broken atom "a reply with a made-up attribute" '12s,/>, to="x"/>,'
broken atom "an element of Atom that isn't" '13s/rights/licence/g'
broken atom "of RFC 4685 that isn't" '12s/in-reply-to/reply/'
broken atom "a tombstone of nothing" '16s/ ref="[^"]*"//'
broken atom "of no IRI" '16s,https:[^"]*,#2,'
broken atom "without an instant" '16s/ when="[^"]*"//'
broken atom "with a day for one" '16s/T00:00:00Z//'
broken atom "that isn't one of RFC 6721" '16s/deleted-entry/deleted/'
broken atom "within an entry" '15d; 16s,$,</entry>,'
broken atom "an entry within an entry" '6p; 15p'
broken atom "content of a made-up kind" '14s/html/markdown/'
broken atom "an attribute that isn't" '6s/>/ language="en">/'
broken sitemap "an address that is missing" 3d
broken sitemap "that is there twice" 3p
broken sitemap "that is relative" '3s,https:..a.example,,'
broken sitemap "without a path" '3s,example/,example,'
broken sitemap "a date that isn't" '4s/01-01/13-01/'
broken sitemap "a time without a zone" '4s/01</01T00:00:00</'
broken sitemap "an element that isn't" '4s/lastmod/changed/g'
broken sitemap "no address at all" '2,5d'

# --- what a schema can't say ---
add_results node tests/cmd/feeds.js "$tmp/public" https://open.wrenholt.example/ \
	"$tmp/export.jsonl"
done_testing
