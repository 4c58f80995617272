site
candor build --theme defualt
candor build --theme ./mine
