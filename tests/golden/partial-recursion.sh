site
theme
echo '<p>{{> post}}</p>' >> themes/own/partials/post.html
candor check
