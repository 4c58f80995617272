#!/bin/sh
# The built demo site, and one of posts by somebody who means ill, as files: every
# link leads somewhere, nothing runs, nothing of what was taken away is left, and
# XML is XML.
. tests/cmd/lib.sh
now=2026-11-20T12:00:00Z

cat > "$tmp/hostile.jsonl" <<'END'
{"type":"thread","venue":"forum","id":"<script>alert(1)</script>","url":"https://forum.wrenholt.example/t/x/9001","title":"{{site_title}} <script>alert(1)</script> \"><img src=x onerror=alert(1)>","created":"2026-10-01T08:00:00Z","products":["lull-clock"],"posts":[{"id":"1\" onclick=\"alert(1)","author":{"id":"mallory","name":"<b onmouseover=alert(1)>\u202eyrollaM</b>","url":"javascript:alert(1)"},"created":"2026-10-01T08:00:00Z","format":"html","body":"<p>{{{page.title}}} {{> disclosure}}</p><script>alert(1)</script><img src=https://evil.example/x.gif onerror=alert(1)><a href=\"javascript&colon;alert(1)\">a</a><a href=\" java\tscript:alert(1)\">b</a><a href=\"//evil.example/\">c</a><style>*{display:none}</style><svg onload=alert(1)><p style=\"position:fixed\" id=content class=candor-disclosure>d</p><!--><img src=x onerror=alert(1)>--></div></article></main>"},{"id":"2","author":{"id":"u2","name":"Aoife"},"created":"2026-10-01T09:00:00Z","format":"markdown","body":"We were wrong about that, {{company}}.\n\n<script>alert(1)</script> ![x](https://evil.example/x.gif) [e](javascript:alert(1)) [f](data:text/html,x) [g](https://evil.example/ \"t\\\" onclick=alert(1)\") <https://evil.example/> `<script>`\n\n{{#threads}}\n\n</main>"},{"id":"4","author":{"id":"mallory","name":"M"},"created":"2026-10-01T09:10:00Z","format":"html","body":"<p onclick=\"alert(1)\" style=\"position:fixed\" id=\"content\" class=\"candor-disclosure\">p</p><script>alert(1)</script><img src=\"https://evil.example/x.gif\" onerror=\"alert(1)\" alt=\"x\"><a href=\"javascript&colon;alert(1)\">a</a> <a href=\" java&#9;script:alert(1)\">b</a> <a href=\"//evil.example/\">c</a> <a href=\"https://evil.example/?a=1&amp;b=%22\" target=\"_top\" rel=\"author\">d</a><style>*{display:none}</style><svg onload=\"alert(1)\"><path/></svg><form action=\"https://evil.example/\"><input name=\"q\"></form><iframe src=\"https://evil.example/\"></iframe>"},{"id":"5","author":{"id":"mallory","name":"M"},"created":"2026-10-01T09:20:00Z","format":"markdown","body":"![x](https://evil.example/x.gif) [e](javascript:alert(1)) [f](data:text/html,x) [g](https://evil.example/ \"t\\\" onclick=alert(1)\") <https://evil.example/> `<script>`\n\n<b onmouseover=\"alert(1)\">bold</b> &lt;script&gt;alert(1)&lt;/script&gt;\n\n    {{#threads}}<script>"},{"id":"3","author":null,"created":"2026-10-01T10:00:00Z","format":"text","body":"</pre></div><script>alert(1)</script> {{/threads}} & < > \" ' `"}],"labels":[{"name":"wrong","post":"2","quote":"We were wrong about that, {{company}}.","by":"eve","at":"2026-10-02T00:00:00Z"}]}
{"type":"thread","venue":"forum","id":"../../etc/passwd","url":"https://forum.wrenholt.example/t/x/9002","title":"Climbing","created":"2026-10-01T08:00:00Z","products":["lull-clock"],"posts":[{"id":"1","author":{"id":"climber","name":"climber"},"created":"2026-10-01T08:00:00Z","format":"text","body":"Up and up."},{"id":"2","author":{"id":"u2","name":"Aoife"},"created":"2026-10-01T09:00:00Z","format":"text","body":"Here."},{"id":"3","author":{"id":"climber","name":"climber"},"created":"2026-10-01T10:00:00Z","format":"text","hidden":true,"body":"The moderators took this sentence out of the thread."}]}
{"type":"venue","slug":"odd","name":"Odd\u202enib","url":"https://odd.example/"}
{"type":"product","slug":"odd","name":"Odd\u202eeno","url":"https://odd.example/p"}
{"type":"thread","venue":"odd","id":"1","url":"https://odd.example/1","title":"Turned\u202eround","created":"2026-10-01T08:00:00Z","products":["odd"],"tags":["t\u202e"],"posts":[{"id":"1\u202e","author":{"id":"a\u202e","name":"A\u202e"},"created":"2026-10-01T08:00:00Z","format":"text","body":"One.","licence":"CC\u202e 0"},{"id":"2","author":{"id":"b","name":"\u202e","staff":true},"created":"2026-10-01T09:00:00Z","format":"text","body":"Two.","licence":"\u202e"}]}
{"type":"thread","venue":"forum","id":"turned","url":"https://forum.wrenholt.example/t/x/9003","title":"\u202e","created":"2026-10-01T08:00:00Z","products":["odd"],"posts":[{"id":"1","author":{"id":"a","name":"\u200b"},"created":"2026-10-01T08:00:00Z","format":"text","body":"One."},{"id":"2","author":{"id":"u2","name":"Ao\u202eife"},"created":"2026-10-01T09:00:00Z","format":"text","body":"Two, that was our mistake."}],"labels":[{"name":"wrong","post":"2","quote":"that was our mistake","by":"eve","at":"2026-10-02T00:00:00Z"}]}
END

