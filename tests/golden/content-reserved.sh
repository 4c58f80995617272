site
mkdir content
printf -- '---\ntitle: Products\n---\nOurs.\n' > content/products.md
run check
