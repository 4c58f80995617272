site
run build --theme defualt
run build --theme ./mine
