site
theme
echo '</div>' >> themes/own/layout.html
printf '<section>\n\n{{> conversation}}\n' > themes/own/index.md
run check
