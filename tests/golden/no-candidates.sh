site
echo '{"type":"product","slug":"pan","name":"Pan","url":"https://brook.example/pan"}' > more.jsonl
candor import -q jsonl more.jsonl
candor check -v 2>&1 | grep -v 'would\|threads'
candor check
