#!/bin/sh
# Every message as its reader sees it: tests/golden/NAME.sh runs in an empty
# folder, and what it prints on both streams must be NAME.out.  `run` of lib.sh
# adds the command and its exit status, so that the result reads as a session.
# Each diagnostic id has at least one test, named ID.sh or ID-more.sh, or one
# among the template language's in tests/template.
# UPDATE=1 writes the expected files anew: read the diff before you commit it.
set -u
top=$(pwd)
PATH=$top/build:$PATH
export PATH LC_ALL=C TZ=UTC USER=eve NO_COLOR=1
unset GITHUB_ACTIONS GITHUB_STEP_SUMMARY GITHUB_WORKSPACE CI_PROJECT_DIR JOURNAL_STREAM \
	SOURCE_DATE_EPOCH
tmp=$(mktemp -d)
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
n=0

result() { # result ok|"not ok" NAME
	n=$((n + 1))
	echo "$1 $n - $2"
}

for test in tests/golden/*.sh; do
	name=${test##*/}
	name=${name%.sh}
	[ "$name" != lib ] || continue
	mkdir "$tmp/$name"
	(
		cd "$tmp/$name" || exit
		. "$top/tests/golden/lib.sh"
		. "$top/$test"
	) > "$tmp/$name.out" 2>&1
	[ -z "${UPDATE-}" ] || cp "$tmp/$name.out" "tests/golden/$name.out"
	if diff -u "tests/golden/$name.out" "$tmp/$name.out" >&2; then
		result ok "$name"
	else
		result "not ok" "$name"
	fi
done

for id in $(sed -n 's/^DIAG([^"]*"\([^"]*\)".*/\1/p' include/base/diag-list.h); do
	if grep -qF "[$id]" tests/golden/*.out tests/template/*.err; then
		result ok "$id is pinned"
	else
		result "not ok" "$id is pinned by no golden test"
	fi
done
echo "1..$n"
