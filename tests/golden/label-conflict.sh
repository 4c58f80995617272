# Two curators of different minds; the next word settles it, whoever says it.
site
quote='that was our mistake'
run label forum/1 not-wrong --by kim --now 2026-02-01
run label forum/2 private --by eve --now 2026-02-01
run label forum/2 publish --by eve --now 2026-02-02
run label forum/3 wrong --post 2 --quote "$quote" --by eve --now 2026-02-01
run label forum/3 not-wrong --post 2 --by kim --now 2026-02-02
run label forum/3 not-wrong --post 1 --by kim --now 2026-02-03
run label forum/4 solved --by eve --now 2026-02-01
run label forum/4 not-solved --by kim --now 2026-02-02
run label forum/4 embargo --until 2026-12-24 --by eve --now 2026-02-01
run label forum/4 not-embargo --by kim --now 2026-02-02
run check --strict
run label forum/1 not-wrong --by kim --now 2026-02-04
run label forum/3 wrong --post 2 --quote "$quote" --by lou --now 2026-02-04
run label forum/4 not-solved --by eve --now 2026-02-04
run check
