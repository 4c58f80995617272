site
run label forum/22 private
run explain https://forum.brook.example/t/22
run explain ketle
echo '{"type":"label","venue":"forum","thread":"22","name":"private","by":"eve","at":"2026-01-09T00:00:00Z"}' > more.jsonl
run import -q jsonl more.jsonl
