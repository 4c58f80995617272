/* Pairs of texts met before: open addressing, linear probing, at most three
 * quarters full.  Nothing depends on the order of slots. */
#include "base/seen.h"

#include "base/mem.h"
#include "base/sha256.h"

#include <stdlib.h>

static struct seen_slot slot_of(struct str a, struct str b)
{
	unsigned char digest[SHA256_SIZE];
	struct seen_slot slot = { .number = 0 };
	uint64_t n = a.n;
	struct sha256 h;

	sha256_start(&h);
	sha256_add(&h, str_make((const char *)&n, sizeof(n)));
	sha256_add(&h, a);
	sha256_add(&h, b);
	sha256_finish(&h, digest);
	memcpy(slot.digest, digest, sizeof(slot.digest));
	return slot;
}

/* The slot that holds the digest, or the free one where it belongs. */
static struct seen_slot *find(const struct seen *s, const struct seen_slot *want)
{
	size_t i = (size_t)want->digest[0] & (s->cap - 1);

	while (s->slots[i].number &&
	       memcmp(s->slots[i].digest, want->digest, sizeof(want->digest)) != 0)
		i = (i + 1) & (s->cap - 1);
	return &s->slots[i];
}

static void grow(struct seen *s)
{
	struct seen old = *s;

	s->cap = old.cap ? 2 * old.cap : 64;
	s->slots = xcalloc(s->cap, sizeof(*s->slots));
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].number)
			*find(s, &old.slots[i]) = old.slots[i];
	free(old.slots);
}

uint64_t seen_add(struct seen *s, struct str a, struct str b, uint64_t number)
{
	struct seen_slot added = slot_of(a, b);
	struct seen_slot *slot;

	if (s->n >= s->cap / 4 * 3)
		grow(s);
	slot = find(s, &added);
	if (slot->number)
		return slot->number;
	*slot = added;
	slot->number = number;
	s->n++;
	return 0;
}

uint64_t seen_get(const struct seen *s, struct str a, struct str b)
{
	struct seen_slot want = slot_of(a, b);

	return s->cap ? find(s, &want)->number : 0;
}

void seen_release(struct seen *s)
{
	free(s->slots);
	*s = (struct seen)SEEN_INIT;
}
