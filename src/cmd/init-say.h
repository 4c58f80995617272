#ifndef INIT_SAY_H
#define INIT_SAY_H

#include "init-site.h"
#include "select/select.h"

/* What `candor init` says of the site that it made. */
struct init_said {
	const char *dir;
	bool example;
	const char *format; /* of an export that may be imported again, or NULL */
	const char *path;   /* of that, from everywhere */
	const char *map;    /* the same of the map that it came with, or NULL */
	bool pulls;         /* it came with them */
	bool venue;         /* which venue it is of, the command line said */
	const struct init_survey *survey;
	const struct selection *selection;
	size_t waiting;     /* admissions that were found */
};

/* What there is, and what to do next. */
void init_say(struct buf *out, const struct init_said *said);

#endif
