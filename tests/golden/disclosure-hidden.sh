# In a section it may be left out, in a comment it always is.
site
theme
sed -i 's/^{{> disclosure}}/{{#threads}}\n{{> disclosure}}\n{{\/threads}}/' themes/own/product.md
sed -i 's/^{{> disclosure}}/<!-- {{> disclosure}} -->/' themes/own/fragment.md
run check
