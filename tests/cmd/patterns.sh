#!/bin/sh
# Bodies that would cost their parsers minutes (tests/unit/patterns.h), half a
# megabyte each: a site of them all is rendered within a limit of CPU time, and
# nothing is said but which posts are shown as plain text, and why.
. tests/cmd/lib.sh

# Four times what it takes them all; quadratic ones took 15 seconds and more each.
check() {
	(ulimit -t 40 && candor check -C "$tmp" --theme "$top/themes/default") \
		> "$tmp/said" 2>&1
}

only_told() {
	! grep -v -e "^warning: post '[a-z]*' of 'v/[0-9]*' is shown as plain text: .*\[post-as-text\]$" \
		-e '^  hint: nothing of it is missing' -e 'no-contributors' \
		-e 'list their accounts' -e '^[0-9]* more' -e '\[page-heavy\]$' \
		-e '\[fragment-heavy\]$' -e "^  hint: a smaller 'limit'" "$tmp/said" >&2
}

cat > "$tmp/candor.yaml" << 'END'
company: C
title: T
url: https://c.example/
contact: mailto:a@c.example
END
printf 'publish: {limit: 1000}\nwrong: {share: 0}\n' > "$tmp/rules.yaml"
build/release/unit/render-patterns --site 500000 > "$tmp/posts.jsonl"
ok "a site of patterns" candor import -q jsonl "$tmp/posts.jsonl" -C "$tmp"
rm "$tmp/posts.jsonl"
ok "is rendered in time" check
ok "and says which posts are shown as plain text" grep -q 'post-as-text' "$tmp/said"
ok "and nothing else" only_told
done_testing
