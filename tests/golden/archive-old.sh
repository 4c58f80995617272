site
rm archive.db
sqlite3 archive.db < "$top/tests/unit/archive-version-1.sql"
sqlite3 archive.db "PRAGMA application_id = 0x43616e64; PRAGMA user_version = 1"
run export jsonl
run import --archive archive.db jsonl /dev/null
run export jsonl
