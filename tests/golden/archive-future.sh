site
sqlite3 archive.db "PRAGMA user_version = 99"
candor build
candor import -q jsonl archive.jsonl
