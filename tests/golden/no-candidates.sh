# A note: told under -v only.
site
echo '{"type":"product","slug":"pan","name":"Pan","url":"https://brook.example/pan"}' > more.jsonl
candor import -q jsonl more.jsonl
run check
run check -v
printf 'scenarios: [{slug: steam, title: Steam, when: {text: steam}}]\n' >> rules.yaml
run check -v
