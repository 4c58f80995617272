site
for i in $(seq 300); do echo '{"type":"venue"}'; done > more.jsonl
candor import -q jsonl more.jsonl > out 2>&1
head -3 out
tail -3 out
candor import -q jsonl more.jsonl > /dev/null 2>&1
