site
run label forum/1 not-wrong
run check
