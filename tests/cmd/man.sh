#!/bin/sh
# The manual pages are well-formed and complete: every command, option, exit
# status and diagnostic of the program is in candor(1), and nothing else is.
. tests/cmd/lib.sh

for page in man/*.[1-9]; do
	ok "$page: mandoc finds nothing" mandoc -T lint -W warning "$page"
done

mandoc -T ascii man/candor.1 | sed 's/.\x08//g' > "$tmp/page"
commands=$(candor help | sed -n '/^commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p')
options() { # options COMMAND: of this command, and of all
	candor help $1 | sed -n 's/^  *\(-[a-zA-Z], \)\{0,1\}--\([a-z-]*\).*/\2/p'
}
for command in $commands; do
	ok "the command $command" grep -Eq "^ {5,7}$command( |\$)" "$tmp/page"
	for option in $(options "$command"); do
		dashes=$(printf %s "$option" | sed 's/-/\\\\*-/g')
		grep -Eq "^\.(It|Op|Xo)?.*Fl Fl $dashes( |\$)" man/candor.1 ||
			echo "$command --$option"
	done
done > "$tmp/out"
grep -v '^\(not \)\{0,1\}ok' "$tmp/out" > "$tmp/missing"
grep '^\(not \)\{0,1\}ok' "$tmp/out"
ok "every option" [ ! -s "$tmp/missing" ] || cat "$tmp/missing" >&2

{ for command in $commands; do options "$command"; done; echo; } | sort -u > "$tmp/options"
sed -n '/^\.Sh DESCR/,/^\.Sh ENV/p' man/candor.1 | grep -o 'Fl Fl [a-z-]*' | cut -d' ' -f3 |
	sort -u > "$tmp/named"
ok "and no option that isn't" [ -z "$(comm -13 "$tmp/options" "$tmp/named")" ]

ids=$(sed -n 's/^DIAG([^"]*"\([^"]*\)".*/\1/p' include/base/diag-list.h)
printf '%s\n' "$ids" > "$tmp/ids"
sed -n '/^\.Sh DIAGNOSTICS/,/^\.El/s/^\.It Cm //p' man/candor.1 > "$tmp/explained"
ok "the diagnostics are sorted" sh -c 'LC_ALL=C sort -c "$1"' - "$tmp/ids"
ok "and each is explained, in this order" cmp "$tmp/ids" "$tmp/explained"
sed -n 's/^DIAG(.*, \([1-9]\))/\1/p' include/base/diag-list.h | sort -u > "$tmp/statuses"
sed -n '/^\.Sh EXIT STATUS/,/^\.El/s/^\.It \([1-9]\)/\1/p' man/candor.1 > "$tmp/statuses.man"
ok "every exit status" cmp "$tmp/statuses" "$tmp/statuses.man"
done_testing
