site
run label forum/1
run label forum/1 wrong --post 2
run label forum/1 'Very Wrong'
run label forum/1 private --by ''
run label forum/1 permission --post 1
run label forum/1 permission --post 1 --note ''
run label forum/1 permission --note 'mail of 3 May'
run label forum/1 not-permission
unset USER
run label forum/1 private
run label forum/1 embargo --by eve
run label forum/1 private --until 2026-12-24 --by eve
run label forum/1 no-embargo --by eve
run label --export forum/1
run label --from labels.csv --note x --by eve
