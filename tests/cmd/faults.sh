#!/bin/sh
# Whatever lies in the way of a build: links that lead out, pipes, full disks,
# closed streams.  Nothing outside the site is ever written to or removed, nothing
# waits for ever, the old site stays, and the exit status says so.  Calls that
# fail one by one, and kills, are tests/fault's.
. tests/cmd/lib.sh
now=2026-11-20T12:00:00Z
shm=$tmp
[ -w /dev/shm ] && shm=$(mktemp -d /dev/shm/candor-cmd-XXXXXX)
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp" "$shm"' EXIT

site=$shm/site canary=$shm/canary
mkdir -p "$site" "$canary/folder"
cp -R content/candor.yaml content/rules.yaml content/pages "$site/"
cp -R themes/default "$site/theme"
echo secret > "$canary/file"
echo deep > "$canary/folder/file"

canary_state() {
	find "$canary" -printf '%p %i %s %T@ %m\n' | sort
	tree_hash "$canary"
}

# A build hangs after a minute.  With old_kernel it has to do without openat2().
build() {
	timeout 60 env ${old_kernel:+"LD_PRELOAD=$top/build/fault/inject.so" FAULT=openat2:1+:38} \
		candor build -q -C "$site" --theme ./theme --now $now "$@"
}

same() {
	[ "$(tree_hash "$1")" = "$(tree_hash "$2")" ]
}

canary_lives() {
	canary_state | cmp -s - "$tmp/canary"
}

# A build that is asked to work: another archive each time.
turn() {
	cmp -s "$site/archive.db" "$shm/a.db" && _next=b || _next=a
	cp "$shm/$_next.db" "$site/archive.db"
}

# The site is what a build from scratch makes of the archive at hand.
is_right() {
	rm -rf "$shm/scratch"
	build --output "$shm/scratch/public" && same "$site/public" "$shm/scratch/public"
}

# survives NAME: with what was planted, a build works and touches nothing outside.
survives() {
	turn
	ok "$1: builds" build
	ok "$1: rightly" is_right
	ok "$1: nothing outside was touched" canary_lives
}

# refuses NAME STATUS
refuses() {
	turn
	ok "$1: is refused" fails "$2" build
	ok "$1: nothing outside was touched" canary_lives
}

grep -v '"type":"thread"' content/archive.jsonl > "$tmp/a.jsonl"
cp "$tmp/a.jsonl" "$tmp/b.jsonl"
grep '"type":"thread"' content/archive.jsonl | sed -n '1~5p' >> "$tmp/a.jsonl"
grep '"type":"thread"' content/archive.jsonl | sed -n '1~4p' >> "$tmp/b.jsonl"
ok "one archive" candor import -q jsonl "$tmp/a.jsonl" --archive "$shm/a.db"
ok "and another" candor import -q jsonl "$tmp/b.jsonl" --archive "$shm/b.db"
cp "$shm/a.db" "$site/archive.db"
canary_state > "$tmp/canary"
ok "a site" build

# --- Links ---

state=$site/.candor/public
links() {
for name in lock inputs manifest; do
	rm -f "$state/$name"
	ln -s "$canary/file" "$state/$name"
	case $name in
	lock) refuses "a link as the lock" 3 && rm "$state/lock" ;;
	*) survives "a link as the record '$name'" ;;
	esac
done
for name in inputs.new manifest.new stray; do
	ln -s "$canary/folder" "$state/$name"
	survives "a link '$name' among the records"
done
ln -s "$canary/folder" "$state/next"
refuses "a link as the staging folder" 1
rm "$state/next"
mkdir "$state/next"
ln -s "$canary/folder" "$state/next/threads"
ln -s "$canary/file" "$state/next/index.html"
survives "links in the staging folder"

for way in exchange files; do
	sed -i "s/^publish: [a-z]*/publish: $way/" "$site/candor.yaml"
	rm -rf "$site/public/threads" "$site/public/index.html"
	ln -s "$canary/folder" "$site/public/threads"
	ln -s "$canary/file" "$site/public/index.html"
	ln -s "$canary" "$site/public/more"
	survives "links in the output, by $way"
	# The same inode under a name of ours: an edit in place, seen from both sides.
	for file in $(cd "$site/public" && find . -name '*.html' | head -n 5); do
		ln -f "$canary/file" "$site/public/$file"
	done
	canary_state > "$tmp/canary"
	survives "hard links in the output, by $way"
	ln -f "$canary/file" "$site/public/.candor-site"
	canary_state > "$tmp/canary"
	survives "a hard link as the marker, by $way"
	canary_state > "$tmp/canary"
	mkfifo "$site/public/pipe"
	rm "$site/public/feed.xml" && mkfifo "$site/public/feed.xml"
	survives "pipes in the output, by $way"
