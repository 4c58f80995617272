#ifndef IMPORT_SEDUMP_H
#define IMPORT_SEDUMP_H

#include "base/arena.h"
#include "import/import.h"
#include "base/spool.h"

/*
 * The files of a Stack Exchange data dump, brought into the order of threads.
 * Rows come in the order of their ids, so that an answer may stand gigabytes
 * behind its question: one pass puts rows aside in a temporary file and keeps
 * 48 bytes a row in memory (an item, and its owner's id).  Of the users only
 * the names of those who wrote something are kept.
 */
enum sedump_text { SE_BODY, SE_TITLE, SE_TAGS, SE_OWNER_NAME, SE_LICENCE, SE_TEXTS };

/* A row of Posts.xml or Comments.xml. */
struct sedump_row {
	int64_t id, type, parent, accepted, owner; /* NUMBER_NONE: not there */
	int64_t created, edited, active;           /* WHEN_NONE: not there */
	int64_t score, views;                      /* NUMBER_NONE: not there */
	struct str texts[SE_TEXTS];                /* absent: not there */
	unsigned long line;
};

enum sedump_kind { SE_QUESTION, SE_ANSWER, SE_COMMENT };

struct sedump_item {
	int64_t thread; /* the question's id */
	int64_t id;
	struct spool_ref at;
	int32_t votes; /* for less against */
	uint8_t kind;
	bool accepted; /* by a vote */
};

struct sedump_owner {
	int64_t id;
	struct str name; /* absent until known */
};

struct sedump {
	struct import *in; /* borrowed */
	char *posts, *comments, *users, *votes; /* owned: paths */
	struct arena arena; /* owners' names; whatever lives as long as the dump */
	struct spool spool;
	struct buf record; /* a row on its way into the spool */

	struct sedump_item *items; /* owned; once read, by thread, kind and id */
	size_t items_n, items_cap;
	size_t posts_n; /* while reading: items [0, posts_n) are posts, by id */
	int64_t *owner_ids; /* owned; while reading */
	size_t owner_ids_n, owner_ids_cap;
	struct sedump_owner *owners; /* owned; by id */
	size_t owners_n;

	bool acceptance_known; /* some question names its accepted answer */
	bool scores_missing;   /* some post has none */
	bool with_comments;    /* the dump has their file */
};

/* The dump in a folder; nothing is read yet.  Release it in any case. */
void sedump_init(struct sedump *d, struct import *in, const char *path);
void sedump_release(struct sedump *d);
/* Reads the files.  Bad rows are the import's; 0, or -1 when it can't go on. */
int sedump_read(struct sedump *d);
/* Appends the item's record to out and unpacks it: texts point into out. */
int sedump_row(struct sedump *d, const struct sedump_item *item, struct buf *out,
	       struct sedump_row *row);
/* Never NULL for the owner of an item. */
struct sedump_owner *sedump_owner(const struct sedump *d, int64_t id);
/* Whether the dump holds the question. */
bool sedump_has_question(const struct sedump *d, int64_t id);

#endif
