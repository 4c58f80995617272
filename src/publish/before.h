#ifndef PUBLISH_BEFORE_H
#define PUBLISH_BEFORE_H

#include "plan-files.h"
#include "publish/site.h"

/* What a site is compared with: enum plan_against. */
struct before {
	enum plan_against against;
	char *path;           /* owned; as the user named it */
	bool stands;          /* there is something */
	bool known;           /* and record says what it shows */
	struct record record;
	const char *unknown;  /* why there are no files to compare with, or NULL */
	/* a built site */
	struct stage *stage;
	/* one that has to be made for it */
	struct config config; /* with rules and archive: its own */
	struct rules *rules;
	struct archive *archive;
	struct build_input in;
	struct site site;
	struct manifest files;
	bool made;
};

/* 0, or -1 with diagnostics; close in both cases. */
int before_open(struct before *b, const struct build_input *in, const char *against,
		struct diags *diags);
void before_close(struct before *b);
/* Its files, to be changed at will; NULL: they aren't known. */
struct manifest *before_files(struct before *b);

/* The page's file below the site. */
void record_page_file(const struct record_page *page, struct buf *out);

#endif
