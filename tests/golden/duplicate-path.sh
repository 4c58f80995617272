# A file of content/ where a page of the site goes.
site
mkdir content
echo '{}' > content/honesty.json
run check
run build
ls
