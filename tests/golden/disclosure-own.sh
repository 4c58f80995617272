# A theme can't bring a disclosure of its own.
site
theme
echo '<p>All is well.</p>' > themes/own/partials/disclosure.html
run check
