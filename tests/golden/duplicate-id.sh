# Twice in one import is a mistake; again in the next one is an update.
site
{ thread 5; thread 6; thread 5; } > more.jsonl
run import -q jsonl more.jsonl
thread 5 | sed 's/"id":"2","author"/"id":"1","author"/' > more.jsonl
run import -q jsonl more.jsonl
