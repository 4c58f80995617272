/* The spool.  The file lies in TMPDIR and has no name, so that nothing of it
 * is left whatever happens to the process. */
#include "base/spool.h"

#include "base/fsys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SPOOL_PENDING = 256 * 1024 };

static const char *folder(void)
{
	const char *dir = getenv("TMPDIR");

	return dir && *dir ? dir : "/tmp";
}

static int spool_open(struct spool *s, struct diags *diags)
{
	struct buf name = BUF_INIT;
	int result = 0;

	s->fd = open(folder(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (s->fd >= 0)
		return 0;
	/* Not every file system knows files without a name. */
	buf_addf(&name, "%s/candor-XXXXXX", folder());
	s->fd = mkostemp(name.p, O_CLOEXEC);
	if (s->fd < 0 || unlink(name.p) < 0)
		result = diag_errno(diags, DIAG_IO, place_file(name.p),
				    "cannot make a temporary file");
	buf_release(&name);
	return result;
}

int spool_flush(struct spool *s, struct diags *diags)
{
	if (!s->pending.n)
		return 0;
	if (s->fd < 0 && spool_open(s, diags) < 0)
		return -1;
	if (fsys_write(s->fd, buf_str(&s->pending)) < 0)
		return diag_errno(diags, DIAG_IO, place_file(folder()),
				  "cannot write a temporary file");
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
		if (n == 0)
			errno = EIO;
		if (n <= 0)
			return diag_errno(diags, DIAG_IO, place_file(folder()),
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
