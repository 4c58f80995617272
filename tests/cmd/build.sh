#!/bin/sh
# The same archive content, rules, theme, version and clock give the same bytes:
# at any number of jobs, in any locale and time zone, from any folder, in any
# order of import, from scratch or after another build.  And a build that finds
# nothing changed touches nothing.
. tests/cmd/lib.sh
now=2026-11-20T12:00:00Z

site() { # site DIR: the demo's config with an archive of its own
	mkdir -p "$1"
	cp -R content/candor.yaml content/rules.yaml content/pages "$1/"
	candor import -q jsonl content/archive.jsonl -C "$top" --archive "$1/archive.db"
}

build() { # build DIR [options]
	_dir=$1
	shift
	candor build -q -C "$_dir" --theme "$top/themes/default" --now $now "$@"
}

same() {
	[ "$(tree_hash "$1")" = "$(tree_hash "$2")" ]
}

stamps() {
	find "$1" -printf '%p %i %T@ %C@\n' | sort
}

ok "a site from the demo" site "$tmp/a"
ok "builds" build "$tmp/a"
stamps "$tmp/a/public" > "$tmp/before"
ok "builds again" build "$tmp/a"
stamps "$tmp/a/public" > "$tmp/after"
ok "and touches nothing" cmp -s "$tmp/before" "$tmp/after"

ok "one job" build "$tmp/a" --jobs 1 --output one
ok "gives the same bytes" same "$tmp/a/public" "$tmp/a/one"
ok "seven jobs" build "$tmp/a" --jobs 7 --output seven
ok "give the same bytes" same "$tmp/a/public" "$tmp/a/seven"

locale=$(locale -a 2>/dev/null | grep -iE '^(de|tr|fa)_' | head -1)
ok "another time zone and locale" env TZ=Pacific/Kiritimati "LC_ALL=${locale:-C.UTF-8}" \
	candor build -q -C "$tmp/a" --theme "$top/themes/default" --now $now --output zone
ok "give the same bytes" same "$tmp/a/public" "$tmp/a/zone"
ok "another time of the same day" candor build -q -C "$tmp/a" --output later \
	--theme "$top/themes/default" --now 2026-11-20T23:59:59Z
ok "gives the same bytes" same "$tmp/a/public" "$tmp/a/later"

# The same content in another order, from another folder.
mkdir -p "$tmp/deep/down/b"
cp -R content/candor.yaml content/rules.yaml content/pages "$tmp/deep/down/b/"
grep -v '"type":"thread"' content/archive.jsonl > "$tmp/1.jsonl"
grep '"type":"thread"' content/archive.jsonl | tac > "$tmp/2.jsonl"
ok "the threads backwards" candor import -q jsonl "$tmp/1.jsonl" "$tmp/2.jsonl" \
	--archive "$tmp/deep/down/b/archive.db"
ok "build" build "$tmp/deep/down/b"
ok "to the same bytes" same "$tmp/a/public" "$tmp/deep/down/b/public"

# A build after another choice is the build from scratch.
sed 's/limit: 8/limit: 3/' content/rules.yaml > "$tmp/a/rules.yaml"
ok "other rules" build "$tmp/a"
differ() { ! same "$@"; }
ok "give another site" differ "$tmp/a/public" "$tmp/deep/down/b/public"
cp content/rules.yaml "$tmp/a/rules.yaml"
ok "the old rules again" build "$tmp/a"
ok "give the old bytes" same "$tmp/a/public" "$tmp/deep/down/b/public"

# What somebody put in or changed by hand does not survive a build.
echo x > "$tmp/a/public/stray.html"
echo x >> "$tmp/a/public/index.html"
touch "$tmp/a/archive.db"
ok "a build over somebody's edits" build "$tmp/a"
ok "gives the same bytes" same "$tmp/a/public" "$tmp/deep/down/b/public"

# No page names another host where the browser would load from it.
loads() { ! grep -rhoE '<(img|script|iframe|link[^>]*stylesheet)[^>]*(src|href)="https?:' "$1" \
	--include=index.html; }
ok "no page loads from outside" loads "$tmp/a/public"
ok "a good build is silent" sh -c '[ -z "$(candor build -C "$1" --theme "$2" --now $3 2>&1)" ]' \
	- "$tmp/a" "$top/themes/default" $now
done_testing
