site
echo '{"type":"venue","slug":"a","name":"A","url":"https://a.example/","license":"MIT"}' > more.jsonl
run import -q jsonl more.jsonl
sed -i 's/share:/shaer:/' rules.yaml
printf 'keep:\n  - contribtor: true\n  - {posts: {mni: 2}}\nshares: []\n' >> rules.yaml
sed -i 's/^contact:/contakt:/' candor.yaml
run check
