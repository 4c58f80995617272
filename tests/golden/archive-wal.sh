site
sqlite3 archive.db "PRAGMA journal_mode = WAL" > /dev/null
run build
