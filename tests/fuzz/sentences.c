/* Any text into sentences: none is lost, none overlaps, none holds a line feed. */
#include "target.h"

#include "text/sentence.h"

static void target(struct str in)
{
	struct sentences s = sentences_of(in);
	size_t from, to, at = 0;

	while (sentences_next(&s, &from, &to)) {
		invariant(from >= at && to > from && to <= in.n);
		invariant(to - from <= SENTENCE_MAX + 64);
		invariant(!memchr(in.p + from, '\n', to - from));
		for (; at < from; at++)
			invariant(strchr(" \t\n", in.p[at]));
		at = to;
	}
	for (; at < in.n; at++)
		invariant(strchr(" \t\n", in.p[at]));
}
