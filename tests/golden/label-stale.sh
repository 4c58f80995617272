# What curators said of a post that was edited or deleted since.
site
run label forum/2 thanked --post 1 --by eve --now 2026-02-01
run label forum/3 solved --post 2 --by eve --now 2026-02-01
run label forum/4 solved --post 2 --by eve --now 2026-02-01
{
	head -2 archive.jsonl
	thread 2 | sed 's/The lid sticks/The lid/'
	thread 3 | sed 's/"id":"2","author"/"id":"2","gone":true,"author"/'
	thread 1 | sed 's/Sorry/Really/'
} > newer.jsonl
run import -q jsonl newer.jsonl --now 2026-02-02
run check --strict
# Who has looked says so, or takes it back.
run label forum/1 wrong --post 2 --quote 'that was our mistake' --by kim --now 2026-02-03
run label forum/2 not-thanked --post 1 --by kim --now 2026-02-03
run label forum/3 not-solved --by kim --now 2026-02-03
run check
