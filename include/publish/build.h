#ifndef PUBLISH_BUILD_H
#define PUBLISH_BUILD_H

#include "archive/archive.h"
#include "base/diag.h"
#include "publish/stage.h"
#include "select/config.h"
#include "select/select.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * From archive and rules to a published site: select, render, publish, once,
 * without going back.  On any mistake nothing is published and the old site
 * stays.
 */
struct build_input {
	const struct config *config;
	const struct rules *rules;
	struct archive *archive; /* open for reading */
	int64_t now;
	struct texts *texts;     /* select/texts.h, for a choice that is made again; or NULL */
	int jobs;                /* workers; at least 1 */
	bool check;              /* find every mistake, write nothing */
	bool strict;             /* a warning is a failure: publish nothing */
};

struct build_result {
	bool current; /* nothing had changed, nothing was touched */
	size_t products, threads_shown, wrong_shown;
	struct stage_counts counts;
	char *redacted; /* owned, free(): "12 email, 3 phone number"; NULL: nothing was */
};

/* 0, or -1 with diagnostics. */
int build_site(const struct build_input *in, struct build_result *result,
	       struct diags *diags);

#endif
