#!/bin/sh
# The exit status says what kind of thing went wrong, the lowest one wins, and
# whatever went wrong the site that stood stands.
. tests/cmd/lib.sh
. tests/golden/lib.sh
cd "$tmp" || exit
mkdir site && cd site || exit
site

unchanged() { diff -r ../before public > /dev/null; }

ok "0: done" fails 0 candor build --now 2026-02-01
cp -R public ../before
ok "0: a warning is no failure" sh -c "sed -i 's/forum: u1/forum: u1, fourm: u2/' candor.yaml; candor check"
ok "1: unless under --strict" fails 1 candor check --strict
ok "1: nor does a build publish" fails 1 candor build --strict --now 2026-02-02
sed -i 's/, fourm: u2//' candor.yaml

ok "2: usage" fails 2 candor build --bogus
ok "2: even where there is no site" fails 2 candor -C / build --bogus
ok "3: a file that isn't there" fails 3 candor build --rules nowhere.yaml
ok "3: a folder that isn't there" fails 3 candor build -C nowhere
ok "3: a result that can't be written" fails 3 sh -c 'candor export jsonl > /dev/full'
ok "3: help that can't be written" fails 3 sh -c 'candor help > /dev/full'

printf 'wrong: {share: 50%%, shortfall: fail}\n' > strict.yaml
ok "4: the share" fails 4 candor build --rules strict.yaml --now 2026-02-02
ok "4: of check, too" fails 4 candor check --rules strict.yaml
ok "the old site stands" unchanged

touch archive.db
ok "5: another run" fails 5 flock -n .candor/public/lock candor build --now 2026-02-02
ok "the old site stands" unchanged
ok "check needs no lock" fails 0 flock -n .candor/public/lock candor check
ok "nor does another site" fails 0 flock -n .candor/public/lock candor build --output other

# The lowest status wins, in whatever order the mistakes are met.
printf 'wrong: {shaer: 1/4}\n' > bad.yaml
ok "1 before 3" fails 1 candor check --config bad.yaml --rules nowhere.yaml
ok "1 before 3, the other way round" fails 1 candor check --config nowhere.yaml --rules bad.yaml
ok "1 before 4" fails 1 sh -c "mkdir -p content && echo x > content/page.md &&
	candor check --rules strict.yaml"
rm -r content
mkdir foreign && echo x > foreign/file
ok "1: a folder that isn't ours" fails 1 candor build --output foreign
ok "and it is untouched" [ "$(cat foreign/file)" = x ]

# Four builds at once: at least one comes through, none waits, the site is whole.
rm -rf public .candor
for i in 1 2 3 4; do
	(candor build --now 2026-02-01 > /dev/null 2>&1; echo $? >> ../statuses) &
done
wait
ok "four at once: 0 or 5" sh -c '! grep -qv "^[05]$" ../statuses && grep -q 0 ../statuses'
ok "and the site is the same" diff -r ../before public
done_testing
