# The customer may well think so, but the admission must be ours.
site
candor label forum/2 wrong --post 1 --quote 'The lid sticks.'
