# The scripts that complete command lines, in the shells themselves: each gets the same
# lines and must offer the same words.
. tests/cmd/lib.sh

formats=$(echo auto $(sed -n 's/^FORMAT(\(.*\))/\1/p' include/import/formats.h))
commands=$(echo $(candor help | sed -n '/^commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p'))

# A line, and what is offered at its end.
{
	echo "candor |$commands"
	echo "candor bu|build"
	echo "candor -C content -v im|import"
	echo "candor --format json --strict exp|explain export"
	echo "candor --format=j|json"
	echo "candor build --format |text json github gitlab markdown"
	echo "candor --dir sr|src"
	echo "candor -C sr|src"
	echo "candor check --rules=Mak|Makefile"
	echo "candor import |$formats"
	echo "candor import --own j|jira jsonl"
	echo "candor import --venue j|"
	echo "candor import --venue x j|jira jsonl"
	echo "candor import csv Mak|Makefile"
	echo "candor import csv README.md LICENSE Mak|Makefile"
	echo "candor import --map Mak|Makefile"
	echo "candor import --vers|--version"
	echo "candor import -- --vers|"
	echo "candor export |jsonl tombstones"
	echo "candor render --partials sr|src"
	echo "candor label --from=Mak|Makefile"
	echo "candor label some/thing Mak|"
	echo "candor build Mak|"
	echo "candor review --by x --js|--json"
	echo "candor build --jo|--jobs"
	echo "candor build --dry-run --against Mak|Makefile"
	echo "candor import --jo|"
	echo "candor help share-n|share-not-met"
	echo "candor help exit|exit-status"
	echo "candor completion |bash fish zsh"
	for command in $commands; do
		echo "candor $command --|$(candor help "$command" |
			sed -n 's/^  *\(-[a-zA-Z], \)\{0,1\}\(--[a-z-]*\).*/\2/p')" | tr '\n' ' '
		echo
	done
} > "$tmp/table"
sed 's/|.*//' "$tmp/table" > "$tmp/lines"

# Blanks, marks of folders and of values to come are the shell's matter.
try() { # try SHELL COMMAND...
	shell=$1
	shift
	if ! command -v "$shell" > /dev/null; then
		skip "completion in $shell" "no $shell"
		return
	fi
	"$@" < "$tmp/lines" | sed 's/[=/ ]*$//' | sort -u > "$tmp/$shell.offers"
	while IFS='|' read -r line words; do
		printf '%s\n' $words | sort > "$tmp/wanted"
		[ -n "$words" ] || : > "$tmp/wanted"
		awk -F '\t' -v line="$line" '$1 == line && $2 != "" { print $2 }' \
			"$tmp/$shell.offers" | sort > "$tmp/offered"
		ok "$shell: $line" cmp "$tmp/wanted" "$tmp/offered"
	done < "$tmp/table"
}
mkdir "$tmp/functions" "$tmp/home"
candor completion bash > "$tmp/candor.bash"
candor completion zsh > "$tmp/functions/_candor"
candor completion fish > "$tmp/candor.fish"
HOME=$tmp/home XDG_CONFIG_HOME=$tmp/home XDG_DATA_HOME=$tmp/home
export HOME XDG_CONFIG_HOME XDG_DATA_HOME
try bash bash tests/completion/bash "$tmp/candor.bash"
try zsh zsh -f tests/completion/zsh "$tmp/functions" "$tmp/home"
try fish fish --no-config tests/completion/fish "$tmp/candor.fish"

ok "an apostrophe and brackets in what fish says" sh -c 'command -v fish > /dev/null ||
	exit 0
	fish --no-config -c "source $1; complete -C \"candor --conf\"" |
		grep -q "the site'\''s configuration (candor.yaml)"' - "$tmp/candor.fish"
ok "zsh reads it without compinit's help" sh -c 'command -v zsh > /dev/null || exit 0
	zsh -f -c "autoload -U compinit; compinit -D -u; . $1; [[ \$_comps[candor] == _candor ]]"' \
	- "$tmp/functions/_candor"
ok "an unknown shell" fails 2 candor completion csh
ok "is told which there are" grep -q 'bash, zsh or fish' "$tmp/fails.out"
done_testing
