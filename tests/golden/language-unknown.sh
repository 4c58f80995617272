# What the program says itself is in English where it doesn't speak the site's
# language, but not silently; it is told once, and a dialect is spoken.
site
theme
echo 'language: fr-CA' >> candor.yaml
run check
run build -q --strict
sed -i 's/^language:.*/language: de-LI/' candor.yaml
run build -q --strict
