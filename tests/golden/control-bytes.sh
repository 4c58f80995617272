# Nothing that a stranger wrote reaches the terminal as it is.
site
printf 'publish:\n  limit: 4\n"\\e[31mred\\x07": 1\n' > rules.yaml
run check
candor label "$(printf 'forum/\033[31m1')" private
