/* Sizes of what is compressed.  The only file that knows zlib; it keeps nothing. */
#include "base/gzip.h"

#include "base/mem.h"

#include <limits.h>
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
