# An object that is not ours, and content that isn't what was hashed.
site
sqlite3 archive.db "CREATE VIEW v AS SELECT 1"
run build
rm archive.db
candor import -q jsonl archive.jsonl
sqlite3 archive.db "UPDATE thread SET digest = zeroblob(32) WHERE id = 2"
run check
