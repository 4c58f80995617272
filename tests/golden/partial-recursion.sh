site
theme
echo '{{> post}}' > themes/own/partials/post.html
run check
