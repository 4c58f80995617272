#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include "base/buf.h"
#include "base/str.h"

struct diags;

/*
 * A text file that a person wrote (config, rules, template), whole in memory,
 * with the means to say where in it something stands.  The text is valid
 * UTF-8 without NUL; a BOM is taken off.  Positions are byte offsets; line
 * and column are computed where they are needed.
 */
struct source {
	char *path;      /* owned; as the user named it */
	struct buf text; /* owned */
	size_t *starts;  /* owned: where lines begin, without the first */
	size_t starts_n, starts_cap;
};

/* Nobody writes a megabyte of rules by hand, and YAML parsers are slow on
 * hostile input of that size. */
enum { SOURCE_MAX = 1 << 20 };

/*
 * Reads path (at most SOURCE_MAX bytes).  0, or -1 with a diagnostic (not-found,
 * unreadable, too-large, bad-utf8); then there is nothing to release.
 */
int source_load(struct source *s, const char *path, struct diags *diags);
/* A source from memory, for tests and built-in pages; path is copied. */
void source_from(struct source *s, const char *path, struct str text);
void source_release(struct source *s);

static inline struct str source_text(const struct source *s)
{
	return buf_str(&s->text);
}

/* Line and column of byte at, both from 1, the column in characters. */
void source_position(const struct source *s, size_t at, unsigned *line,
		     unsigned *column);
/* The whole line that holds byte at, without its line end. */
struct str source_line(const struct source *s, size_t at);

#endif
