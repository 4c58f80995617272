# With the stylesheets that it links to.
site
theme
mkdir themes/own/assets
noise 260 > themes/own/assets/fragment.css
noise 260 >> themes/own/fragment.md
run check
sed -i '1s|^|<link rel="stylesheet" href="{{root}}assets/fragment.css">\n\n|' themes/own/fragment.md
run check
