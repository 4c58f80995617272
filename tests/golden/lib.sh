# What every golden test starts from: an empty folder, and these.

# run ARGUMENTS: candor, as a session at a terminal would show it.
run() {
	_line='$ candor'
	for _word in "$@"; do
		case $_word in
		*[!-A-Za-z0-9_./:=]* | "") _word="'$_word'" ;;
		esac
		_line="$_line $_word"
	done
	printf '%s\n' "$_line"
	candor "$@"
	echo "[exit $?]"
}

# A small site with one product, four threads, one of them wrong.
site() {
	cat > candor.yaml <<-'END'
	company: Brook
	title: Brook in the open
	url: https://open.brook.example/
	contact: mailto:open@brook.example
	contributors:
	  - {name: Ada Rask, title: Support, accounts: {forum: u1}}
	END
	cat > rules.yaml <<-'END'
	publish:
	  limit: 4
	wrong:
	  share: 25%
	END
	threads > archive.jsonl
	candor import -q --no-analyze jsonl archive.jsonl
}

threads() {
	cat <<-'END'
	{"type":"venue","slug":"forum","name":"Forum","url":"https://forum.brook.example/","own":true}
	{"type":"product","slug":"kettle","name":"Kettle","url":"https://brook.example/kettle"}
	END
	thread 1 '"labels":[{"name":"wrong","post":"2","quote":"that was our mistake","by":"eve","at":"2026-01-09T00:00:00Z"}]'
	thread 2
	thread 3
	thread 4
}

# thread ID [more members]
thread() {
	printf '{"type":"thread","venue":"forum","id":"%s","url":"https://forum.brook.example/t/%s","title":"Lid %s","created":"2026-01-0%sT08:00:00Z","products":["kettle"],"posts":[{"id":"1","author":{"id":"c%s","name":"cust%s"},"created":"2026-01-0%sT08:00:00Z","format":"text","body":"The lid sticks."},{"id":"2","author":{"id":"u1","name":"ada"},"created":"2026-01-0%sT09:00:00Z","format":"markdown","body":"Yes, that was our mistake. Sorry."}]%s}\n' \
		"$1" "$1" "$1" "$1" "$1" "$1" "$1" "$1" "${2:+,$2}"
}

# The least theme of the site's own, to break.
theme() {
	mkdir -p themes/own/partials
	echo 'theme: own' >> candor.yaml
	cd themes/own || exit
	echo 'name: own' > theme.yaml
	cat > layout.html <<-'END'
	<!doctype html>
	<html lang="{{language}}">
	<head>
	<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
	<title>{{page.title}}</title>
	</head>
	<body>
	{{content}}
	</body>
	</html>
	END
	printf '# {{site_title}}\n' > index.md
	printf '# {{page.title}}\n\n{{content}}\n' > page.md
	printf '# {{thread.title}}\n\n{{> disclosure}}\n' > thread.md
	printf '\n{{#thread.posts}}\n{{> post}}\n{{/thread.posts}}\n' >> thread.md
	printf '# {{product.name}}\n\n{{> disclosure}}\n' > product.md
	printf '\n{{#threads}}\n{{> conversation}}\n{{/threads}}\n' >> product.md
	cp product.md fragment.md
	sed 's/product.name/scenario.title/' product.md > scenario.md
	printf '<h2>{{title}}</h2>\n{{#posts}}\n{{> post}}\n{{/posts}}\n' \
		> partials/conversation.html
	printf '<p id="{{anchor}}">{{author.name}}</p>\n{{body}}\n' > partials/post.html
	cd ../..
}

# run, as a user who has no rights here.  Root becomes somebody else; anybody
# else gives up the rights to what counts.
as_nobody() {
	if [ "$(id -u)" -eq 0 ]; then
		chmod 755 ..
		echo "\$ candor $*"
		setpriv --reuid=65534 --regid=65534 --clear-groups candor "$@"
		echo "[exit $?]"
	else
		find . -perm 600 -exec chmod 000 {} +
		[ ! -e .candor ] || chmod a-w .candor/public/lock
		run "$@"
	fi
}

# How many pages a site has by itself is other tests' business.
pages() {
	sed 's/, on [0-9]* pages/, on N pages/'
}

# noise LINES: words of 72 digits a line, which compress to less than half, never
# to nothing.
noise() {
	awk -v lines="$1" 'BEGIN {
		for (x = 7; lines > 0; lines--) {
			for (i = 0; i < 72; i++) {
				x = (x * 16807) % 2147483647
				printf "%d", x / 214748365
			}
			print ""
		}
	}'
}
