site
theme
printf '{{{site_title}}}\n\n{{& page.title}}\n' >> themes/own/index.md
run check
