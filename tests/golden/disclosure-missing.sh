site
theme
sed -i '/disclosure/d' themes/own/product.md
sed -i 's/{{> disclosure}}/{{! > disclosure}}/' themes/own/fragment.md
run check
