# A theme that doesn't speak the site's language speaks its own; one that speaks a
# dialect of it needs no words.
site
theme
printf 'language: de-CH\nwords:\n  more: Mehr\n' >> themes/own/theme.yaml
echo 'language: fr' >> candor.yaml
run check
sed -i 's/^language:.*/language: de/' candor.yaml
run check
