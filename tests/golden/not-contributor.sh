# The customer may well think so, but the admission must be ours.
site
run label forum/2 wrong --post 1 --quote 'The lid sticks.'