done
sed -i "s/^publish: [a-z]*/publish: exchange/" "$site/candor.yaml"

rm "$state/lock"
ln "$canary/file" "$state/lock"
canary_state > "$tmp/canary"
survives "a hard link as the lock"
rm "$state/lock"
canary_state > "$tmp/canary"

mv "$site/public" "$site/real"
ln -s real "$site/public"
refuses "a link as the output" 1
rm "$site/public"
mv "$site/real" "$site/public"
mv "$site/.candor" "$site/real"
ln -s "$canary" "$site/.candor"
refuses "a link as .candor" 1
rm "$site/.candor"
mv "$site/real" "$site/.candor"
mkdir -p "$shm/real"
ln -sfn real "$shm/link"
rm -rf "$shm/real/.candor" "$shm/real/public"
ok "a link above the output is fine" build --output "$shm/link/public"
ok "and what is built there right" same "$shm/real/public" "$site/public"

# Nothing of what links in content and theme lead to is published.
ln -s "$canary/file" "$site/pages/leak.txt"
ln -s "$canary/folder" "$site/pages/leaks"
ln -s "$canary/file" "$site/theme/assets/leak.txt"
ok "links in content and theme: builds" build
unpublished() { ! grep -rqE 'secret|deep$' "$site/public"; }
ok "links in content and theme: nothing is published of it" unpublished
ok "links in content and theme: nothing outside was touched" canary_lives
rm "$site/pages/leak.txt" "$site/pages/leaks" "$site/theme/assets/leak.txt"
}
links
echo "# again, as on an old kernel"
old_kernel=yes
links
old_kernel=

# --- Pipes and devices: nothing is waited for ---

for name in pages/pipe.txt pages/pipe.md theme/assets/pipe.css; do
	mkfifo "$site/$name"
	survives "a pipe $name"
	rm "$site/$name"
done
for name in inputs manifest; do
	rm -f "$state/$name"
	mkfifo "$state/$name"
	survives "a pipe as the record '$name'"
done
rm "$site/public/.candor-site"
mkfifo "$site/public/.candor-site"
refuses "a pipe as the marker" 1
rm -rf "$site/public"
ok "a new site" build
mv "$site/theme/layout.html" "$tmp/"
mkfifo "$site/theme/layout.html"
turn
build > "$tmp/out" 2>&1
ok "a pipe as a template: nothing is waited for" [ $? -ne 124 ]
rm "$site/theme/layout.html"
mv "$tmp/layout.html" "$site/theme/"
mv "$site/theme/partials/post.html" "$tmp/"
mkdir "$site/theme/partials/post.html"
ok "a partial that can't be read fails as such" fails 3 build
rmdir "$site/theme/partials/post.html"
mv "$tmp/post.html" "$site/theme/partials/"
said_with() { [ "$({ sleep 0.3; printf '{"a":"x"}'; } | candor render --data /dev/stdin "$1")" = "<p>x</p>" ]; }
echo '{{a}}' > "$tmp/t.md"
ok "a pipe with a writer is read" said_with "$tmp/t.md"

# --- No room ---

old_stays() { # old_stays STATUS: and the build that was told to ended with it
	[ "$1" -eq 3 ] && same "$site/public" "$shm/old"
}
build
rm -rf "$shm/old"
cp -R "$site/public" "$shm/old"
turn
(ulimit -f 8 && build) 2> "$tmp/err"
ok "files may not grow: the old site stays" old_stays $?
(trap '' XFSZ && ulimit -f 8 && build) 2>> "$tmp/err"
ok "nor with the signal ignored" old_stays $?
ok "and it says what couldn't be written" grep -q "cannot .*: File too large" "$tmp/err"
survives "room again"

# On a disk of its own, of SIZE kB: fills it while building, or works.
cat > "$tmp/full" <<'END'
set -u
. tests/cmd/lib.sh > /dev/null
site=$1 size=$2 archive=$3 now=$4
mount -t tmpfs -o "size=${size}k" none "$site/disk" || exit 77
candor build -q -C "$site" --theme ./theme --now "$now" --output disk/public \
	--archive "$3/a.db" || exit 78
