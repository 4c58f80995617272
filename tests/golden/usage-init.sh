run init
run init shop topics/1.json topics/2.json
run init shop --company '' --url open.acme.example --contact nobody --language 'no tag' --share 120%
run init shop --venue forum --own
run init shop --from-jsonl a --from-csv b --own
run init shop --archive other.db
run init shop --theme ./mine
run init shop --from-jsonl nowhere.jsonl
ls
