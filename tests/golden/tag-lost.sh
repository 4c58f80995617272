# Markdown would drop it: what a template says must be on the page.
site
theme
printf '\n[unused]: {{root}} "x"\n' >> themes/own/index.md
run check
