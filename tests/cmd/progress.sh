#!/bin/sh
# What a terminal shows of what takes over a second, and that it takes it away again;
# Ctrl-C on one; nothing of it anywhere else.  Time is made by strace, which holds up
# system calls.
. tests/cmd/lib.sh
. tests/golden/lib.sh
cd "$tmp" || exit
mkdir site && cd site || exit
site
now=2026-02-01T12:00:00Z
if ! script -qec true /dev/null > /dev/null 2>&1; then
	skip "progress" "no pseudo-terminal can be made here"
	done_testing
	exit
fi
if ! strace -qq -o /dev/null true; then
	skip "progress" "strace can't trace here"
	done_testing
	exit
fi

# Threads enough to wait for: 600 of them.
threads | sed -n 1,2p > many.jsonl
thread 2 > one
awk '{ for (i = 100; i < 700; i++) {
	s = $0
	gsub(/"id":"2","url"/, "\"id\":\"" i "\",\"url\"", s)
	gsub(/t\/2"/, "t/" i "\"", s)
	print s } }' one >> many.jsonl
candor import -q --no-analyze jsonl many.jsonl

# All files are to be written.
anew() { rm -rf public .candor; }
# terminal COLUMNS COMMAND: what it shows is in ../lines, each state of a line one of them;
# its input is ours.
terminal() {
	TERM=${terminal:-xterm} script -qec "stty cols $1; $2" /dev/null > ../shown
	_status=$?
	sed "s/$(printf '\033')\[K/<clear>/g" ../shown | tr '\r' '\n' > ../lines
	return $_status
}
# slowly CALL [US]: what makes each of these system calls take so much longer.
slowly() {
	echo "strace -f -qq -o /dev/null -e trace=$1 -e inject=$1:delay_enter=${2:-3000}"
}
shows() { grep -q "$1" ../lines || { head -n 5 ../lines >&2; false; }; }
# The line was there, and what follows it begins on an empty one.
taken_away() {
	grep -q '/s.*<clear>' ../lines &&
		grep -A1 '/s.*<clear>' ../lines | tail -n 1 | grep -q '^<clear>'
}

# --- a build ---
anew
ok "a build on a terminal" terminal 100 "$(slowly openat) candor build -j1 --now $now"
ok "shows how many of how many, how fast, and how long still" \
	shows '^\[#*\.*\]  *[0-9]*%  [0-9]* of 604 threads, [0-9]*/s, 0:[0-9][0-9] left'
ok "takes the line away" taken_away
ok "and says what was done" shows '^<clear>products: 1; .*; files: '
ok "nothing else" [ "$(grep -cv '/s.*<clear>$\|^<clear>\|^$' ../lines)" -eq 0 ]
anew
ok "with four workers" terminal 100 "$(slowly openat 10000) candor build -j4 --now $now"
ok "shows one line" shows '^\[#*\.*\]  *[0-9]*%  [0-9]* of 604 threads, [0-9]*/s, 0:[0-9][0-9] left<clear>$'
ok "takes it away, too" taken_away
anew
ok "in a narrow window" terminal 30 "$(slowly openat) candor build -j1 --now $now"
ok "the bar goes" shows '^  *[0-9]*%  [0-9]* of 604 thread'
ok "and no line is broken" [ -z "$(sed 's/<clear>//g; /^products/d' ../lines | awk 'length > 29')" ]
none() { ! grep -q '/s\|left' ../lines; }
anew
ok "-q" terminal 100 "$(slowly openat) candor build -q -j1 --now $now"
ok "shows nothing" [ ! -s ../shown ]
anew
terminal=dumb
ok "TERM=dumb" terminal 100 "$(slowly openat) candor build -j1 --now $now"
ok "shows no progress" none
terminal=xterm
anew
ok "a pipe" terminal 100 "$(slowly openat) candor build -j1 --now $now 2>&1 | cat"
ok "shows nothing, either" [ ! -s ../shown ]

# --- an import ---
ok "an import on a terminal" terminal 100 \
	"$(slowly read 600000) -P $PWD/many.jsonl candor import jsonl many.jsonl --archive ../new.db"
ok "shows how far it is by the bytes of the input" \
	shows '^\[#*\.*\]  *[0-9]*%  [0-9]* records, [0-9]*/s'
ok "takes the line away" taken_away
ok "and prints the result" shows '^<clear>threads: '
ok "of a pipe" terminal 100 "(head -n 300 many.jsonl; sleep 1.2; tail -n 300 many.jsonl) | candor import jsonl -"
ok "nobody knows how much is left" shows '^[0-9]* records, [0-9]*/s'

# --- an export ---
ok "an export into a file" terminal 100 "$(slowly write 20000) candor export jsonl > ../export"
ok "shows how far it is" shows '[0-9]* of 604 threads, '
ok "and the file has nothing of it" [ "$(grep -vc '^{"type":' ../export)" -eq 0 ]
ok "an export onto the terminal" terminal 100 "$(slowly write 20000) candor export jsonl"
ok "is not interrupted" [ "$(grep -vc '^{"type":\|^$' ../lines)" -eq 0 ]

# --- waiting ---
touch archive.db
printf '4711\n2026-01-31T12:00:00Z\neve\npc1\nbu\033ild\n' > .candor/public/lock
ok "who waits on a terminal" fails 5 terminal 120 "flock .candor/public/lock candor build --wait 1 --now $now"
ok "is told for whom and how long still" shows "1 s left to wait for 'candor bu.*ild' of eve on pc1, process 4711, since"
ok "without control bytes of others" [ "$(grep -c "bu$(printf '\033')ild" ../lines)" -eq 0 ]

# --- Ctrl-C ---
candor build --now $now
tree_hash public > ../before
# Every file is to be written, and the old site stands.
rm .candor/public/manifest .candor/public/inputs
mkfifo ../keys
rm ../shown
(i=0
	until grep -q '604 threads' ../shown || [ $i -eq 600 ]; do
		sleep 0.1
		i=$((i + 1))
	done 2> /dev/null
	printf '\003'; sleep 1) > ../keys &
terminal 100 "exec $(slowly openat 10000) candor build -j1 --now 2026-02-02" < ../keys
status=$?
wait
ok "Ctrl-C: the shell sees the signal" [ $status -eq 130 ]
ok "one line says what stays" [ "$(grep -c 'interrupted: .*the old site stays' ../lines)" -eq 1 ]
ok "where the progress was" taken_away
tree_hash public > ../after
ok "the old site stays" cmp ../before ../after
ok "no staging folder is left" [ -z "$(find .candor -name next)" ]
ok "and the lock is free" flock -n .candor/public/lock true
done_testing
