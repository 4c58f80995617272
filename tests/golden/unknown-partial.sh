site
theme
echo '{{> conversaton}}' >> themes/own/product.md
run check
