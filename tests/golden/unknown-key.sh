site
sed -i 's/share:/shaer:/' rules.yaml
printf 'keep:\n  - contribtor: true\n  - {posts: {mni: 2}}\nscenarios: []\n' >> rules.yaml
sed -i 's/^contact:/contakt:/' candor.yaml
candor check
echo '{"type":"venue","slug":"a","name":"A","url":"https://a.example/","license":"MIT"}' > more.jsonl
candor import -q jsonl more.jsonl