before=$(tree_hash "$site/disk/public")
candor build -q -C "$site" --theme ./theme --now "$now" --output disk/public \
	--archive "$3/b.db" 2> "$tmp/err"
status=$?
case $status in
0) exit 0 ;;
3) ;;
*) exit 1 ;;
esac
grep -q 'No space left on device' "$tmp/err" || exit 1
[ "$(tree_hash "$site/disk/public")" = "$before" ] || exit 1
# With room again, without anything done by hand:
mount -o remount,size=50m none "$site/disk" || exit 1
candor build -q -C "$site" --theme ./theme --now "$now" --output disk/public \
	--archive "$3/b.db" || exit 1
mount -o remount,ro none "$site/disk" || exit 1
candor build -q -C "$site" --theme ./theme --now "$now" --output disk/public \
	--archive "$3/a.db" 2> "$tmp/err"
[ $? -eq 3 ] || exit 1
grep -q 'Read-only file system' "$tmp/err" || exit 1
exit 3
END
mkdir "$site/disk"
full=0
if unshare -rm mount -t tmpfs none "$site/disk" 2> /dev/null; then
	for size in 600 800 1000 1300 1600 2000 2400; do
		unshare -rm sh "$tmp/full" "$site" $size "$shm" $now > "$tmp/log" 2>&1
		status=$?
		case $status in
		3) full=$((full + 1)) ;;
		0 | 78) ;; # room for both, or not for one
		*) cat "$tmp/log" >&2 ;;
		esac
		[ $status -eq 78 ] || ok "a disk of $size kB: the old site stays or the new one stands" \
			[ $status -eq 0 -o $status -eq 3 ]
	done
	ok "some of these disks were full" [ $full -ge 1 ]
	cat > "$tmp/bind" <<'END'
mount --bind "$1/public" "$1/public" || exit 77
candor build -v -C "$1" --theme ./theme --now "$2" 2>&1 | grep -q 'files replaced one by one'
END
	turn
	ok "an output where something is mounted goes file by file" \
		unshare -rm sh "$tmp/bind" "$site" $now
	survives "mounted no more"
else
	skip "a disk that is full" "no mount allowed here"
fi
ok "nothing of a build is left but its records" \
	[ "$(ls "$state" | tr '\n' ' ')" = "inputs lock manifest " ]

# --- Streams ---

archive=$site/archive.db
err_says() { grep -q "$1" "$tmp/err"; }
ok "an export to a full disk fails" fails 3 sh -c 'candor export jsonl --archive "$1" > /dev/full' \
	- "$archive"
candor export jsonl --archive "$archive" > /dev/full 2> "$tmp/err"
ok "and says why" err_says "cannot write the result: No space left on device"
ok "help to a full disk fails" fails 3 sh -c 'candor help > /dev/full'
ok "an export to nobody fails" fails 3 sh -c 'candor export jsonl --archive "$1" >&-' - "$archive"
{ candor export jsonl --archive "$archive" 2> "$tmp/err"; echo $? > "$tmp/status"; } |
	head -n 1 > "$tmp/line"
ok "an export to a reader who leaves is quiet" [ ! -s "$tmp/err" ]
ok "and ends like others" [ "$(cat "$tmp/status")" -eq 141 ]
{ trap '' PIPE; candor export jsonl --archive "$archive" 2> "$tmp/err"; echo $? > "$tmp/status"; } |
	head -n 1 > "$tmp/line"
ok "where that signal is ignored it says why" err_says "Broken pipe"
ok "and fails" [ "$(cat "$tmp/status")" -eq 3 ]

# What is opened must not become a stream that was closed.
cp "$archive" "$tmp/x.db"
echo '{"type":"venue","slug":"x"}' > "$tmp/bad.jsonl"
candor import jsonl "$tmp/bad.jsonl" --archive "$tmp/x.db" <&- >&- 2>&-
ok "an import without streams fails all the same" [ $? -eq 1 ]
ok "and writes no message into the archive" cmp -s "$archive" "$tmp/x.db"
turn
ok "a build without streams" sh -c \
	'candor build -C "$1" --theme ./theme --now $2 -v <&- >&- 2>&-' - "$site" $now
ok "is right" is_right
ok "messages to a full disk are no matter" sh -c \
	'candor build -C "$1" --theme ./theme --now $2 -v 2> /dev/full' - "$site" $now
done_testing
