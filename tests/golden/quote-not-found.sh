site
candor label forum/2 wrong --post 2 --quote 'that was your mistake'
