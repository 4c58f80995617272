#!/bin/sh
# Pipelines: the files of candor-ci(7) are those that are shipped, and their steps run, in
# a clone and with the environment of the service; annotations, summary and report on code
# quality as the services read them.
. tests/cmd/lib.sh
. tests/golden/lib.sh

# --- the manual ---
for name in github gitlab; do
	awk -v key="$name" '/^\.Bd -literal/ { text = ""; on = 1; next }
		/^\.Ed/ { if (on && (text ~ /^name: site/) == (key == "github") &&
			      (text ~ /^(name: site|site:)/)) printf "%s", text; on = 0 }
		on { text = text $0 "\n" }' man/candor-ci.7 | sed 's/\\e/\\/g' > "$tmp/$name.yml"
	ok "$name.yml is as in the manual" cmp "$tmp/$name.yml" ".ci/examples/$name.yml"
done
if ! "$top/tests/npm" ci yaml@2.9.1 marked@18.2.1; then
	skip "pipelines" "npm has no packages here"
	done_testing
	exit
fi
NODE_PATH=$top/build/ci/node_modules
export NODE_PATH
read_as() { node "$top/tests/cmd/ci.cjs" "$@"; }

# --- a repository ---
mkdir "$tmp/repository" && cd "$tmp/repository" || exit
site
mkdir exports
mv archive.jsonl exports/forum.jsonl
rm archive.db
printf 'venue,thread,label,post,quote,at\nforum,1,wrong,2,that was our mistake,2026-01-10\n' > labels.csv
cd "$tmp" || exit

# run FILE FOLDER: its steps there, each by a shell of its own as the service has it; what
# the first one installs is here already, and comments go to a file.
mkdir bin
cat > bin/gh <<END
#!/bin/sh
[ "\$*" = 'pr comment 12 --body-file plan.md' ] && cp plan.md '$tmp/comment.md'
END
chmod +x bin/gh
PATH=$tmp/bin:$PATH
export GITHUB_REF_NAME=12/merge
run_steps() {
	mkdir "$2" && cp -R repository/. "$2" && read_as steps "$top/.ci/examples/$1.yml" > steps
	csplit -s -z -f step. steps '/^## /' '{*}'
	for step in step.*; do
		case $(head -n 1 "$step") in
		'## Install candor') continue ;;
		esac
		(cd "$2" && bash -e "../$step") >> "$1.out" 2>> "$1.err" || {
			cat "$step" "$1.err" >&2
			return 1
		}
	done
	rm step.*
}
: > github.summary
export GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY="$tmp/github.summary" GITHUB_WORKSPACE="$tmp/github"
ok "the steps of github.yml" run_steps github github
ok "publish the site" [ -s github/public/products/kettle/index.html ]
ok "comment on what it changes" grep -q kettle comment.md
ok "say nothing but annotations" read_as annotations github.err
read_as summary github.summary > summary
ok "the summary renders" [ -s summary ]
for line in 'candor check: done' 'candor build: done' products 'threads shown' 'of them wrong' \
	'share of the site' '25.0 %' 'share that is required' '1/4' files written unchanged removed; do
	ok "it has '$line'" grep -qxF "$line" summary
done
: > github.summary
(cd github && candor build)
read_as summary github.summary > summary
ok "and says that nothing has changed" grep -qx 'candor build: nothing has changed' summary
unset GITHUB_ACTIONS GITHUB_STEP_SUMMARY GITHUB_WORKSPACE
ok "the steps of gitlab.yml" run_steps gitlab gitlab
ok "publish the site" [ -s gitlab/public/products/kettle/index.html ]
ok "with a report on code quality" read_as quality gitlab/gl-code-quality-report.json
ok "and messages in the job's log" grep -q 'candor check\[[0-9]*\]: .*exit status 0$' gitlab.out

# --- mistakes, in a folder of a repository ---
mkdir -p checkout/site && cp -R repository/. checkout/site
cd checkout || exit
export GITHUB_STEP_SUMMARY="$tmp/summary.md" GITHUB_WORKSPACE="$tmp/checkout" CI_PROJECT_DIR="$tmp/checkout"
candor import -q -C site --no-analyze jsonl exports/forum.jsonl
cat > site/rules.yaml <<'END'
publish:
  limit: 4
  limlt: 4
wrong:
  share: "25% | <img src=x onerror=alert(1)> [a](javascript:alert(1)) **b** `c` @eve www.evil.example %0A::error::x, \\"
END
fails_with() { "$@" 2> ../said; [ $? -eq 1 ]; }
ok "a check that fails" fails_with candor check -C site --format github
read_as annotations ../said > ../annotations
ok "annotations name files from the repository's top" [ "$(grep -c '"file":"site/rules.yaml"' ../annotations)" -eq 2 ]
ok "with line and column" grep -q '"level":"error","file":"site/rules.yaml","line":"3","col":"3","endColumn":"8","title":"unknown-key"' ../annotations
ok "what means something to them comes through as it is" grep -qF '%0A::error::x, ' ../annotations
read_as summary ../summary.md > ../summary
ok "the summary renders, and no stranger's words do" [ -s ../summary ]
ok "it says that it failed" grep -qx 'candor check: failed, with exit status 1' ../summary
ok "where" grep -qx 'site/rules.yaml:3' ../summary
ok "and what, to the letter" grep -qF '<img src=x onerror=alert(1)> [a](javascript:alert(1)) **b** `c` @eve www.evil.example %0A::error::x, ' ../summary
candor check --format github -C site --rules ../site/./rules.yaml 2> ../said
read_as annotations ../said > ../annotations
ok "however the file was named" [ "$(grep -c '"file":"site/rules.yaml"' ../annotations)" -eq 2 ]
candor check --format github -C site --rules "$tmp/checkout/site/rules.yaml" 2> ../said
read_as annotations ../said > ../annotations
ok "even from the root" [ "$(grep -c '"file":"site/rules.yaml"' ../annotations)" -eq 2 ]
candor check -C site 2> ../said
ok "people read names as they gave them" grep -q '^rules.yaml:3:3: error: ' ../said
candor check -C site --format gitlab 2> ../said
read_as quality ../said > ../quality
ok "a report names them from there, too" grep -q "^site/rules.yaml:3: major: unknown key 'limlt' in 'publish'; hint: did you mean 'limit'? \[unknown-key\]" ../quality
ok "and is valid" [ "$(wc -l < ../quality)" -eq 2 ]

# Many mistakes, and long ones: the summary stays within what is taken.
: > ../summary.md
{
	echo publish:
	dots=$(printf '%0900d' 0 | tr 0 .)
	for i in $(seq 250); do printf '  "%s%d": 1\n' "$dots" "$i"; done
} > site/rules.yaml
candor check -C site --format github 2> ../said
read_as summary ../summary.md > ../summary
ok "many long mistakes fit" [ "$(wc -c < ../summary.md)" -lt 600000 ]
ok "and how many more there are is said" grep -q '^and [0-9]* more like these$' ../summary
GITHUB_STEP_SUMMARY=/dev/full candor check -C site --format github 2> ../said
ok "a summary that can't be written is said" grep -q '^::error file=/dev/full,title=io::cannot write the summary' ../said
done_testing
