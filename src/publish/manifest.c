/*
 * The table of published files and its file.  Whether a file may be carried
 * over is decided in stage.c; nothing here looks at the site.
 */
#include "publish/manifest.h"

#include "base/diag.h"
#include "base/mem.h"
#include "stage-sys.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* The file is this, then the entries as they lie in memory: it never leaves
 * the machine, and one of another machine or version isn't taken. */
struct header {
	char magic[16];
	uint32_t order; /* of bytes: 0x01020304 */
	uint32_t entry; /* size of one */
	uint64_t n;
	unsigned char tree[SHA256_SIZE];
};

static const char magic[16] = "candor tree 1\n";

_Static_assert(sizeof(struct manifest_file) == 80, "no padding that isn't named");
_Static_assert(sizeof(struct header) == 64, "no padding at all");

void manifest_release(struct manifest *m)
{
	free(m->files);
	free(m->slots);
	*m = (struct manifest)MANIFEST_INIT;
}

void manifest_path(struct str path, unsigned char hash[MANIFEST_PATH])
{
	unsigned char digest[SHA256_SIZE];

	sha256_of(path, digest);
	memcpy(hash, digest, MANIFEST_PATH);
}

/* The slot of a path, or the free one where it would go.  There always is a
 * free one.  The hash is one already: its first bytes do. */
static uint32_t *find_slot(const struct manifest *m,
			   const unsigned char hash[MANIFEST_PATH])
{
	uint64_t at;

	memcpy(&at, hash, sizeof(at));
	for (;; at++) {
		uint32_t *slot = &m->slots[at & (m->slots_n - 1)];

		if (!*slot || !memcmp(m->files[*slot - 1].path, hash, MANIFEST_PATH))
			return slot;
	}
}

struct manifest_file *manifest_find(const struct manifest *m,
				    const unsigned char hash[MANIFEST_PATH])
{
	uint32_t slot = m->slots_n ? *find_slot(m, hash) : 0;

	return slot ? &m->files[slot - 1] : NULL;
}

/* Slots for n files, at most three quarters of them taken. */
static void make_slots(struct manifest *m, size_t n)
{
	size_t want = 64;

	invariant(m->n < UINT32_MAX);
	while (want / 4 * 3 < n)
		want *= 2;
	free(m->slots);
	m->slots = xcalloc(want, sizeof(*m->slots));
	m->slots_n = want;
	for (size_t i = 0; i < m->n; i++)
		*find_slot(m, m->files[i].path) = (uint32_t)i + 1;
}

struct manifest_file *manifest_add(struct manifest *m,
				   const unsigned char hash[MANIFEST_PATH])
{
	struct manifest_file *file = manifest_find(m, hash);

	if (file)
		return file;
	if (m->slots_n / 4 * 3 < m->n + 1)
		make_slots(m, m->n + 1);
	GROW(m->files, m->n, m->cap);
	file = &m->files[m->n];
	memset(file, 0, sizeof(*file));
	memcpy(file->path, hash, MANIFEST_PATH);
	*find_slot(m, hash) = (uint32_t)++m->n;
	return file;
}

struct manifest_file *manifest_plan(struct manifest *m, struct str path, bool *fresh,
				    struct diags *diags)
{
	unsigned char hash[MANIFEST_PATH];
	struct manifest_file *file;

	manifest_path(path, hash);
	*fresh = !manifest_find(m, hash);
	file = manifest_add(m, hash);
	if (file->planned) {
		diag_add(diags, DIAG_DUPLICATE_PATH, NO_PLACE,
			 "two things would be published as '%.*s'", STR_ARG(path));
		diag_hint(diags, "one of them is in content/: rename it");
		return NULL;
	}
	file->planned = true;
	return file;
}

static int by_path(const void *a, const void *b, void *files)
{
	const struct manifest_file *all = files;

	return memcmp(all[*(const uint32_t *)a].path, all[*(const uint32_t *)b].path,
		      MANIFEST_PATH);
}

/* The name doesn't depend on the order in which pages were put. */
static void name_tree(const struct manifest *m, unsigned char tree[SHA256_SIZE])
{
	uint32_t *order = xreallocarray(NULL, m->n + 1, sizeof(*order));
	struct sha256 h;

	for (size_t i = 0; i < m->n; i++)
		order[i] = (uint32_t)i;
	qsort_r(order, m->n, sizeof(*order), by_path, m->files);
	sha256_start(&h);
	for (size_t i = 0; i < m->n; i++)
		sha256_add(&h, str_make((const char *)m->files[order[i]].path,
					MANIFEST_PATH + SHA256_SIZE));
	sha256_finish(&h, tree);
	free(order);
}

size_t manifest_seal(struct manifest *m, unsigned char tree[SHA256_SIZE])
{
	size_t kept = 0, dropped;

	for (size_t i = 0; i < m->n; i++)
		if (m->files[i].planned)
			m->files[kept++] = m->files[i];
	dropped = m->n - kept;
	m->n = kept;
	make_slots(m, kept);
	name_tree(m, tree);
	return dropped;
}

static bool read_header(int fd, struct header *h,
			const unsigned char tree[SHA256_SIZE])
{
	return sys_read(fd, h, sizeof(*h)) == (ssize_t)sizeof(*h) &&
	       !memcmp(h->magic, magic, sizeof(magic)) && h->order == 0x01020304 &&
	       h->entry == sizeof(struct manifest_file) &&
	       !memcmp(h->tree, tree, SHA256_SIZE) && h->n && h->n < UINT32_MAX &&
	       lseek(fd, 0, SEEK_END) == (off_t)(sizeof(*h) + h->n * h->entry) &&
	       lseek(fd, sizeof(*h), SEEK_SET) == sizeof(*h);
}

static bool read_files(int fd, struct manifest *m, size_t n)
{
	size_t bytes = n * sizeof(*m->files);

	m->files = xreallocarray(NULL, n, sizeof(*m->files));
	m->n = m->cap = n;
	if (sys_read(fd, m->files, bytes) != (ssize_t)bytes)
		return false;
	for (size_t i = 0; i < n; i++)
		m->files[i].planned = m->files[i].carried = false;
	make_slots(m, n);
	return true;
}

void manifest_load(struct manifest *m, int dir, const char *name,
		   const unsigned char tree[SHA256_SIZE])
{
	int fd = fsys_open_at(dir, name, O_RDONLY | O_NONBLOCK, 0);
	struct header h;

	if (fd < 0)
		return;
	if (read_header(fd, &h, tree) && !read_files(fd, m, (size_t)h.n))
		manifest_release(m);
	close(fd);
}

int manifest_save(const struct manifest *m, int dir, const char *name,
		  const unsigned char tree[SHA256_SIZE])
{
	struct header h = { .order = 0x01020304, .entry = sizeof(struct manifest_file),
			    .n = m->n };
	struct str parts[] = {
		str_make((const char *)&h, sizeof(h)),
		str_make((const char *)m->files, m->n * sizeof(*m->files)),
	};

	memcpy(h.magic, magic, sizeof(magic));
	memcpy(h.tree, tree, SHA256_SIZE);
	return sys_write_new(dir, name, parts, ARRAY_LEN(parts), NULL);
}
