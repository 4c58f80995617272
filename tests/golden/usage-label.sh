site
candor label forum/1
candor label forum/1 wrong --post 2
candor label forum/1 'Very Wrong'
env -u USER candor label forum/1 private
candor label forum/1 private --by ''
