# A note: told under -v only.
site
echo '{"type":"product","slug":"pan","name":"Pan","url":"https://brook.example/pan"}' > more.jsonl
candor import -q jsonl more.jsonl
run check
run check -v
