site
sqlite3 archive.db "PRAGMA user_version = 99"
run build
run import -q jsonl archive.jsonl
