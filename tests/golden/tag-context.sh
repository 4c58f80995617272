site
theme
cat >> themes/own/layout.html <<-'END'
<p onclick="go('{{page.title}}')">x</p>
<p class={{page.title}}>x</p>
<style>.x { color: {{page.title}} }</style>
END
run check
