/* Copies of images: found by address, checked and handed on.  What is in such a
 * file is image.c's, how an address becomes a name url.c's. */
#include "render/copies.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "render/html.h"
#include "render/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <search.h>
#include <stdlib.h>
#include <unistd.h>

/* Twice a phone's photo: nobody waits for more. */
enum { COPY_MAX = 10 << 20 };

struct item {
	char *name; /* owned; below the folder */
	struct copy copy;
};

struct copies {
	char *path; /* owned */
	int dir;
	struct copies_sink sink;
	unsigned char digest[SHA256_SIZE];
	pthread_mutex_t lock; /* of both trees; see tsearch(3) */
	void *by_name;        /* owns the items */
	void *by_path;        /* the first of those with the same bytes */
};

static int name_cmp(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int path_cmp(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	return strcmp(x->copy.path, y->copy.path);
}

static struct item *find_or_add(void **tree, struct item *e,
				int (*cmp)(const void *, const void *))
{
	struct item **found = tsearch(e, tree, cmp);

	if (!found)
		die("out of memory");
	return *found;
}

static void free_item(void *p)
{
	struct item *e = p;

	free(e->name);
	free(e);
}

static void free_nothing(void *p)
{
	(void)p;
}

/* --- The folder --- */

static int digest_folder(struct copies *c, struct diags *diags)
{
	struct fsys_names names;
	struct sha256 h;

	if (fsys_walk(c->path, &names, diags) < 0) {
		diag_hint(diags, "it holds the copies of images, for 'images: local'");
		return -1;
	}
	sha256_start(&h);
	for (size_t i = 0; i < names.n; i++) {
		struct fsys_stamp stamp = { 0 };

		fsys_stamp_at(c->dir, names.items[i], &stamp);
		sha256_add(&h, str_make(names.items[i], strlen(names.items[i]) + 1));
		sha256_add(&h, str_make((const char *)&stamp, sizeof(stamp)));
	}
	sha256_finish(&h, c->digest);
	fsys_names_release(&names);
	return 0;
}

int copies_open(struct copies **out, const char *dir, struct copies_sink sink,
		struct diags *diags)
{
	struct copies *c = xcalloc(1, sizeof(*c));

	*out = NULL;
	*c = (struct copies){ .path = xstrdup(dir), .sink = sink,
			      .lock = PTHREAD_MUTEX_INITIALIZER };
	c->dir = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (digest_folder(c, diags) < 0) {
		copies_close(c);
		return -1;
	}
	*out = c;
	return 0;
}

void copies_close(struct copies *c)
{
	if (!c)
		return;
	tdestroy(c->by_path, free_nothing);
	tdestroy(c->by_name, free_item);
	if (c->dir >= 0)
		close(c->dir);
	free(c->path);
	free(c);
}

void copies_digest(const struct copies *c, unsigned char digest[SHA256_SIZE])
{
	memcpy(digest, c->digest, SHA256_SIZE);
}

/* --- One copy --- */

static int refuse(const struct copies *c, const char *name, const char *why,
		  struct diags *diags)
{
	char *path = fsys_join(c->path, name);

	diag_add(diags, DIAG_IMAGE_REFUSED, place_file(path),
		 "the copy of an image cannot be shown: %s", why);
	diag_hint(diags, "posts have a link to the image instead");
	free(path);
	return -1;
}

static int missing(const struct copies *c, const char *name, struct str url,
		   struct str post, struct diags *diags)
{
	diag_add(diags, DIAG_IMAGE_MISSING, NO_PLACE, "no copy of '%.*s', an image in %.*s",
		 STR_ARG(url), STR_ARG(post));
	diag_hint(diags, "it would be the file '%s/%s'", c->path, name);
	return -1;
}

/* Not as good as missing: the site would lack what it had. */
static int unreadable(const struct copies *c, const char *name, struct diags *diags)
{
	char *path = fsys_join(c->path, name);

	diag_errno(diags, DIAG_UNREADABLE, place_file(path), "cannot look at the file");
	free(path);
	return -1;
}

/* Reads, checks and cleans the file. */
static int read_copy(const struct copies *c, const char *name, struct buf *out,
		     struct image *image, struct diags *diags)
{
	char *path = fsys_join(c->path, name);
	struct buf file = BUF_INIT;
	int status = fsys_read_at(c->dir, name, path, COPY_MAX, &file, diags);
	const char *why = status == 0 ? image_clean(buf_str(&file), out, image) : NULL;

	buf_release(&file);
	free(path);
	return why ? refuse(c, name, why, diags) : status;
}

/* A new item for the file.  Its bytes go out unless equal ones did: another
 * address may have them, or another worker asked at the same time. */
static const struct copy *add(struct copies *c, const char *name, struct str bytes,
			      const struct image *image, struct diags *diags)
{
	struct item *e = xcalloc(1, sizeof(*e)), *known;
	unsigned char digest[SHA256_SIZE];
	struct buf path = BUF_INIT;
	bool first = false;

	sha256_of(bytes, digest);
	image_path(&path, digest, image->suffix);
	*e = (struct item){ .name = xstrdup(name), .copy = { .image = *image } };
	invariant(path.n < sizeof(e->copy.path));
	memcpy(e->copy.path, path.p, path.n);
	pthread_mutex_lock(&c->lock);
	known = find_or_add(&c->by_name, e, name_cmp);
	if (known == e)
		first = find_or_add(&c->by_path, e, path_cmp) == e;
	pthread_mutex_unlock(&c->lock);
	if (first)
		c->sink.put(c->sink.ctx, buf_str(&path), bytes, diags);
	if (known != e)
		free_item(e);
	buf_release(&path);
	return &known->copy;
}

static const struct copy *find_known(struct copies *c, char *name)
{
	const struct item key = { .name = name };
	const struct copy *copy;
	struct item **found;

	pthread_mutex_lock(&c->lock);
	found = tfind(&key, &c->by_name, name_cmp);
	copy = found ? &(*found)->copy : NULL;
	pthread_mutex_unlock(&c->lock);
	return copy;
}

static const struct copy *find_file(struct copies *c, const char *name, struct str url,
				    struct str post, struct diags *diags)
{
	struct buf bytes = BUF_INIT;
	const struct copy *copy = NULL;
	struct fsys_stamp stamp;
	struct image image;
	int status;

	if (!fsys_stamp_at(c->dir, name, &stamp))
		status = errno == ENOENT ? missing(c, name, url, post, diags)
					 : unreadable(c, name, diags);
	else if (stamp.size > COPY_MAX)
		status = refuse(c, name, "it is larger than 10 MB", diags);
	else
		status = read_copy(c, name, &bytes, &image, diags);
	if (status == 0)
		copy = add(c, name, buf_str(&bytes), &image, diags);
	buf_release(&bytes);
	return copy;
}

const struct copy *copies_find(struct copies *c, struct str url, struct str post,
			       struct diags *diags)
{
	const struct copy *copy = NULL;
	struct buf name = BUF_INIT;

	if (url_file(url, &name)) {
		copy = find_known(c, name.p);
		if (!copy)
			copy = find_file(c, name.p, url, post, diags);
	}
	buf_release(&name);
	return copy;
}

int copies_read(struct copies *c, struct str path, struct buf *out, struct diags *diags)
{
	struct item key = { .name = NULL };
	struct item **found;
	struct image image;

	if (path.n >= sizeof(key.copy.path))
		return 0;
	memcpy(key.copy.path, path.p, path.n);
	pthread_mutex_lock(&c->lock);
	found = tfind(&key, &c->by_path, path_cmp);
	pthread_mutex_unlock(&c->lock);
	if (!found)
		return 0;
	return read_copy(c, (*found)->name, out, &image, diags) < 0 ? -1 : 1;
}
