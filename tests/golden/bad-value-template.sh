# A whole object where text must stand.
site
theme
echo '<p>{{author}}</p>' > themes/own/partials/post.html
run check
