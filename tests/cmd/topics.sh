#!/bin/sh
# Topics of the rules: what conversations are about decides what is shown, stands on the
# pages of products in place of tags, and in what explain says.
. tests/cmd/lib.sh
. tests/golden/lib.sh
cd "$tmp" || exit
site
sed -i '/^contributors/,$d' candor.yaml
thread() {
	printf '{"type":"thread","venue":"forum","id":"%s","url":"https://forum.brook.example/t/%s","title":"Lid %s","created":"2026-01-0%sT08:00:00Z","products":["kettle"],"tags":["%s","lid"],"posts":[{"id":"1","author":{"id":"c%s","name":"cust%s"},"created":"2026-01-0%sT08:00:00Z","format":"text","body":"%s"}]}\n' \
		"$1" "$1" "$1" "$1" "$2" "$1" "$1" "$1" "$3"
}
{
	sed -n 1,2p archive.jsonl
	thread 1 odd 'The lid came late.'
	thread 2 odd 'It leaks, and I sent it back.'
	thread 3 even 'How do I send it back?'
	thread 4 even 'Which lid is it?'
} > archive2.jsonl
rm archive.db
candor import -q jsonl archive2.jsonl
exec 2> /dev/null # nobody of the company is in it
rules() {
	printf 'wrong: {share: 0%%}\n' > rules.yaml
	cat >> rules.yaml
}
build() { candor build -q --now 2026-02-01; }
page=public/products/kettle/index.html

rules < /dev/null
ok "without topics" build
ok "tags are the topics" grep -q '<bdi>odd</bdi></a>' "$page"
rules <<'END'
topics:
  - {name: returns, title: 'Back & forth', when: {text: ["send it back", "sent it back"]}}
  - {name: faults, title: Kettle, when: {text: leaks}}
  - {name: delivery, title: Deliveries, when: {text: [late, leaks]}}
END
ok "with topics" build
ok "they take the place of tags" sh -c '! grep -q "<bdi>odd</bdi></a>" "$1"' - "$page"
ok "by their titles, escaped" grep -q '<bdi>Back &amp; forth</bdi></a>' "$page"
ok "as long as two have them" sh -c '! grep -q "<bdi>Kettle</bdi></a> " "$1"' - "$page"
topic=$(sed -n 's|.*href="\([^"]*\)"><bdi>Back &amp; forth<.*|\1|p' "$page")
ok "with a page of their own" test -e "public/products/kettle/${topic:-none}index.html"
ok "that lists theirs" sh -c '[ "$(grep -c "<li>.*>Lid [0-9]<" "$1")" -eq 2 ]' - \
	"public/products/kettle/${topic:-none}index.html"
ok "how we choose names them" grep -q 'A conversation is about “Deliveries” if it says “late” or “leaks”' \
	public/how-we-choose/index.html
topics() {
	candor explain kettle --json --now 2026-02-01 |
		node -e 'for (const c of JSON.parse(require("fs").readFileSync(0)).candidates)
			console.log(c.id, c.reason, c.topics.join("+"))' | sort
}
cat > expected <<'END'
1 shown delivery
2 shown returns+faults+delivery
3 shown returns
4 shown 
END
ok "explain lists them, also several" sh -c 'cmp expected /dev/stdin' <<END
$(topics)
END
cat >> rules.yaml <<'END'
keep: [{topic: [returns, delivery]}]
drop: [{topic: faults}]
scenarios: [{slug: back, title: Sent back, when: {topic: returns}}]
END
cat > expected <<'END'
1 shown delivery
2 drop returns+faults+delivery
3 shown returns
4 keep 
END
ok "and they decide" sh -c 'cmp expected /dev/stdin' <<END
$(topics)
END
ok "on scenarios, too" sh -c \
	'[ "$(candor explain back --now 2026-02-01 | grep -c forum/)" -eq 2 ]'
ok "in plain words" sh -c 'candor build -q --now 2026-02-01 &&
	grep -q "left out if it is about “Kettle”" public/how-we-choose/index.html'
done_testing
