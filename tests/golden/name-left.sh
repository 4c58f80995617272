site
cat > more.jsonl <<'END'
{"type":"thread","venue":"forum","id":"9","url":"https://forum.brook.example/t/9","title":"Settings","created":"2026-01-05T08:00:00Z","posts":[{"id":"1","author":{"id":"c9","name":"Max"},"created":"2026-01-05T08:00:00Z","format":"text","body":"It boils over."}]}
{"type":"thread","venue":"forum","id":"10","url":"https://forum.brook.example/t/10","title":"More of Max","created":"2026-01-06T08:00:00Z","posts":[{"id":"1","author":{"id":"c1","name":"cust1"},"created":"2026-01-06T08:00:00Z","format":"text","body":"I set it to Max. Ask @max."}]}
END
candor import -q jsonl more.jsonl
run forget --author forum/c9
run forget --name Max
