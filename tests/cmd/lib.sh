# For tests of the command line: TAP, and a folder that goes away.
set -u
top=$(pwd)
PATH=$top/build:$PATH
export PATH LC_ALL=C TZ=UTC USER=eve
unset GITHUB_ACTIONS SOURCE_DATE_EPOCH
tmp=$(mktemp -d)
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
tests=0

# ok NAME COMMAND...: passes when the command does.
ok() {
	tests=$((tests + 1))
	_name=$1
	shift
	if "$@"; then
		echo "ok $tests - $_name"
	else
		echo "not ok $tests - $_name"
	fi
}

# fails STATUS COMMAND...: the command ends with this exit status.
fails() {
	_want=$1
	shift
	"$@" > "$tmp/fails.out" 2>&1
	_got=$?
	[ "$_got" -eq "$_want" ] || {
		echo "# exit status $_got, not $_want" >&2
		cat "$tmp/fails.out" >&2
		return 1
	}
}

skip() { # skip NAME REASON
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

done_testing() {
	echo "1..$tests"
}

# One line for the bytes and names of a tree.
tree_hash() {
	(cd "$1" && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum)
}
