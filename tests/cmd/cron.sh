#!/bin/sh
# What nobody looks at while it runs: silence, nothing touched when nothing changed, the
# lock and who waits for it, the log, the journal, the lines of candor-ci(7).
. tests/cmd/lib.sh
. tests/golden/lib.sh
cd "$tmp" || exit
mkdir site && cd site || exit
site
now=2026-02-01T12:00:00Z

# --- quiet ---
silent() { [ -z "$("$@" 2>&1)" ]; }
lines() { _n=$1; shift; [ "$("$@" 2>&1 | wc -l)" -eq "$_n" ]; }
sed -i 's/limit: 4/limit: 3/' rules.yaml
ok "a build that publishes is silent" silent candor build --now $now
touch archive.db
ok "one line with -v" lines 1 candor build -v --now $now
ok "one line with -v when nothing has changed" lines 1 candor build -v --now $now
printf 'redact: [{name: lids, matches: lid}]\n' >> rules.yaml
ok "redactions stand in that line" sh -c 'candor build -v --now $1 2>&1 |
	grep -q "^products: 1;.*; redacted: [0-9]* lids; files: [0-9]*, .*; the whole tree"' - $now
touch archive.db
ok "no line in a JSON document" sh -c 'candor build -v --format json --now $1 2>&1 |
	grep -qx "{\"diagnostics\":\[\]}"' - $now

# --- nothing changed ---
# Names, inodes, and all times but that of the last look.
state() { find public -printf '%p %i %T@ %C@ %s\n' | sort; }
state > ../before
start=$(date +%s%N)
i=0
while [ $i -lt 1000 ]; do
	candor build --now $now || break
	i=$((i + 1))
done > ../said 2>&1
echo "# $(((($(date +%s%N) - start) / i) / 1000)) us each"
ok "a thousand builds" [ $i -eq 1000 ]
ok "say nothing" [ ! -s ../said ]
state > ../after
ok "and touch nothing" cmp ../before ../after
can_trace() { strace -qq -o /dev/null true 2> /dev/null; }
can_trace || skip "write to no file but the lock" "strace can't trace here"
can_trace && ok "write to no file but the lock" sh -c 'strace -f -qq -e trace=openat,openat2,open \
	-o ../trace candor build --now $1 &&
	! grep -E "O_(WRONLY|RDWR|CREAT|TRUNC)" ../trace | grep -v "\"lock\"\|/dev/null"' - $now

# A cache of a pipeline brings the files back as others.
mkdir ../restored && tar --posix -cf - . | tar -C ../restored -xf -
ok "nothing has changed after a restore" sh -c 'candor build -v -C ../restored --now $1 2>&1 |
	grep -qx "nothing has changed"' - $now
touch ../restored/archive.db
ok "another archive is noticed there" sh -c 'candor build -v -C ../restored --now $1 2>&1 |
	grep -q "^products: 1"' - $now

# --- the lock ---
# Somebody has the lock from hold to let_go.
hold() {
	flock .candor/public/lock sh -c 'touch ../held; while [ -e ../held ]; do sleep 0.05; done' &
	until [ -e ../held ]; do sleep 0.02; done
}
let_go() { rm ../held; }
touch archive.db
printf '4711\n2026-01-31T12:00:00Z\neve\npc1\nbuild\n\033[2J' > .candor/public/lock
hold
candor build --now $now 2> ../locked
status=$?
ok "another run: status 5" [ $status -eq 5 ]
ok "who has the lock, and since when" grep -q "'public' is being built by 'candor build' of eve on pc1, process 4711, since 2026-01-31T12:00:00Z (for [0-9]* days) \[locked\]" ../locked
start=$(date +%s%N)
candor build --wait 1 --now $now 2> ../locked
status=$?
ok "waits as long as it shall, then status 5" [ $status -eq 5 ]
ok "which is a second" [ $((($(date +%s%N) - start) / 1000000)) -ge 1000 ]
ok "no waiting where nothing is shown for it" [ "$(wc -l < ../locked)" -eq 2 ]
ok "check needs no lock" candor check --now $now
let_go
wait

# What changes while a build waits is in what it publishes.
hold
candor build --wait 60 --now $now &
waiter=$!
sleep 0.5
sed -i 's/limit: 3/limit: 2/' rules.yaml
sed -i 's/^title:.*/title: Meanwhile/' candor.yaml
thread 5 > more.jsonl
ok "a build that waits keeps nobody from importing" candor import -q jsonl more.jsonl
ok "the build waited" kill -0 $waiter
let_go
wait $waiter
status=$?
ok "and then was done" [ $status -eq 0 ]
ok "with the configuration as it is by then" grep -q '<title>Meanwhile</title>' public/index.html
ok "the rules" grep -q '"shown":2' public/honesty.json
ok "and the archive" grep -q '"candidates":5' public/honesty.json
hold
candor build --wait 60 --now $now &
waiter=$!
sleep 0.5
echo 'output: elsewhere' >> candor.yaml
let_go
wait $waiter
ok "also where the site shall be" [ -s elsewhere/index.html ]
sed -i '/^output:/d' candor.yaml

# Four at once: one builds, the others have nothing to do, by whatever clock they began.
hold
for i in 1 2 3 4; do
	candor build -v --wait 60 > "../build.$i" 2>&1 &
	eval "pid$i=\$!"
	sleep 1.1
done
let_go
failed=0
for i in 1 2 3 4; do
	eval "wait \$pid$i" || failed=1
done
ok "four builds at once all end well" [ $failed -eq 0 ]
ok "one of them built" [ "$(cat ../build.* | grep -c '^products: ')" -eq 1 ]
ok "the others found nothing to do" [ "$(cat ../build.* | grep -c '^nothing has changed$')" -eq 3 ]
ok "nobody waits for a day and more" fails 2 candor build --wait 100000

