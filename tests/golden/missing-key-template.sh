# A template asks for what isn't there: never published.
site
theme
echo 'We sell {{product.nmae}} at {{colour}}.' >> themes/own/product.md
run build
ls
