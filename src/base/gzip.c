/* Sizes of what is compressed, and decompressing.  The only file that knows zlib. */
#include "base/gzip.h"

#include "base/codec.h"
#include "base/library.h"
#include "base/mem.h"

#include <limits.h>
#include <stdlib.h>
#define ZLIB_CONST
#include <zlib.h>

enum { QUICKEST = 1, USUAL = 6, WINDOW_GZIP = 15 + 16, MEMORY = 8 };

static size_t size_at(struct str bytes, int level)
{
	z_stream z = { .next_in = (const void *)bytes.p };
	size_t left = bytes.n;
	unsigned char out[16384];
	int status;

	if (deflateInit2(&z, level, Z_DEFLATED, WINDOW_GZIP, MEMORY,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		die("cannot start zlib");
	do {
		if (!z.avail_in) {
			z.avail_in = left < UINT_MAX ? (uInt)left : UINT_MAX;
			left -= z.avail_in;
		}
		z.next_out = out;
		z.avail_out = sizeof(out);
		status = deflate(&z, left ? Z_NO_FLUSH : Z_FINISH);
		invariant(status == Z_OK || status == Z_STREAM_END);
	} while (status != Z_STREAM_END);
	deflateEnd(&z);
	return z.total_out;
}

size_t gzip_size(struct str bytes, size_t enough)
{
	size_t n = size_at(bytes, QUICKEST);

	return n <= enough ? n : size_at(bytes, USUAL);
}

/* --- Decompressing --- */

static void *start(void)
{
	z_stream *z = xcalloc(1, sizeof(*z));

	if (inflateInit2(z, WINDOW_GZIP) != Z_OK)
		die("cannot start zlib");
	return z;
}

/* A member that ended is followed by another one, or by nothing. */
static ssize_t step(void *state, struct str *in, char *out, size_t room, bool *whole)
{
	z_stream *z = state;
	uInt n = in->n < UINT_MAX ? (uInt)in->n : UINT_MAX;
	uInt space = room < UINT_MAX ? (uInt)room : UINT_MAX;
	int status;

	z->next_in = (const void *)in->p;
	z->avail_in = n;
	z->next_out = (void *)out;
	z->avail_out = space;
	status = inflate(z, Z_NO_FLUSH);
	*in = str_slice(*in, n - z->avail_in, in->n);
	*whole = status == Z_STREAM_END;
	if (status == Z_STREAM_END)
		status = inflateReset(z);
	return status == Z_OK || status == Z_BUF_ERROR ? (ssize_t)(space - z->avail_out) : -1;
}

static void end(void *state)
{
	inflateEnd(state);
	free(state);
}

const struct codec codec_gzip = {
	.name = "gzip",
	.magic = { "\x1f\x8b", 2 },
	.start = start,
	.step = step,
	.end = end,
};

void library_zlib(struct buf *out)
{
	buf_adds(out, zlibVersion());
}