# --- the log ---
stamp='^[0-9]\{4\}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z candor'
logged() { grep -q "$stamp $1" log; }
candor build --now $now
ok "a log changes nothing of what is said" silent candor build --now $now --log-file log
ok "what was done is in the log" logged 'build\[[0-9]*\]: nothing has changed; exit status 0$'
sed -i 's/share:/shaer:/' rules.yaml
candor build --now $now --log-file log 2> ../said
ok "mistakes are" logged "build\[[0-9]*\]: rules.yaml:4:3: error: unknown key 'shaer' in 'wrong' \[unknown-key\]; hint: did you mean 'share'?\$"
ok "with the status at the end" logged 'build\[[0-9]*\]: exit status 1$'
ok "standard error is as without a log" sh -c 'candor build --now $1 2>&1 | cmp - ../said' - $now
sed -i 's/shaer:/share:/' rules.yaml
candor import --log-file log jsonl more.jsonl > ../said
ok "what a result says, too" logged "import\[[0-9]*\]: $(cat ../said); exit status 0\$"
candor explain --log-file log nothing 2> ../said
ok "mistakes in a command's words" logged 'explain\[[0-9]*\]: .*error: '
ok "no line that isn't one" [ "$(grep -vc "$stamp [a-z-]*\[[0-9]*\]: ." log)" -eq 0 ]
ok "a log that can't be opened ends it first" fails 3 candor build --log-file none/log -C ../site --rules none.yaml
ok "and nothing else is said" sh -c 'candor build --log-file none/log --rules none.yaml 2>&1 |
	grep -c error: | grep -qx 1'
ln -s target dangling
ok "not through a link to nothing" fails 3 candor check --log-file dangling
ok "which stays one" [ ! -e target ]
ln -sf log dangling
ok "but through a link to a log" sh -c 'candor check --log-file dangling && [ -L dangling ]'
mkfifo pipe
ok "no waiting for a pipe's reader" timeout 20 sh -c 'candor check --log-file pipe; [ $? -eq 3 ]'
(sleep 1; cat > ../slow) < pipe &
(head -c 65536 /dev/zero; exec candor check --log-file pipe) > pipe
status=$?
wait
ok "but for one that is slow" sh -c '[ "$1" -eq 0 ] && tail -c 20 ../slow | grep -q "exit status 0\$"' - $status
(candor check --log-file /dev/stdout; candor check --log-file /dev/stdout; echo end) > ../said
ok "standard output as the log, which goes on behind it" sh -c \
	'sed "s/.*exit status/exit status/" ../said | tr "\n" " " | grep -qx "exit status 0 exit status 0 end "'
ok "with the permissions of a log" [ "$(stat -c %a log)" = 644 ]
ok "relative paths start at -C" sh -c 'cd / && candor check -C "$1" --log-file other && [ -s "$1/other" ]' - "$PWD"
: > log
for i in 1 2 3 4 5 6 7 8; do
	candor explain nothing --log-file log 2> /dev/null &
done
wait
ok "runs at once don't write into each other's lines" [ "$(grep -c "$stamp explain\[[0-9]*\]: ." log)" -eq 16 ]
ok "a full disk is said" sh -c 'candor check --log-file /dev/full 2>&1 |
	grep -q "/dev/full: error: cannot write the log: No space left on device \[io\]"'

# --- the journal ---
# journal COMMAND...: its standard error is what JOURNAL_STREAM says.
journal() {
	: > ../journal
	JOURNAL_STREAM=$(stat -c %d:%i ../journal) "$@" 2>> ../journal
}
touch archive.db
journal candor build -v --now $now
ok "what was done has the priority of information" grep -q '^<6>products: 1; ' ../journal
sed -i 's/share:/shaer:/' rules.yaml
journal candor check --color always
ok "a mistake is one line with its priority" grep -qx "<3>rules.yaml:4:3: error: unknown key 'shaer' in 'wrong' \[unknown-key\]; hint: did you mean 'share'?" ../journal
ok "and nothing else" [ "$(wc -l < ../journal)" -eq 1 ]
JOURNAL_STREAM=1:1 candor check 2> ../journal
ok "not where standard error is something else" grep -q '^rules.yaml:4:3: error: ' ../journal
journal candor check --format text
ok "nor where a format is asked for" grep -q '^rules.yaml:4:3: error: ' ../journal
sed -i 's/shaer:/share:/' rules.yaml
cp candor.yaml ../candor.yaml
sed -i '/^contributors:/,$d' candor.yaml
journal candor check
ok "a warning has another one" grep -q '^<4>.*\[[a-z-]*\]; hint: ' ../journal
mv ../candor.yaml .

# --- the lines of the manual ---
# As cron runs them: no terminal, no input, hardly any environment.
sed -n 's/^\.Dl \(17 3 \* \* \* .*\)/\1/p' "$top"/man/candor-ci.7 "$top"/man/candor.1 \
	> ../crontab
sed -n 's/^    \(17 3 \* \* \* .*\)/\1/p' "$top/README.md" >> ../crontab
ok "the manual and README have lines for a crontab" [ "$(wc -l < ../crontab)" -ge 4 ]
while read -r _m _h _d _o _w line; do
	line=$(printf %s "$line" | sed "s|/usr/local/bin/candor|$top/build/candor|; s|/srv/open|$PWD|")
	ok "cron: candor${line#*/candor}" silent env -i HOME="$tmp" PATH=/usr/bin:/bin \
		SHELL=/bin/sh LOGNAME=eve setsid -w sh -c "$line" < /dev/null
done < ../crontab
ok "one of them kept a log" grep -q "$stamp build\[[0-9]*\]: .*; exit status 0\$" candor.log
done_testing
