/*
 * Every diagnostic: DIAG(NAME, "id", level, exit status).  The enum, the ids
 * and the levels are generated from these rows; candor(1) explains each id
 * under DIAGNOSTICS and tests/golden pins each one.  Sorted by id.
 */
DIAG(ARCHIVE_DAMAGED, "archive-damaged", ERROR, 1)
DIAG(ARCHIVE_FOREIGN, "archive-foreign", ERROR, 1)
DIAG(ARCHIVE_FUTURE, "archive-future", ERROR, 1)
DIAG(ARCHIVE_LINK, "archive-link", ERROR, 1)
DIAG(ARCHIVE_OLD, "archive-old", ERROR, 1)
DIAG(ARCHIVE_WAL, "archive-wal", ERROR, 1)
DIAG(BAD_UTF8, "bad-utf8", ERROR, 1)
DIAG(BAD_VALUE, "bad-value", ERROR, 1)
DIAG(DUPLICATE_KEY, "duplicate-key", ERROR, 1)
DIAG(IO, "io", ERROR, 3)
DIAG(LOCKED, "locked", ERROR, 5)
DIAG(MISSING_KEY, "missing-key", ERROR, 1)
DIAG(NO_SUCH_POST, "no-such-post", ERROR, 1)
DIAG(NO_SUCH_THREAD, "no-such-thread", ERROR, 1)
DIAG(NOT_FOUND, "not-found", ERROR, 3)
DIAG(OUTPUT_FOREIGN, "output-foreign", ERROR, 1)
DIAG(OUTPUT_LINK, "output-link", ERROR, 1)
DIAG(SHARE_NOT_MET, "share-not-met", ERROR, 4)
DIAG(SYNTAX, "syntax", ERROR, 1)
DIAG(TOO_DEEP, "too-deep", ERROR, 1)
DIAG(TOO_LARGE, "too-large", ERROR, 1)
DIAG(UNKNOWN_KEY, "unknown-key", ERROR, 1)
DIAG(UNREADABLE, "unreadable", ERROR, 3)
DIAG(USAGE, "usage", ERROR, 2)
