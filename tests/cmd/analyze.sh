#!/bin/sh
# Evidence from the command line: an import looks at what it brought, unless told not
# to; analyze looks at what changed and at nothing else; patterns and contributors of
# the site count; and a site of another language needs no English.
. tests/cmd/lib.sh

cat > "$tmp/candor.yaml" <<-'END'
company: Brook
title: Brook in the open
url: https://open.brook.example/
contact: mailto:open@brook.example
END
cat > "$tmp/a.jsonl" <<-'END'
{"type":"venue","slug":"forum","name":"Forum","url":"https://forum.brook.example/","own":true}
{"type":"thread","venue":"forum","id":"1","url":"https://forum.brook.example/1","title":"Lid","created":"2026-01-01T08:00:00Z","posts":[{"id":"1","author":{"id":"c1","name":"cust"},"created":"2026-01-01T08:00:00Z","format":"text","body":"The lid leaks."},{"id":"2","author":{"id":"u1","name":"ada"},"created":"2026-01-01T09:00:00Z","format":"markdown","body":"> The lid leaks.\n\nYou're *right*, that was **our mistake**. Wir haben uns geirrt."},{"id":"3","author":{"id":"c1","name":"cust"},"created":"2026-01-01T10:00:00Z","format":"text","body":"Thank you, it works now!"}]}
END
run() { candor -C "$tmp" "$@"; }
found() { # found TABLE-OF-FINDINGS
	_found=$(sqlite3 "$tmp/archive.db" "SELECT ref, kind, ifnull(grade, '-'), CAST(substr(CAST(body AS BLOB), \
		start + 1, stop - start) AS TEXT) FROM evidence JOIN post ON post.id = post_id ORDER BY ref, start, kind")
	[ "$_found" = "$1" ] || { echo "# $_found" >&2; return 1; }
}
says() { # says TEXT ARGUMENTS
	_says=$1
	shift
	run "$@" > "$tmp/said" && grep -qF "$_says" "$tmp/said"
}

ok "an import without analysis" run import -q jsonl a.jsonl --no-analyze
ok "finds nothing" found ""
ok "analyze looks at all of it" says "posts: 3, looked at: 3; admissions: 0 fault" analyze
ok "nobody is a contributor yet" found "3|gratitude|-|Thank you, it works now!
3|resolution|-|Thank you, it works now!"
echo 'contributors: [{name: Ada Rask, title: Support, accounts: {forum: u1}}]' >> "$tmp/candor.yaml"
ok "a contributor's posts, and the answers to them, are looked at again" \
	says "looked at: 2; admissions: 1 fault" analyze
ok "the admission is where it is in the Markdown" found "2|admission|fault|You're *right*, that was **our mistake**.
3|gratitude|-|Thank you, it works now!
3|resolution|-|Thank you, it works now!"
ok "nothing is looked at twice" says "looked at: 0;" analyze
ok "unless it shall be" says '"looked":3' analyze --all --json
cp "$tmp/archive.db" "$tmp/before.db"
ok "an import of the same" run import -q jsonl a.jsonl
sqlite3 "$tmp/archive.db" 'SELECT * FROM evidence' > "$tmp/after"
sqlite3 "$tmp/before.db" 'SELECT * FROM evidence' | cmp -s - "$tmp/after"
ok "leaves what was found" [ $? -eq 0 ]
sed -i "s/that was \*\*our mistake\*\*/see the manual/" "$tmp/a.jsonl"
ok "an edited post" run import -q jsonl a.jsonl
ok "is looked at by the import" found "2|admission|hedged|You're *right*, see the manual.
3|gratitude|-|Thank you, it works now!
3|resolution|-|Thank you, it works now!"
cat > "$tmp/de.yaml" <<-'END'
patterns:
  - {name: irrtum, kind: admission, grade: fault, any: ["(wir haben|ich habe) (uns|mich) geirrt"]}
END
echo 'patterns: {file: de.yaml, replace: true}' >> "$tmp/candor.yaml"
ok "patterns of the site" says "admissions: 1 fault" analyze
ok "in the place of the program's" found "2|admission|fault|Wir haben uns geirrt."
run export jsonl > "$tmp/out"
ok "the archive stays sound" [ $? -eq 0 ]
rm "$tmp/de.yaml"
ok "a file that isn't there" fails 3 run analyze
done_testing
