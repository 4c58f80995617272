# The database of another application; an empty database; no database at all.
site
rm archive.db
sqlite3 archive.db "PRAGMA application_id = 252006673; CREATE TABLE event (name)"
run build
: > archive.db
run build
echo "not a database, though long enough to hold the header of one, or so it seems at first sight: a hundred bytes" > archive.db
run build
