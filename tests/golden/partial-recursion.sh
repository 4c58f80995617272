site
theme
printf '{{> post}}\n' >> themes/own/partials/post.html
run check
