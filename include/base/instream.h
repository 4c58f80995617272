#ifndef BASE_INSTREAM_H
#define BASE_INSTREAM_H

#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * The bytes of a file from its first to its last, without ever holding them all:
 * it may be a pipe, and it is decompressed on the way when it begins as gzip or
 * zstd data do.  "-" is standard input, which can be read once.
 */
struct codec;

struct instream {
	const char *path; /* borrowed; as messages name it */
	int fd;
	const struct codec *codec; /* NULL: not compressed */
	void *state;               /* owned; the codec's */
	struct buf block;          /* owned; read from fd */
	struct str ready;          /* of the block: not given out yet */
	uint64_t bytes;            /* read from fd */
	bool ended;                /* fd is at its end */
	bool whole;                /* compressed data may end here */
};

/* 0, or -1 with a diagnostic; then there is nothing to release. */
int instream_open(struct instream *s, const char *path, struct diags *diags);
/* At most n bytes to where to points: how many; 0 at the end; -1 with a diagnostic, or
 * without one when somebody asked to stop. */
ssize_t instream_read(struct instream *s, char *to, size_t n, struct diags *diags);
void instream_release(struct instream *s);
/*
 * Appends the first bytes of the file, some 64 kB, decompressed.  Of standard input
 * they stay there for the next one who opens it; another pipe is refused.  -1 with a
 * diagnostic; data that can't be decompressed ends early without one.
 */
int instream_head(const char *path, struct buf *out, struct diags *diags);
/* "standard input" for "-", else the path. */
const char *instream_name(const char *path);

#endif
