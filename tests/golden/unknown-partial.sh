site
theme
echo '{{> conversaton}}' >> themes/own/product.md
candor check
