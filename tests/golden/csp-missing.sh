# A theme that forbids nothing is published, but not under --strict.
site
theme
sed -i 's/<meta http-equiv[^>]*>//' themes/own/layout.html
run check
run build -q --strict
