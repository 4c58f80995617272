#!/bin/sh
# An archive whose bytes changed on the disk is not published: build ends with
# a diagnostic, or writes what it wrote before, or `candor check` tells what
# was left out.  What was there stays.
. tests/cmd/lib.sh

now=2026-11-20T12:00:00Z
sound=$top/build/demo.db

site() { # site COMMAND ARCHIVE OUTPUT
	candor "$1" -q -C content --archive "$2" --output "$3" --now $now
}

flip() { # flip FILE OFFSET: one bit
	_byte=$(od -An -tu1 -j "$2" -N 1 "$1")
	# shellcheck disable=SC2059 # an octal escape
	printf "\\$(printf %03o $((_byte ^ 1 << $2 % 7)))" |
		dd of="$1" bs=1 seek="$2" conv=notrunc 2> "$tmp/dd"
}

# Every page of a thread that is there is the one that was.
same_threads() { # same_threads SITE
	(cd "$1" && find threads -name index.html) | while IFS= read -r page; do
		cmp -s "$1/$page" "$tmp/sound/$page" || { echo "# $page differs"; return 1; }
	done
}

published_or_said() { # published_or_said OFFSET
	cp "$sound" "$tmp/a.db"
	flip "$tmp/a.db" "$1"
	rm -rf "$tmp/site"
	site build "$tmp/a.db" "$tmp/site" 2> "$tmp/said"
	_status=$?
	case $_status in
	0) ;;
	[1-5]) grep -q "^$tmp/a.db" "$tmp/said"; return ;;
	*) return 1 ;;
	esac
	[ "$(tree_hash "$tmp/site")" = "$hash" ] && return
	same_threads "$tmp/site" && fails 1 site check "$tmp/a.db" "$tmp/site"
}

site build "$sound" "$tmp/sound" || exit
hash=$(tree_hash "$tmp/sound")
size=$(wc -c < "$sound")
at=4711
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do
	at=$(((at * 7919 + 104729 * i) % size))
	ok "bit at $at" published_or_said $at
done

# A word that a page shows: the site that is there stays.
cp -R "$tmp/sound" "$tmp/site"
title=$(sed -n 's/.*"type":"thread".*"title":"\([A-Za-z ]*\)".*/\1/p' content/archive.jsonl |
	while IFS= read -r line; do
		grep -rqF "$line" "$tmp/sound/threads" && echo "$line" && break
	done)
changed() { # changed TEXT: each copy of it in the archive
	cp "$sound" "$tmp/a.db"
	for _at in $(LC_ALL=C grep -aobF "$1" "$tmp/a.db" | cut -d : -f 1); do
		flip "$tmp/a.db" $((_at + 2))
	done
	! cmp -s "$sound" "$tmp/a.db" && fails 1 site build "$tmp/a.db" "$tmp/site" &&
		fails 1 site check "$tmp/a.db" "$tmp/site" &&
		[ "$(tree_hash "$tmp/site")" = "$hash" ]
}
ok "a thread's title" changed "$title"
ok "a venue's name" changed "$(sed -n 's/.*"type":"venue".*"name":"\([^"]*\)".*/\1/p' \
	content/archive.jsonl | sed 1q)"
ok "a product's address" changed "$(sed -n 's/.*"type":"product".*"url":"\([^"]*\)".*/\1/p' \
	content/archive.jsonl | sed 1q)"
done_testing
