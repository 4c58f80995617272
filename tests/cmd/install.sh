#!/bin/sh
# What is installed works from anywhere, its theme with it, and uninstalling
# leaves nothing behind.  Everything goes below DESTDIR.
. tests/cmd/lib.sh

# -o all: another PREFIX would compile everything anew, under the other tests.
# The program finds its theme from where it lies.
make_in() { make -s -o all "$@" > "$tmp/make.out" 2>&1 || { cat "$tmp/make.out" >&2; return 1; }; }

ok "make install with DESTDIR" make_in install "DESTDIR=$tmp/dest" PREFIX=/usr
cd "$tmp/dest" && find . -type f -o -type l | sort > "$tmp/installed"
cd "$top" || exit
ok "the program" [ -x "$tmp/dest/usr/bin/candor" ]
ok "every page of the manual" sh -c '
	for page in man/*.[1-9]; do
		test -f "$1/usr/share/man/man${page##*.}/${page#man/}" || exit 1
	done' - "$tmp/dest"
(cd themes && find . -type f | sort) > "$tmp/themes"
(cd "$tmp/dest/usr/share/candor/themes" && find . -type f | sort) > "$tmp/themes.installed"
ok "every file of the themes" cmp "$tmp/themes" "$tmp/themes.installed"
ok "the ledger's schema" cmp man/honesty.schema.json \
	"$tmp/dest/usr/share/candor/honesty.schema.json"
ok "the patterns" cmp src/evidence/patterns.yaml \
	"$tmp/dest/usr/share/candor/patterns.yaml"
completes() { # completes SHELL FILE
	candor completion "$1" | cmp - "$tmp/dest/usr/share/$2"
}
ok "what bash completes" completes bash bash-completion/completions/candor
ok "what zsh completes" completes zsh zsh/site-functions/_candor
ok "what fish completes" completes fish fish/vendor_completions.d/candor.fish
ok "the examples" sh -c '
	for file in .ci/examples/*; do
		cmp "$file" "$1/usr/share/candor/examples/${file##*/}" || exit 1
	done' - "$tmp/dest"
ok "the units of systemd, with the program's place" grep -qx \
	"ExecStart=/usr/bin/candor build -v --wait 600 -C %f" \
	"$tmp/dest/usr/lib/systemd/system/candor-build@.service"
ok "readable by everybody" [ -z "$(find "$tmp/dest/usr" ! -perm -444)" ]
ok "outside of DESTDIR nothing" [ -z "$(sed -n '/^\.\/usr\//!p' "$tmp/installed")" ]

# From a folder without themes, by a name found in PATH.
mkdir "$tmp/work" && cd "$tmp/work" || exit
. "$top/tests/golden/lib.sh"
PATH=$tmp/dest/usr/bin:$PATH
site
ok "the installed program finds its theme" candor build -q
ok "and makes a site" [ -s public/products/kettle/index.html ]
cd "$top" || exit

# For real paths, since systemd looks whether the program is there.
if systemd-analyze --version > /dev/null 2>&1; then
	ok "make install elsewhere" make_in install "PREFIX=$tmp/else"
	cd "$tmp/else/lib/systemd/system" || exit
	ok "systemd finds no mistake in the units" sh -c '
		systemd-analyze verify --man=no ./candor-build@.service ./candor-build@.timer \
			> "$1" 2>&1 && cmp "$1" /dev/null' - "$tmp/verify"
	ok "and little that the service could do to others" sh -c '
		systemd-analyze security --offline=true --threshold=10 \
			./candor-build@.service > /dev/null'
	cd "$top" || exit
else
	skip "the units of systemd" "there is no systemd-analyze"
fi

ok "make uninstall" make_in uninstall "DESTDIR=$tmp/dest" PREFIX=/usr
ok "leaves no file" [ -z "$(find "$tmp/dest" -type f -o -type l)" ]
ok "nor a folder of its own" [ ! -e "$tmp/dest/usr/share/candor" ]
done_testing
