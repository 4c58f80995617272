# An object that is not ours; a row that can't be; bytes that are no database.
site
sqlite3 archive.db "CREATE VIEW v AS SELECT 1"
candor check
rm archive.db
candor import -q jsonl archive.jsonl
sqlite3 archive.db "UPDATE post SET created = created + 1, body = 'The lid stays.' WHERE id = 3; UPDATE thread SET digest = zeroblob(32) WHERE id = 2"
candor check
printf 'SQLite format 3\0 and then nothing that SQLite can read' > archive.db
candor check
