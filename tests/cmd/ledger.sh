#!/bin/sh
# honesty.json is what its schema says, which refuses what is broken, and what
# candor-ledger(5) says that an outsider can prove from it.
. tests/cmd/lib.sh

validators || {
	skip "the ledger's schema" "ajv cannot be had"
	done_testing
	exit
}
edge_site "$tmp" || exit
add_results node tests/cmd/ledger.js "$tmp/public" "$tmp/export.jsonl" "$tmp/candor.yaml"

# A site without a conversation has a ledger too.
mkdir "$tmp/empty"
cp -R content/candor.yaml content/pages "$tmp/empty/"
sed '/^scenarios:/,$d' content/rules.yaml > "$tmp/empty/rules.yaml"
grep -v '"type":"\(thread\|label\)"' content/archive.jsonl > "$tmp/empty/empty.jsonl"
ok "a site without conversations" sh -c 'cd "$1" &&
	candor import -q jsonl empty.jsonl && candor build -q --theme "$2" --now 2026-11-20' - \
	"$tmp/empty" "$top/themes/default"
add_results node tests/cmd/ledger.js "$tmp/empty/public" "$tmp/empty/empty.jsonl" \
	"$tmp/empty/candor.yaml"

# The manual explains every key of the schema, and no other.
node -e '
	const keys = new Set(), walk = s => {
		if (s && typeof s === "object") {
			if (s.properties && s.type === "object")
				Object.keys(s.properties).forEach(k => keys.add(k));
			Object.values(s).forEach(walk);
		}
	};
	walk(JSON.parse(require("fs").readFileSync("man/honesty.schema.json")));
	console.log([...keys].sort().join("\n"))' > "$tmp/keys"
sed -n '/^\.Sh DESCR/,/^\.Sh PROOF/s/^\.It Cm //p' man/candor-ledger.5 | sed 's/ , /\n/g' |
	LC_ALL=C sort -u > "$tmp/explained"
ok "every key is explained in candor-ledger(5)" cmp "$tmp/keys" "$tmp/explained"
done_testing
