# In a section it may be left out, in a comment it always is, and what HTML hides
# nobody reads.
site
theme
sed -i 's/^{{> disclosure}}/{{#threads}}\n{{> disclosure}}\n{{\/threads}}/' themes/own/product.md
sed -i 's/^{{> disclosure}}/<!-- {{> disclosure}} -->/' themes/own/fragment.md
sed -i 's/^{{> disclosure}}/<div hidden>\n\n{{> disclosure}}\n\n<\/div>/' themes/own/thread.md
run check
