site
candor build
sed 's/The lid sticks/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab/' archive.jsonl > more.jsonl
candor import -q jsonl more.jsonl
cat >> rules.yaml <<-'END'
drop:
  - matches: '(a+)+(a+)+(a+)+$'
END
run build
