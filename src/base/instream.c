/* A file's bytes, decompressed where they need it.  What they mean is the
 * importers'. */
#include "base/instream.h"

#include "base/codec.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { BLOCK = 128 * 1024, HEAD = 64 * 1024 };

static const struct codec *const codecs[] = { &codec_gzip, &codec_zstd };

/* What of standard input was looked at and not taken yet: like standard input
 * itself it belongs to the process. */
static struct buf looked_at = BUF_INIT;

static bool is_stdin(const char *path)
{
	return !strcmp(path, "-");
}

const char *instream_name(const char *path)
{
	return is_stdin(path) ? "standard input" : path;
}

/* One more block behind what is ready, which is little. */
static int fill(struct instream *s, struct diags *diags)
{
	size_t kept = s->ready.n;
	ssize_t n;

	if (kept)
		memmove(s->block.p, s->ready.p, kept);
	buf_cut(&s->block, kept);
	do {
		n = read(s->fd, buf_room(&s->block, BLOCK), BLOCK);
	} while (n < 0 && errno == EINTR && !stop_asked());
	if (stop_asked())
		return -1;
	if (n < 0)
		return diag_errno(diags, DIAG_UNREADABLE, place_file(s->path),
				  "cannot read");
	s->ended = n == 0;
	s->block.n += (size_t)n;
	s->bytes += (uint64_t)n;
	progress_read((uint64_t)n);
	s->ready = buf_str(&s->block);
	return 0;
}

/* A pipe may give less than the magic at first. */
static int find_codec(struct instream *s, struct diags *diags)
{
	while (!s->ended && s->ready.n < codec_zstd.magic.n)
		if (fill(s, diags) < 0)
			return -1;
	for (size_t i = 0; i < ARRAY_LEN(codecs); i++)
		if (str_starts(s->ready, codecs[i]->magic))
			s->codec = codecs[i];
	if (s->codec)
		s->state = s->codec->start();
	return 0;
}

static int open_path(const char *path)
{
	return is_stdin(path) ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
			      : open(path, O_RDONLY | O_CLOEXEC);
}

int instream_open(struct instream *s, const char *path, struct diags *diags)
{
	*s = (struct instream){ .path = instream_name(path), .block = BUF_INIT };
	s->fd = open_path(path);
	if (s->fd < 0)
		return diag_errno(diags, errno == ENOENT ? DIAG_NOT_FOUND : DIAG_UNREADABLE,
				  place_file(s->path), "cannot open");
	if (is_stdin(path)) {
		s->block = looked_at;
		buf_init(&looked_at);
		s->ready = buf_str(&s->block);
	}
	if (find_codec(s, diags) == 0)
		return 0;
	instream_release(s);
	return -1;
}

void instream_release(struct instream *s)
{
	if (s->codec)
		s->codec->end(s->state);
	close(s->fd);
	buf_release(&s->block);
}

static int broken(struct instream *s, const char *how, struct diags *diags)
{
	return diag_add(diags, DIAG_SYNTAX, place_file(s->path), "the %s data %s byte %llu",
			s->codec->name, how, (unsigned long long)(s->bytes - s->ready.n));
}

static ssize_t decompress(struct instream *s, char *to, size_t n, struct diags *diags)
{
	for (;;) {
		ssize_t got;

		if (!s->ready.n && !s->ended && fill(s, diags) < 0)
			return -1;
		if (s->ended && !s->ready.n && s->whole)
			return 0;
		got = s->codec->step(s->state, &s->ready, to, n, &s->whole);
		if (got < 0)
			return broken(s, "is broken before", diags);
		if (got > 0)
			return got;
		if (s->ended && !s->ready.n && !s->whole)
			return broken(s, "ends early, behind", diags);
	}
}

ssize_t instream_read(struct instream *s, char *to, size_t n, struct diags *diags)
{
	if (s->codec)
		return decompress(s, to, n, diags);
	if (!s->ready.n && !s->ended && fill(s, diags) < 0)
		return -1;
	if (n > s->ready.n)
		n = s->ready.n;
	memcpy(to, s->ready.p, n);
	s->ready = str_slice(s->ready, n, s->ready.n);
	return (ssize_t)n;
}

/* --- The head --- */

/* What read() gave is kept: of a pipe it would be lost. */
static int look_at_stdin(struct instream *s, struct diags *diags)
{
	while (!s->ended && s->ready.n < HEAD)
		if (fill(s, diags) < 0)
			return -1;
	buf_reset(&looked_at);
	buf_addstr(&looked_at, s->ready);
	return 0;
}

/* What is read of it here would be missing there. */
static int refuse_pipe(const struct instream *s, struct diags *diags)
{
	if (lseek(s->fd, 0, SEEK_CUR) >= 0)
		return 0;
	diag_add(diags, DIAG_UNREADABLE, place_file(s->path),
		 "a pipe can be read only once, as standard input");
	diag_hint(diags, "write '-' for it, and '|' or '<' for where it comes from");
	return -1;
}

int instream_head(const char *path, struct buf *out, struct diags *diags)
{
	struct diags unsaid = DIAGS_INIT;
	struct instream s;
	size_t from = out->n;
	ssize_t n = 1;
	int status = 0;

	if (instream_open(&s, path, diags) < 0)
		return -1;
	if (is_stdin(path))
		status = look_at_stdin(&s, diags);
	else if (refuse_pipe(&s, diags) < 0)
		status = -1;
	else if (!s.ready.n && !s.ended)
		status = fill(&s, diags);
	s.ended = true; /* the head is of what is there */
	while (status == 0 && n > 0 && out->n - from < HEAD) {
		n = instream_read(&s, buf_room(out, HEAD), HEAD, &unsaid);
		if (n > 0)
			out->n += (size_t)n;
	}
	out->p[out->n] = '\0';
	diags_release(&unsaid);
	instream_release(&s);
	return status;
}
