site
run label forum/2 wrong --post 7 --quote 'that was our mistake'
thread 5 | sed 's/"id":"2","author"/"id":"2","parent":"9","author"/' > more.jsonl
run import -q jsonl more.jsonl
