# On one page; the same id on two pages is fine.
site
mkdir content
for name in team talk; do
	printf -- '---\ntitle: The %s\n---\n\n<p id="ada">Ada</p>\n' $name > content/$name.md
done
printf '\n<p id="ada">Ada again</p>\n' >> content/talk.md
run check
