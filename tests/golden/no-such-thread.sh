site
candor label forum/22 private
candor explain https://forum.brook.example/t/22
candor explain ketle
echo '{"type":"label","venue":"forum","thread":"22","name":"private","by":"eve","at":"2026-01-09T00:00:00Z"}' > more.jsonl
candor import -q jsonl more.jsonl
