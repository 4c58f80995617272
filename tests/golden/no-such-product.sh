site
thread 5 | sed 's/"products":\["kettle"\]/"products":["ketle"]/' > more.jsonl
run import -q jsonl more.jsonl
