site
thread 5 | sed 's/"venue":"forum"/"venue":"fourm"/' > more.jsonl
candor import -q jsonl more.jsonl
