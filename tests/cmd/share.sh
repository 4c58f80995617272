#!/bin/sh
# Whatever the rules: every page and the site hold the required share, it is
# spread over the page, and the ledger, explain, the pages and their disclosures
# say the same.
. tests/cmd/lib.sh
now=2026-11-20T12:00:00Z
cp -R content/candor.yaml content/pages "$tmp/"
candor import -q jsonl content/archive.jsonl --archive "$tmp/archive.db" || exit
slugs=$(sed -n 's/.*"type":"product","slug":"\([^"]*\)".*/\1/p' content/archive.jsonl
	sed -n 's/^  - slug: //p' content/rules.yaml)

# rules SED-SCRIPT: the demo's rules, changed.
rules() {
	sed "$1" content/rules.yaml > "$tmp/rules.yaml"
	! cmp -s content/rules.yaml "$tmp/rules.yaml" || [ -z "$1" ]
}

holds() { # the site of the rules at hand is what it says
	rm -rf "$tmp/public"
	candor build -q -C "$tmp" --theme "$top/themes/default" --now $now || return
	for slug in $slugs; do
		candor explain "$slug" --json -C "$tmp" --now $now || return
	done > "$tmp/explained"
	node tests/cmd/share.js "$tmp/public" "$tmp/explained"
}

variation() { # variation NAME SED-SCRIPT
	ok "$1: the rules" rules "$2"
	ok "$1: hold" holds
}

variation "the demo's" ''
variation "half" 's/share: 25%/share: 50%/'
variation "every one" 's/share: 25%/share: 1/'
variation "an odd fraction" 's/share: 25%/share: 37.5%/; s/limit: 8/limit: 11/'
variation "a third, of many" 's/share: 25%/share: 1\/3/; s/limit: 8/limit: 40/'
variation "none" 's/share: 25%/share: 0/; s/, wrong: {share: 3\/8}//'
variation "only over the site" 's/over: \[page, site\]/over: site/; s/share: 25%/share: 60%/; s/, wrong: {share: 3\/8}//'
variation "only over pages" 's/over: \[page, site\]/over: page/; s/share: 25%/share: 60%/'
variation "recent mistakes only" 's/max_age: 3 years/max_age: 90 days/'
variation "not spread" 's/spread: true/spread: false/; s/share: 25%/share: 45%/'
variation "pages left out" 's/shortfall: trim/shortfall: skip/; s/share: 25%/share: 55%/'
variation "no caps" '/^caps:/,/^$/d'
variation "tight caps" 's/per_contributor: 60%/per_contributor: 20%/; s/per_venue: 80%/per_venue: 50%/; s/limit: 8/limit: 9/'
variation "one thread" 's/limit: 8/limit: 1/'
variation "newest first" 's/solved: 2 /solved: 0 /; s/helpful: 1 /helpful: 0 /; s/share: 25%/share: 2\/5/'
variation "nothing is eligible" 's/posts: {min: 2, max: 60}/posts: {min: 60, max: 60}/'

# What "newest first" or "one thread" need is not what fail allows.
ok "fail: the rules" rules 's/shortfall: trim/shortfall: fail/'
ok "fail: no build" fails 4 candor build -q -C "$tmp" --theme "$top/themes/default" --now $now
ok "fail: at a lower share" rules 's/shortfall: trim/shortfall: fail/; s/share: 25%/share: 1\/20/'
ok "fail: hold" holds
done_testing
