site
theme
sed -i 's/^{{> disclosure}}/{{> disclosure}}\n\n{{> disclosure}}/' themes/own/product.md
run check
