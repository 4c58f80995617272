#!/bin/sh
# Scenarios, on the demo: a page and a list of candidates for each, as products
# have them, an index, the same keys in the ledger; what a thread on them is about;
# exit status 4 for one whose share fails, and no page for one that is skipped.
. tests/cmd/lib.sh
now=2026-11-20T12:00:00Z
cp -R content/candor.yaml content/rules.yaml content/pages "$tmp/"
candor import -q jsonl content/archive.jsonl --archive "$tmp/archive.db" || exit
public=$tmp/public

build() {
	candor build -q -C "$tmp" --theme "$top/themes/default" --now $now
}
explain() {
	candor explain "$@" -C "$tmp" --now $now
}
scenarios() { # the rules with these scenarios, and whatever SED-SCRIPT changes
	sed "/^scenarios:/,/^\$/d; ${2-}" content/rules.yaml > "$tmp/rules.yaml"
	printf '\nscenarios:\n%s\n' "$1" >> "$tmp/rules.yaml"
}
absent() {
	[ ! -e "$1" ]
}

ok "the demo builds" build
ok "a folder for each, and the index" [ "$(cd "$public/scenarios" && find . -type f | sort | tr '\n' ' ')" = \
	"./coffee-and-tea/all/index.html ./coffee-and-tea/index.html ./index.html ./out-of-doors/all/index.html ./out-of-doors/index.html " ]
