# What a stranger sees first.
candor
candor help label
candor label --help | head -1
