site
theme
cat > themes/own/index.md <<-'END'
# {{site_title}}

{{#products}}

- {{name}

{{/product}}
END
run check
