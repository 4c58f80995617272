site
cat > archive.jsonl <<-'END'
{"type":"venue","slug":"Our Forum","name":"Forum","url":"https://forum.brook.example/"}
{"type":"venue","slug":"forum","name":"Forum","url":"https://forum.brook.example/","own":"yes"}
{"type":"thraed","venue":"forum"}
{"type":"thread","venue":"forum","id":"9","url":"https://forum.brook.example/t/9","title":"Lid","created":"yesterday","posts":{}}
{"type":"thread","venue":"forum","id":"10","url":"https://forum.brook.example/t/10","title":"Lid","created":"2026-01-01T08:00:00Z","posts":[{"id":"1","author":null,"created":"2026-01-01T08:00:00Z","format":"bbcode","body":"x"}]}
END
run import -q jsonl archive.jsonl
