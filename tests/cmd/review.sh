#!/bin/sh
# review: what waits and in which order, as three forms that agree; and in a browser's
# terms, that answers become labels, are taken back, and are nobody's but those of whom
# the address was told, with two at work at once.
. tests/cmd/lib.sh
. tests/golden/lib.sh
cd "$tmp" || exit
site
sed -i 's/share: 25%/share: 50%/' rules.yaml
candor analyze -q
review() { candor review --now 2026-02-01 "$@"; }

review > text
cat > want <<'WANT'
product                  shown  wrong required  waiting
kettle                       2      1    1/2          3
  1 more wrong thread would let it show 2 more

fault           2026-01-04  forum/4
  Lid 4
  for kettle, which shows less for want of it
  “Yes, that was our mistake.” Ada Rask in post 2, found by the pattern
  'our-fault'

fault           2026-01-03  forum/3
WANT
ok "the table" sh -c 'head -n 11 text | diff want - >&2'
ok "in 79 columns" sh -c '! grep -E "^.{80}" text'
review --limit 1 > one
ok "a limit, and that there is more" sh -c '[ "$(grep -c "^fault" one)" -eq 1 ] && grep -q "^1 of 3;" one'
review --json > json
review --csv > csv
cat > forms.js <<'JS'
const { readFileSync } = require('fs');
const read = (name) => readFileSync(name, 'utf8');
const a = JSON.parse(read('json')), rows = read('csv').trim().split('\n').slice(1);
const assert = require('assert');
assert.deepEqual(Object.keys(a), ['as_of', 'products', 'total', 'waiting']);
assert.deepEqual(a.products, [{ product: 'kettle', limit: 4, eligible: 4, shown: 2, wrong: 1, required: '1/2', shortfall: 2, missing: 1, waiting: 3 }]);
assert.equal(a.total, 3);
assert.deepEqual(a.waiting[0], { kind: 'admission', grade: 'fault', venue: 'forum', id: '4', title: 'Lid 4', post: '2', quote: 'Yes, that was our mistake.', author: 'Ada Rask', pattern: 'our-fault', at: '2026-01-04T09:00:00Z', needed: true, products: ['kettle'] });
const ids = a.waiting.map((w) => `${w.venue}/${w.id}`);
assert.deepEqual(ids, ['forum/4', 'forum/3', 'forum/2']);
assert.deepEqual(rows.map((r) => r.split(',').slice(2, 4).join('/')), ids);
assert.deepEqual(read('text').match(/forum\/\d/g), ids);
JS
ok "table, JSON and CSV agree" node forms.js
ok "of a product" sh -c '[ "$(candor review kettle --json --now 2026-02-01)" = "$(cat json)" ]'
ok "of one that there isn't" fails 1 candor review ketle
ok "a hint at which is meant" grep -q "did you mean 'kettle'" fails.out
ok "two forms at once" fails 2 candor review --json --csv
ok "a port without a server" fails 2 candor review --port 8080
ok "no archive" fails 3 candor review --archive none.db
printf 'wrong:\n  share: 100%%\n  shortfall: fail\npublish:\n  limit: 4\n' > fail.yaml
lacking() { candor review --rules fail.yaml > fail.out; }
ok "a share that can't be met is no failure here" lacking
ok "and is told" grep -q '3 more wrong threads would let it show 3 more' fail.out

# Labels in doubt, and what strangers write.
cp archive.db doubts.db
candor label forum/1 not-wrong --post 2 --by bob --archive doubts.db
candor label forum/2 solved --post 1 --by eve --now 2026-01-20 --archive doubts.db
sed 's/"Lid 3"/"Lid \\u001b[31m \\u202e3"/; s/The lid sticks/It still sticks/' archive.jsonl |
	sed 's/,"labels":\[[^]]*\]//' | candor import -q jsonl - --archive doubts.db
candor analyze -q --archive doubts.db
candor review --archive doubts.db --now 2026-02-01 > doubts
ok "a contradiction" grep -q "^label-conflict  ....-..-..  forum/1" doubts
ok "by whom" sh -c "tr '\n' ' ' < doubts | tr -s ' ' | grep -q \"'not-wrong' by bob on .*, and before that 'wrong' by eve on 2026-01-09\""
ok "a label on a post that changed" grep -q "^label-stale *2026-01-20  forum/2" doubts
ok "titles are masked" sh -c '! grep -q "$(printf "\033")" doubts && grep -qF "\x1B[31m" doubts'

servers=
trap 'kill $servers 2> /dev/null; rm -rf "$tmp"' EXIT
serve() { # serve NAME BY: $NAME.out has the address
	USER=$2 candor review --serve --archive archive.db > "$1.out" 2> "$1.err" &
	echo $! > "$1.pid"
	servers="$servers $!"
	until [ -s "$1.out" ] || ! kill -0 "$(cat "$1.pid")"; do sleep 0.1; done
}
address() { sed -n 's/^Review at \(.*\); Ctrl-C ends$/\1/p' "$1.out"; }
serve a Kim
serve b Lee
ok "the address is printed" grep -qE '^Review at http://127\.0\.0\.1:[0-9]+/[0-9a-f]{32}/; Ctrl-C ends$' a.out
cp "$top/tests/cmd/review.js" .
add_results node review.js "$(address a)" "$(address b)" archive.db
ok "others write all the while" candor label forum/1 thanked --by eve
ok "and build" candor build -q
port=$(address a | sed 's/.*:\([0-9]*\).*/\1/')
ok "a port that is taken" fails 3 timeout 60 candor review --serve --port "$port"
kill -TERM "$(cat a.pid)"
kill -INT "$(cat b.pid)"
wait "$(cat a.pid)"
ok "SIGTERM ends it well" [ $? -eq 0 ]
ok "without a word" [ ! -s a.err ]
ok "what was answered is sound" candor check
cat > nothing.jsonl <<-'END2'
	{"type":"venue","slug":"forum","name":"Forum","url":"https://forum.brook.example/","own":true}
END2
candor import -q jsonl nothing.jsonl --archive nothing.db
ok "nothing waits, and all is well" sh -c 'candor review --archive nothing.db | grep -qx "nothing waits"'
done_testing
