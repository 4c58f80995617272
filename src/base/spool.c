/* The spool.  The file lies in TMPDIR and has no name, so that nothing of it
 * is left whatever happens to the process. */
#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SPOOL_PENDING = 256 * 1024 };

static int spool_open(struct spool *s, struct diags *diags)
{
	const char *dir = getenv("TMPDIR");
	struct buf name = BUF_INIT;

	buf_addf(&name, "%s/candor-XXXXXX", dir && *dir ? dir : "/tmp");
	s->fd = mkostemp(name.p, O_CLOEXEC);
	if (s->fd < 0 || unlink(name.p) < 0)
		diag_errno(diags, DIAG_IO, place_file(name.p), "cannot make a temporary file");
	buf_release(&name);
	return s->fd < 0 ? -1 : 0;
}

static int write_all(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		s = str_slice(s, (size_t)n, s.n);
	}
	return 0;
}

int spool_flush(struct spool *s, struct diags *diags)
{
	if (!s->pending.n)
		return 0;
	if (s->fd < 0 && spool_open(s, diags) < 0)
		return -1;
	if (write_all(s->fd, buf_str(&s->pending)) < 0)
		return diag_errno(diags, DIAG_IO, NO_PLACE, "cannot write a temporary file");
	buf_reset(&s->pending);
	return 0;
}

int spool_add(struct spool *s, struct str bytes, struct spool_ref *ref,
	      struct diags *diags)
{
	if (bytes.n > UINT32_MAX)
		return diag_add(diags, DIAG_TOO_LARGE, NO_PLACE,
				"%zu bytes in one piece", bytes.n);
	ref->at = s->at;
	ref->n = (uint32_t)bytes.n;
	s->at += bytes.n;
	buf_addstr(&s->pending, bytes);
	return s->pending.n < SPOOL_PENDING ? 0 : spool_flush(s, diags);
}

int spool_read(const struct spool *s, struct spool_ref ref, struct buf *out,
	       struct diags *diags)
{
	char *to = buf_room(out, ref.n);
	size_t done = 0;

	while (done < ref.n) {
		ssize_t n = pread(s->fd, to + done, ref.n - done, (off_t)(ref.at + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return diag_errno(diags, DIAG_IO, NO_PLACE,
					  "cannot read a temporary file");
		done += (size_t)n;
	}
	out->n += ref.n;
	out->p[out->n] = '\0';
	return 0;
}

void spool_release(struct spool *s)
{
	if (s->fd >= 0)
		close(s->fd);
	buf_release(&s->pending);
	*s = (struct spool)SPOOL_INIT;
}