make_site() { # make_site DIR FILE...
	_dir=$1
	shift
	mkdir "$_dir"
	cp -R content/candor.yaml content/rules.yaml content/pages "$_dir/"
	sed -i 's/lull-clock: {limit: 10/lull-clock: {limit: 40/' "$_dir/rules.yaml"
	candor import -q jsonl "$@" --archive "$_dir/archive.db" &&
		candor build -q -C "$_dir" --theme "$top/themes/default" --now $now &&
		candor export jsonl --archive "$_dir/archive.db" > "$_dir/export.jsonl"
}

# Adds the results of pages.js to ours.
look() { # look NAME DIR
	node tests/cmd/pages.js "$2/public" https://open.wrenholt.example/ "$2/export.jsonl" \
		> "$tmp/looked"
	while read -r line; do
		case $line in
		"ok "*) ok "$1: ${line#*- }" true ;;
		"not ok "*) ok "$1: ${line#*- }" false ;;
		esac
	done < "$tmp/looked"
	ok "$1: looked at everything" grep -q '^1\.\.[1-9]' "$tmp/looked"
	for xml in $(cd "$2/public" && find . -name '*.xml'); do
		xmllint --noout "$2/public/$xml" 2>&1 || echo "$xml"
	done > "$tmp/xml"
	ok "$1: XML is well-formed" [ ! -s "$tmp/xml" ]
}

ok "the demo site" make_site "$tmp/demo" content/archive.jsonl
look demo "$tmp/demo"
# Pages that the rules leave out leave no link behind.
mkdir "$tmp/skip"
cp -R content/candor.yaml content/pages "$tmp/skip/"
sed 's/shortfall: trim/shortfall: skip/; s/share: 25%/share: 55%/' content/rules.yaml \
	> "$tmp/skip/rules.yaml"
ok "a site without some pages" candor build -q -C "$tmp/skip" --archive ../demo/archive.db \
	--theme "$top/themes/default" --now $now
cp "$tmp/demo/export.jsonl" "$tmp/skip/"
ok "skip: some are left out" [ ! -e "$tmp/skip/public/products/rise-proofer" ]
look skip "$tmp/skip"
ok "a site with hostile posts" make_site "$tmp/ill" content/archive.jsonl "$tmp/hostile.jsonl"
look hostile "$tmp/ill"
ok "the hostile thread is shown" grep -q 'We were wrong about that, {{company}}' \
	"$tmp/ill/public/products/lull-clock/index.html"
ok "no file climbed out" [ "$(find "$tmp/ill" -name 'passwd*' -o -name 'etc')" = "" ]
ok "every name is plain" [ -z "$(cd "$tmp/ill/public" && find . | grep -v '^[-./a-z0-9_]*$')" ]
ok "no direction is turned round" sh -c '! grep -rq "$(printf "\342\200\256")" "$1"' - "$tmp/ill/public"
ok "what cannot be seen has a name" [ "$(cat "$tmp/ill/public/products/odd/index.html" |
	grep -o '>Untitled conversation<\|>unnamed<\|>unnamed licence<' | sort -u | wc -l)" -eq 3 ]
ok "and its feed a title" grep -q '<title>[^<]*: Oddeno</title>' "$tmp/ill/public/products/odd/feed.xml"
done_testing
