# What a browser would ask of other hosts; links that a reader follows are none of it.
site
theme
sed -i 's|</head>|<link rel="preconnect" href="https://cdn.example"><link rel="me" href="https://me.example/"></head>|' \
	themes/own/layout.html
mkdir content themes/own/assets
echo '@import "//fonts.example/serif.css";' > themes/own/assets/own.css
cat > content/team.md <<'END'
---
title: The team
---

<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" srcset="https://cdn.example/a.png 2x" alt="Us">
[Us](https://us.example/)
END
run check 2>&1 | pages
run check -q --strict 2>&1 | pages
