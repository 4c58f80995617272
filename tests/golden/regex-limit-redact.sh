site
sed -e 's/The lid sticks/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab/;4q' archive.jsonl > more.jsonl
candor import -q jsonl more.jsonl
cat >> rules.yaml <<-'END'
redact:
  - {name: many a's, matches: '(a+)+(a+)+(a+)+$'}
END
run build
ls
