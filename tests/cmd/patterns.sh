#!/bin/sh
# Bodies that would cost their parsers minutes (tests/unit/patterns.h), half a
# megabyte each: a site of them all is rendered within a limit of CPU time, and
# nothing is said but which posts are shown as plain text, and why.
. tests/cmd/lib.sh

# bodies BYTES: an archive of them all, of that length
bodies() {
	rm -f "$tmp/archive.db"
	build/release/unit/render-patterns --site "$1" > "$tmp/posts.jsonl"
	candor import -q jsonl "$tmp/posts.jsonl" -C "$tmp"
}

# check SECONDS: at most so many of CPU time
check() {
	(ulimit -t "$1" && candor check -C "$tmp" --theme "$top/themes/default") \
		> "$tmp/said" 2>&1
}

# milliseconds COMMAND...: of CPU time
milliseconds() {
	("$@"; times) | awk 'END { split($0, t, /[ms ]+/); print int(1000 * (60 * (t[1] + t[3]) + t[2] + t[4])) }'
}

only_told() {
	! grep -v -e "^warning: post '[a-z]*' of 'v/[0-9]*' is shown as plain text: .*\[post-as-text\]$" \
		-e '^  hint: nothing of it is missing' -e 'no-contributors' \
		-e 'list their accounts' -e '^and [0-9]* more' -e '\[page-heavy\]$' \
		-e '\[fragment-heavy\]$' -e "^  hint: a smaller 'limit'" "$tmp/said" >&2
}

cat > "$tmp/candor.yaml" << 'END'
company: C
title: T
url: https://c.example/
contact: mailto:a@c.example
END
printf 'publish: {limit: 1000}\nwrong: {share: 0}\n' > "$tmp/rules.yaml"
# Ten times the length takes no more than ten times as long, on whatever machine, and
# on a busy one twice that; quadratic bodies took a hundred times.
bodies 50000
few=$(milliseconds check 600)
ok "a site of patterns" bodies 500000
ok "is rendered in time" check $((few * 20 / 1000 + 1))
ok "and says which posts are shown as plain text" grep -q 'post-as-text' "$tmp/said"
ok "and nothing else" only_told
done_testing
