/* Decompressing zstd.  The only file that knows libzstd. */
#include "base/codec.h"

#include "base/library.h"
#include "base/mem.h"

#include <zstd.h>

static void *start(void)
{
	ZSTD_DStream *z = ZSTD_createDStream();

	if (!z)
		die("out of memory");
	return z;
}

static ssize_t step(void *state, struct str *in, char *out, size_t room, bool *whole)
{
	ZSTD_inBuffer from = { in->p, in->n, 0 };
	ZSTD_outBuffer to = { out, room, 0 };
	size_t hint = ZSTD_decompressStream(state, &to, &from);

	if (ZSTD_isError(hint))
		return -1;
	*in = str_slice(*in, from.pos, in->n);
	*whole = hint == 0;
	return (ssize_t)to.pos;
}

static void end(void *state)
{
	ZSTD_freeDStream(state);
}

const struct codec codec_zstd = {
	.name = "zstd",
	.magic = { "\x28\xb5\x2f\xfd", 4 },
	.start = start,
	.step = step,
	.end = end,
};

void library_zstd(struct buf *out)
{
	buf_adds(out, ZSTD_versionString());
}
