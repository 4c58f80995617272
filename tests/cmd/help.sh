# candor help TOPIC: the pages of the manual without a manual.  What it prints has the
# words and signs of what mandoc prints, in the same order; only the layout differs.
. tests/cmd/lib.sh

# Without blanks, and with plain quotation marks.  The last line of a page is its foot,
# the first its head.
fold() {
	sed 's/\xe2\x80\xa2\x08//g; s/.\x08//g; s/\xe2\x80[\x98\x99]/'"'"'/g; s/\xe2\x80[\x9c\x9d]/"/g
		s/\xc2\xa0//g; s/^ *\xe2\x80\xa2 //; s/^ *- //' | tr -d ' \t\n'
}
for page in man/*.[1-9]; do
	topic=$(basename "$page" | sed 's/\.[0-9]$//')
	mandoc -T utf8 "$page" | sed '1d;$d' | fold > "$tmp/mandoc"
	candor help "$topic" > "$tmp/topic"
	fold < "$tmp/topic" > "$tmp/help"
	ok "help $topic is $page" cmp "$tmp/mandoc" "$tmp/help"
done

# Those that help lists.
candor help > "$tmp/help"
for topic in $(sed -n '/^topics/,/^$/s/^  //p' "$tmp/help"); do
	candor help "$topic" > "$tmp/topic"
	[ "$(wc -l < "$tmp/topic")" -gt 5 ] || echo "$topic"
done > "$tmp/empty"
ok "every topic that help lists has something to say" [ ! -s "$tmp/empty" ]
ok "and there are some" grep -q '^  .* exit-status ' "$tmp/help"

# One of each kind; no message and no format without an explanation.
candor help share-not-met > "$tmp/topic"
cp "$tmp/topic" "$tmp/id"
ok "in lines that fit" [ "$(grep -c '.\{79\}' "$tmp/topic")" = 0 ]
ok "an id of a message" grep -q 'required share' "$tmp/topic"
ok "and nothing of the next one" [ "$(grep -c '^[a-z]' "$tmp/topic")" = 1 ]
candor help csv > "$tmp/topic"
ok "a format" grep -q -- --map "$tmp/topic"
for topic in $(sed -n 's/^DIAG([^"]*"\([^"]*\)".*/\1/p' include/base/diag-list.h) \
	$(sed -n 's/^FORMAT(\(.*\))/\1/p' include/import/formats.h); do
	candor help "$topic" > "$tmp/topic" &&
		grep -q "^$topic" "$tmp/topic" &&
		[ "$(wc -w < "$tmp/topic")" -gt 4 ] || echo "$topic"
done > "$tmp/missing"
ok "each id and each format" [ ! -s "$tmp/missing" ] || cat "$tmp/missing" >&2
candor help formats > "$tmp/topic"
ok "all formats at once" [ "$(grep -c '^[a-z]' "$tmp/topic")" -eq \
	"$(($(grep -c '^FORMAT' include/import/formats.h) + 1))" ]
ok "an id as a message has it" sh -c 'candor help "[share-not-met]" | cmp -s - "$1"' - "$tmp/id"
ok "sections that commands speak of" sh -c 'for t in ci forgetting plan previewing search; do
	candor help | sed -n "/^topics/,/^$/p" | grep -qw $t || exit 1; done'
ok "a command is not a topic of the manual" sh -c 'candor help build | grep -q "^usage:"'

ok "an unknown topic" fails 2 candor help leger
ok "gets a suggestion" grep -q "did you mean 'ledger'" "$tmp/fails.out"
ok "or a list" sh -c "candor help zzzzzz 2>&1 | grep -q \"'candor help' lists\""
ok "control bytes are masked" sh -c \
	'! candor help "$(printf "a\033b")" 2>&1 | grep -q "$(printf "\033")"'
done_testing
