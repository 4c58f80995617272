#ifndef BASE_SPOOL_H
#define BASE_SPOOL_H

#include "base/buf.h"
#include "base/diag.h"

#include <stdint.h>

/*
 * Bytes that are needed again later, out of memory: appended by one worker to a
 * file without a name, read by all once it is flushed.
 */
struct spool {
	int fd;          /* -1: not open yet */
	uint64_t at;     /* bytes written so far, pending ones included */
	struct buf pending;
};

struct spool_ref {
	uint64_t at;
	uint32_t n;      /* 0: nothing there */
	uint32_t worker; /* whose spool */
};

#define SPOOL_INIT { -1, 0, BUF_INIT }

/* -1 with a diagnostic when the disk is full. */
int spool_add(struct spool *s, struct str bytes, struct spool_ref *ref,
	      struct diags *diags);
/* After the last spool_add, before any spool_read. */
int spool_flush(struct spool *s, struct diags *diags);
/* Appends the bytes of ref to out. */
int spool_read(const struct spool *s, struct spool_ref ref, struct buf *out,
	       struct diags *diags);
void spool_release(struct spool *s);

#endif
