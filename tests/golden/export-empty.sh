echo '{"type":"venue","slug":"blog","name":"Blog","url":"https://blog.acme.example/"}' > none.jsonl
run init shop --from-jsonl none.jsonl
ls -d shop
