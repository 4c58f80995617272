site
thread 5 | sed 's/"products":\["kettle"\]/"products":["ketle"]/' > more.jsonl
candor import -q jsonl more.jsonl
