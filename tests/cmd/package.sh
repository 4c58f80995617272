# The Debian package: built from a copy of the tree, without mistakes that lintian finds,
# with the same files as `make install`, and working where it is unpacked.
. tests/cmd/lib.sh

# Wherever they are named, the packages to build with are the same.
sed -n '/^build=/,/^test=/s/.*:\(.*-dev\)$/\1/p' .ci/packages | sort > "$tmp/named"
sed -n '/^Build-Depends:/,/^$/s/^ \([a-z0-9.-]*-dev\),$/\1/p' .ci/debian/control > "$tmp/wanted"
ok "it is built with what .ci/packages names" cmp "$tmp/named" "$tmp/wanted"
ok "so is the container" grep -q '^RUN .ci/packages deb && make deb' .ci/Containerfile
sed -n 's/^Recommends: //p' .ci/debian/control > "$tmp/recommended"
ok "and has mail" grep -qwf "$tmp/recommended" .ci/Containerfile

for tool in dpkg-buildpackage dh lintian; do
	command -v $tool > /dev/null && continue
	skip "the package" "no $tool"
	done_testing
	exit
done

# Without what a debugger needs, which takes time.
DEB_BUILD_OPTIONS=noautodbgsym DEB_CFLAGS_APPEND=-g0
export DEB_BUILD_OPTIONS DEB_CFLAGS_APPEND
version=$(candor --version | sed -n '1s/candor //p')
ok "make deb" sh -c 'make deb > "$1" 2>&1 || { tail -n 50 "$1" >&2; false; }' - "$tmp/log"
cd build/deb || exit
ok "of this version" [ -f "candor_$version.dsc" ]
ok "without warnings of the compiler" sh -c '! grep -n "warning: " "$1"' - "$tmp/log"
ok "lintian finds no mistake" lintian --fail-on error,warning --allow-root "candor_${version}_"*.changes
dpkg-deb -x "candor_${version}_"*.deb "$tmp/root"
cd "$top" || exit

make -s -o all install "DESTDIR=$tmp/dest" PREFIX=/usr ZSHDIR=/usr/share/zsh/vendor-completions \
	> "$tmp/log"
(cd "$tmp/dest" && find . -type f | sort) > "$tmp/wanted"
(cd "$tmp/root" && find . -type f ! -path './usr/share/doc/*' ! -path '*/lintian/*' |
	sed '/\/man\//s/\.gz$//' | sort) > "$tmp/packed"
ok "what make install installs is in it" diff "$tmp/wanted" "$tmp/packed"

mkdir "$tmp/smoke"
ok "and works where it was put" env "PATH=$tmp/root/usr/bin:$PATH" "AUTOPKGTEST_TMP=$tmp/smoke" \
	sh .ci/debian/tests/smoke
"$tmp/root/usr/bin/candor" --version > "$tmp/versions"
ok "it can read mail" sh -c '! grep "not built in" "$1"' - "$tmp/versions"
done_testing
