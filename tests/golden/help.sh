# What a stranger sees first.
run
run help label
