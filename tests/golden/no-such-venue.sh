site
thread 5 | sed 's/"venue":"forum"/"venue":"fourm"/' > more.jsonl
run import -q jsonl more.jsonl