ok "the index lists them in the order of the rules" [ "$(grep -o 'scenarios/[a-z-]*/"' \
	"$public/scenarios/index.html" | tr -d '\n')" = 'scenarios/coffee-and-tea/"scenarios/out-of-doors/"' ]
ok "the disclosure speaks of the scenario" grep -q \
	'public conversations about <bdi>Coffee and tea</bdi>' "$public/scenarios/coffee-and-tea/index.html"
ok "its list of candidates says who decides" grep -q 'Which are about it is decided by' \
	"$public/scenarios/coffee-and-tea/all/index.html"
ok "a product's doesn't" sh -c '! grep -rq "Which are about it" "$1"' - "$public/products"

cat > "$tmp/check.js" <<'END'
const fs = require('fs'), site = process.argv[2];
const ledger = JSON.parse(fs.readFileSync(site + '/honesty.json'));
const fail = what => { console.error('# ' + what); process.exitCode = 1; };
const keys = o => Object.keys(o).join();
if (!/^(again,)?coffee-and-tea,out-of-doors$/.test(ledger.scenarios.map(s => s.slug)))
	fail('scenarios ' + ledger.scenarios.map(s => s.slug));
for (const s of ledger.scenarios) {
	if (keys(s) !== keys(ledger.products[0])) fail(keys(s));
	const html = fs.readFileSync(`${site}/scenarios/${s.slug}/index.html`, 'utf8');
	const all = fs.readFileSync(`${site}/scenarios/${s.slug}/all/index.html`, 'utf8');
	if (s.threads.length < 5) fail(s.slug + ': few threads');
	// Each conversation says which products it is about: those that list it.
	const parts = html.split(/<p class="candor-meta">About /).slice(1);
	if (parts.length !== s.shown) fail(`${s.slug}: ${parts.length} abouts for ${s.shown}`);
	s.threads.forEach((t, i) => {
		const said = [...parts[i].split('</p>')[0].matchAll(/products\/([^/]*)\//g)]
			.map(m => m[1]);
		if (!said.length) fail(`${s.slug}: ${t.id} is about nothing`);
		for (const slug of said)
			if (!fs.readFileSync(`${site}/products/${slug}/all/index.html`, 'utf8')
				.includes(`href="${t.url}"`))
				fail(`${s.slug}: ${t.id} isn't about ${slug}`);
		if (!all.includes(`href="${t.url}"`)) fail(`${s.slug}: ${t.id} isn't listed`);
	});
	const listed = [...all.matchAll(/<h2>[^<]*: (\d+)<\/h2>/g)]
		.reduce((n, m) => n + Number(m[1]), 0);
	if (listed !== s.candidates) fail(`${s.slug}: ${listed} listed of ${s.candidates}`);
}
// What stands on a scenario's page alone has a page of its own.
const shown = new Set(ledger.products.flatMap(p => p.threads.map(t => t.url)));
const alone = ledger.scenarios.flatMap(s => s.threads).filter(t => !shown.has(t.url));
console.log(`alone: ${alone.length}`);
const sitemap = fs.readFileSync(site + '/sitemap.xml', 'utf8');
for (const { venue, id } of alone) {
	if (!fs.existsSync(`${site}/threads/${venue}/${id}/index.html`)) fail(id + ': no page');
	if (venue === 'forum' && !sitemap.includes(`/threads/forum/${id}/<`)) fail(id + ': no sitemap');
}
END
ok "ledger, pages and lists agree" sh -c 'node "$@" > "$0"' "$tmp/said" "$tmp/check.js" "$public"
sed -i 's/thread_pages: eligible/thread_pages: shown/' "$tmp/candor.yaml"
sed 's/limit: 8/limit: 1/; s/  lull-clock: {limit: 10/  lull-clock: {limit: 1/' \
	content/rules.yaml > "$tmp/rules.yaml"
sed -i 's/^    title: Coffee and tea/&\n    limit: 8/
	s/^scenarios:/&\n  - {slug: again, title: Again, when: {text: [coffee, tea]}, limit: 8}/' "$tmp/rules.yaml"
ok "with less on the products' pages" build
ok "they still agree" sh -c 'node "$@" > "$0"' "$tmp/said" "$tmp/check.js" "$public"
ok "about some that no product page shows" grep -q 'alone: [1-9]' "$tmp/said"
cp content/rules.yaml "$tmp/"
ok "the demo's rules again" build
ok "in the sitemap" [ "$(grep -o '/scenarios/[a-z/-]*<' "$public/sitemap.xml" | wc -l)" -eq 5 ]

explain out-of-doors --json > "$tmp/json"
ok "explain: the same keys, with scenario for product" node -e '
	const a = JSON.parse(require("fs").readFileSync(0)), c = a.candidates;
	process.exit(Object.keys(a).join() === "scenario,as_of,limit,required,candidates" &&
		a.scenario === "out-of-doors" && a.limit === 6 && a.required === "1/3" &&
		c.filter(c => c.shown).length === 6 ? 0 : 1)' < "$tmp/json"
ok "explain: a thread on all its pages" [ "$(explain forum/2971 | grep :$ | tr '\n' ' ')" = \
	"burrow-flask: scenario out-of-doors: " ]
scenarios '  - {slug: ember-kettle, title: Wrong, when: {wrong: true}, limit: 1}'
ok "explain: a product before a scenario of the same slug" sh -c \
	'echo "$1" | grep -q "^ember-kettle on"' - "$(explain ember-kettle)"
ok "which has a page all the same" build
ok "of its own" grep -q '<h1><bdi>Wrong</bdi></h1>' "$public/scenarios/ember-kettle/index.html"

few='  - {slug: few, title: Few, when: {text: yoghurt}, wrong: {share: 90%}}'
scenarios "$few" 's/shortfall: trim/shortfall: fail/; s/share: 25%/share: 1\/20/; s/share: 3\/8/share: 1\/20/'
ok "fail: exit status 4" fails 4 candor build -q -C "$tmp" --theme "$top/themes/default" --now $now
ok "the message names the scenario" grep -q \
	"rules.yaml:[0-9:]* error: the page of 'few' would show [0-9]* threads" "$tmp/fails.out"
ok "check says so too" fails 4 candor check -C "$tmp" --theme "$top/themes/default" --now $now
scenarios "$few" 's/shortfall: trim/shortfall: skip/'
ok "skip: built" build
ok "without its page" absent "$public/scenarios"
ok "and without a link to it" sh -c '! grep -rq "scenarios/" "$1" --include=*.html' - "$public"
ok "but in the ledger" grep -q '"scenarios":\[{"slug":"few","shown":0,' "$public/honesty.json"
scenarios "$few"
ok "trim: built" build
ok "with an honest empty page" grep -q 'Nothing stands here yet' \
	"$public/scenarios/few/index.html"
done_testing
