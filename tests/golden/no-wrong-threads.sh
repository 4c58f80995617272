site
candor label forum/1 not-wrong
candor check
