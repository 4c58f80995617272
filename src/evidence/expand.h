#ifndef EVIDENCE_EXPAND_H
#define EVIDENCE_EXPAND_H

#include "base/arena.h"
#include "base/str.h"

/*
 * Alternatives in a phrase: "(i|we) (really|) forgot" is four phrases.  $name, as a
 * whole phrase or an alternative, stands for each phrase of a list.
 */
enum { EXPANSIONS_MAX = 20000 };

struct phrase_list {
	struct str name;
	struct str *items; /* expanded */
	size_t n, cap;     /* items is owned */
};

/* Appends what phrase stands for, in the arena, to out; lists are those that it may
 * name.  NULL, or what is wrong with it (static). */
const char *phrase_expand(struct phrase_list *out, struct str phrase,
			  const struct phrase_list *lists, size_t lists_n,
			  struct arena *arena);

#endif
