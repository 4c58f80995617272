# In a page of content/, in the layout, in a stylesheet, and in a fragment, whose
# links must not depend on where it stands.  The files of content/ count.
site
theme
mkdir content
cat > content/team.md <<'END'
---
title: The team
---

[Us](../abuot/) with a [map](../map.png), [our rules](../rules.yaml), [a talk](https://open.brook.example/talk/),
[home](../) and [the shop](https://brook.example/nowhere).
END
echo png > content/map.png
sed -i 's|</body>|<a href="{{root}}imprint/">Imprint</a> <a href="{{root}}about">About</a></body>|' \
	themes/own/layout.html
printf '[More](products/{{product.slug}}/) [Rules]({{root}}rules.yml)\n' >> themes/own/fragment.md
mkdir themes/own/assets
echo 'body { background: url("paper.png"); cursor: url(../rules.yaml) }' > themes/own/assets/own.css
run check 2>&1 | pages
