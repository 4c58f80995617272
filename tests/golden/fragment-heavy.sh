# With its stylesheet, which comes by a link.
site
theme
mkdir themes/own/assets
noise 260 > themes/own/assets/fragment.css
noise 260 >> themes/own/fragment.md
echo 'fragment: {css: none}' >> candor.yaml
run check
sed -i '$s/none/link/' candor.yaml
run check
