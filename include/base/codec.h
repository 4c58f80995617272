#ifndef BASE_CODEC_H
#define BASE_CODEC_H

#include "base/str.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * Ways to decompress, known by the first bytes of what they compressed.  What is
 * concatenated is read on, as gzip(1) and zstd(1) do.
 */
struct codec {
	const char *name; /* "gzip" */
	struct str magic;
	void *(*start)(void); /* owned; end() releases it */
	/*
	 * Takes bytes off *in and puts up to room at out.  How many those are: 0 when
	 * it needs more; -1 when this isn't data of this kind.  *whole says whether
	 * the data may end here.
	 */
	ssize_t (*step)(void *state, struct str *in, char *out, size_t room, bool *whole);
	void (*end)(void *state);
};

extern const struct codec codec_gzip; /* RFC 1952 */
extern const struct codec codec_zstd; /* RFC 8878 */

#endif
