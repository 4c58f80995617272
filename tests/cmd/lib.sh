# For tests of the command line: TAP, and a folder that goes away.
set -u
top=$(pwd)
PATH=$top/build:$PATH
export PATH LC_ALL=C TZ=UTC USER=eve
unset GITHUB_ACTIONS GITHUB_STEP_SUMMARY GITHUB_WORKSPACE CI_PROJECT_DIR JOURNAL_STREAM \
	SOURCE_DATE_EPOCH
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

# Adds the results of another program that prints TAP to ours.
add_results() { # add_results COMMAND...
	"$@" > "$tmp/results"
	while read -r _line; do
		case $_line in
		"ok "*) ok "${_line#*- }" true ;;
		"not ok "*) ok "${_line#*- }" false ;;
		esac
	done < "$tmp/results"
	ok "$2 got to its end" grep -q '^1\.\.[1-9]' "$tmp/results"
}

# edge_site DIR: the demo with odd conversations in it, built, and exported.
edge_site() {
	mkdir -p "$1"
	cp -R content/candor.yaml content/rules.yaml content/pages "$1/"
	sed -i 's/lull-clock: {limit: 10/lull-clock: {limit: 40/' "$1/rules.yaml"
	candor import -q jsonl content/archive.jsonl tests/cmd/edge.jsonl \
		--archive "$1/archive.db" &&
		candor build -q -C "$1" --theme "$top/themes/default" \
			--now 2026-11-20T12:00:00Z &&
		candor export jsonl --archive "$1/archive.db" > "$1/export.jsonl"
}

# Validators that npm has, into build/; false where they can't be had.
validators() {
	"$top/tests/npm" validators html-validate@9.7.1 vnu-jar@26.9.27 ajv@8.20.0 || return 1
	NODE_PATH=$top/build/validators/node_modules
	export NODE_PATH
}

# nginx_config NAME ROOT: for a server on the socket $tmp/NAME.socket, with what is on
# standard input in its block.
nginx_config() {
	{
		echo "daemon off; master_process off; pid $tmp/$1.pid; error_log $tmp/$1.error;"
		echo 'events {}'
		echo "http { access_log off; types { text/html html; text/css css; }"
		for _folder in client_body proxy fastcgi uwsgi scgi; do
			echo "${_folder}_temp_path $tmp/$_folder;"
		done
		echo "server { listen unix:$tmp/$1.socket; root $2;"
		cat
		echo '} }'
	} > "$tmp/$1.conf"
}

# nginx_start NAME: $server is its process; back when it has its socket, or has died.
nginx_start() {
	nginx -e "$tmp/$1.error" -c "$tmp/$1.conf" > "$tmp/$1.log" 2>&1 &
	server=$!
	until [ -S "$tmp/$1.socket" ] || ! kill -0 $server; do
		sleep 0.1
	done
}

# One line for the bytes and names of a tree.
tree_hash() {
	(cd "$1" && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum)
}
