/*
 * What an import leaves out, and why: SKIP(NAME, "key in --json", "words").  The
 * words follow a number: "3 pull requests".
 */
SKIP(BAD, "bad", "bad records")
SKIP(OTHER, "other", "records of other kinds")
SKIP(ORPHAN, "orphan", "replies to what the export doesn't hold")
SKIP(ACTION, "action", "notes of actions")
SKIP(DELETED, "deleted", "posts that were deleted at the venue")
SKIP(PRIVATE, "private", "private messages and whispers")
SKIP(PULL, "pull", "pull requests")
SKIP(TWICE, "twice", "records that came twice")
SKIP(EMPTY, "empty", "messages without a text")
SKIP(RESTRICTED, "restricted", "posts that not everybody may see")
SKIP(FILE, "file", "files of other kinds")
