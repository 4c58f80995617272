#ifndef BASE_SEEN_H
#define BASE_SEEN_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Pairs of texts met before, each with a number (the line where), in 24 bytes
 * a pair however long the texts are: they are kept as the first 128 bits of
 * their SHA-256, so that no input can be made whose texts collide.
 */
struct seen_slot {
	uint64_t digest[2];
	uint64_t number; /* 0: free */
};

struct seen {
	struct seen_slot *slots; /* owned */
	size_t n, cap;           /* cap a power of two, or 0 */
};

#define SEEN_INIT { NULL, 0, 0 }

/* Enters the pair with number (not 0), or returns the number it has already;
 * 0 when it is new. */
uint64_t seen_add(struct seen *s, struct str a, struct str b, uint64_t number);
/* The pair's number, or 0. */
uint64_t seen_get(const struct seen *s, struct str a, struct str b);
void seen_release(struct seen *s);

#endif
