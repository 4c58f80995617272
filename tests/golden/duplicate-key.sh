site
cat >> rules.yaml <<-'END'
keep:
  - {posts: {min: 2}, posts: {max: 9}}
wrong:
  share: 50%
END
run check
printf '{"type":"venue","slug":"a","slug":"b","name":"A","url":"https://a.example/"}\n' > more.jsonl
run import -q jsonl more.jsonl
