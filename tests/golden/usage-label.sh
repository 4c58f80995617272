site
run label forum/1
run label forum/1 wrong --post 2
run label forum/1 'Very Wrong'
run label forum/1 private --by ''
unset USER
run label forum/1 private
