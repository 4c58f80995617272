site
for i in $(seq 300); do echo '{"type":"venue"}'; done > more.jsonl
run import -q jsonl more.jsonl > out 2>&1
sed -n '1,4p' out
echo ...
tail -n 3 out
