#ifndef IMPORT_FEED_H
#define IMPORT_FEED_H

#include "archive/model.h"
#include "import/xmltree.h"

/*
 * Entries of feeds: Atom (RFC 4287, and its draft 0.3) with threading (RFC 4685),
 * deleted entries (RFC 6721) and licences (RFC 4946); RSS 0.9x, 1.0 and 2.0 with the
 * modules that are in use.
 */
extern const struct xmlspace feed_spaces[];
extern const char *const feed_roots[];

enum feed_text {
	FEED_ID,       /* at most FEED_ID_MAX bytes; longer ones are "sha256:HEX" */
	FEED_URL,
	FEED_TITLE,    /* one line */
	FEED_BODY,
	FEED_AUTHOR_ID, FEED_AUTHOR, FEED_AUTHOR_URL, /* absent: none is named */
	FEED_LANGUAGE,
	FEED_LICENCE,
	FEED_PARENT,     /* id of what it answers */
	FEED_PARENT_URL, /* where that is */
	FEED_TOPIC,    /* the title of what it answers */
	FEED_TAGS,     /* a line each */
	FEED_SITE,     /* the feed's own link */
	FEED_NAME,     /* the feed's own title */
	FEED_TEXTS
};

enum { FEED_ID_MAX = 200 };

/* Absent: not there. */
struct feed_entry {
	bool deleted;    /* then only id and edited are there */
	enum body_format format;
	int64_t created, edited; /* edited: or WHEN_NONE */
	int64_t replies; /* as the feed says, or NUMBER_NONE */
	unsigned long line;
	struct str texts[FEED_TEXTS];
};

/* Texts are in the record's arena.  0, or -1 with diagnostics in bad. */
int feed_entry_read(const struct xmlrecord *record, struct feed_entry *out,
		    struct diags *bad);
/* As bytes, and back: texts then point into packed. */
void feed_entry_pack(const struct feed_entry *e, struct buf *out);
void feed_entry_unpack(struct str packed, struct feed_entry *out);

/* The address without its fragment, if that is one of a comment or of a post in a page
 * that has many; else absent. */
struct str feed_page_of(struct str url);

#endif
