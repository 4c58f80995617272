# The sqlite3 shell can write what candor would not.
site
sqlite3 archive.db "PRAGMA ignore_check_constraints = 1; UPDATE post SET format = 'rtf' WHERE id = 2"
run check
