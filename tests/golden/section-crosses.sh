site
theme
cat > themes/own/index.md <<-'END'
# {{site_title}}

A paragraph {{#products}} that a section begins in,

and another {{/products}} that it ends in.
END
run check
