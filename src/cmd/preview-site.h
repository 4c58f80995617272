#ifndef PREVIEW_SITE_H
#define PREVIEW_SITE_H

#include "cmd/command.h"

#include "base/fsys.h"
#include "preview/server.h"
#include "preview/shop.h"
#include "preview/watch.h"
#include "publish/live.h"

#include <time.h>

/*
 * What a preview shows: the site of the files as they are, or, while there is a mistake
 * in them, as they were before.  The archive is open while a page is made and no longer,
 * so that others can write all the time.
 */
struct preview_flags {
	bool open, poll;
	int64_t port; /* 0: not given */
	const char *shop;
};

/* One state of all files that could be published. */
struct edition {
	struct config config;
	struct rules *rules;
	struct live *live;
	struct shop *shop;       /* or NULL */
	struct fsys_stamp stamp; /* of the archive, */
	uint32_t counter;        /* and its change counter */
	int64_t until;           /* on the clock; then another choice may be made */
	bool done;               /* live_step() has nothing more to do */
	struct diags found;      /* warnings of its beginning, and all that pages brought */
};

struct preview {
	struct run *run;          /* borrowed */
	struct server *server;
	struct watch *watch;
	struct texts *texts;      /* of one choice for the next */
	struct edition *edition;  /* shown; NULL before the first */
	char name[48];            /* of what tabs show: another one, and they load again */
	unsigned count;           /* of names */
	struct diags wrong;       /* what keeps the files as they are from being shown */
	struct fsys_stamp stamp;  /* of the archive when it was last tried, */
	uint32_t counter;         /* and its change counter */
	bool busy;                /* it couldn't be read: it may be better in a moment, */
	time_t tried;             /* but not in the same second */
	struct kept *kept;        /* preview-kept.c: pages as they were last without mistakes */
};

/* Reads all files; an edition without mistakes is shown from then on.  Tells the
 * terminal and all tabs. */
void preview_refresh(struct preview *p);
/* What happened meanwhile: looks at files and clock, goes on with the rest of the site. */
void preview_tick(struct preview *p);
/* Milliseconds that may pass before the next tick. */
int preview_wait(const struct preview *p);
/* Closes all but server and watch. */
void preview_release(struct preview *p);

/* Opens the archive; refreshes when it isn't what the edition was made of.  NULL when what
 * is shown can't be made from it. */
struct archive *preview_archive(struct preview *p);
/* Appends the file, or, if it can't be made now, its last bytes without a mistake. */
void preview_get(struct preview *p, struct archive *a, struct str path, struct buf *out,
		 struct live_file *what, struct diags *diags);

/* Mistakes of pages go to the edition's, and to the terminal those that are new. */
void preview_note(struct preview *p, struct diags *found);

/* --- preview-kept.c --- */
/* The bytes under that name from now on. */
void kept_put(struct kept **k, struct str path, struct str bytes);
/* Absent when there are none; borrowed until the next put. */
struct str kept_get(const struct kept *k, struct str path);
void kept_free(struct kept *k);

/* --- preview-answer.c --- */
void preview_answer(void *preview, const struct server_request *request,
		    struct server_response *response);

#endif
