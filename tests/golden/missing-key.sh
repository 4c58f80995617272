site
cat > more.jsonl <<-'END'
["no", "object"]
{"slug":"forum"}
{"type":"venue","slug":"forum","url":"https://forum.brook.example/"}
{"type":"thread","venue":"forum","id":"7","url":"https://forum.brook.example/t/7","title":"Lid","created":"2026-01-01T08:00:00Z","posts":[{"created":"2026-01-01T08:00:00Z","format":"text","body":"x"}]}
END
run import -q jsonl more.jsonl
cat > candor.yaml <<-'END'
company: Brook
contributors:
  - {title: Support}
END
cat > rules.yaml <<-'END'
publish:
  order: {recent: {half_life: 90 days}}
keep:
  - posts: {}
match:
  - any: [{tag: k}]
END
run check
