/*
 * The second way to publish: file by file into a folder that can't be
 * exchanged.  Each file changes at once, the tree doesn't; so what pages need
 * comes before them, and what nothing links to any more goes last.  Nobody's
 * links are followed: a link in the way is replaced.
 */
#include "stage-internal.h"
#include "stage-sys.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY ".candor-new" /* never planned, so pruned if it stays */

/* One walk over staging folder and output. */
struct merge {
	struct stage *s;
	struct buf path; /* of the folder at hand, with its "/"; empty at the top */
	int to;          /* handle of the same folder in the output */
	struct diags *diags;
};

static int failed(struct merge *m, const char *what, const char *name)
{
	return diag_errno(m->diags, DIAG_IO, place_file(m->s->output),
			  "cannot %s '%s%s'", what, m->path.p, name);
}

static struct manifest_file *planned_file(struct merge *m, const char *name)
{
	unsigned char hash[MANIFEST_PATH];
	size_t length = m->path.n;

	buf_adds(&m->path, name);
	manifest_path(buf_str(&m->path), hash);
	buf_cut(&m->path, length);
	return manifest_find(&m->s->manifest, hash);
}

/* Takes a folder away that stands where a file shall be, or the reverse. */
static int make_way(struct merge *m, const char *name)
{
	return fsys_remove_tree_at(m->to, name, m->diags);
}

/* The staged file into the output's folder under a temporary name: across file
 * systems, where it can't be renamed. */
static int copy_file(struct merge *m, int from, const char *name,
		     struct fsys_stamp *stamp)
{
	struct buf bytes = BUF_INIT;
	struct str part;
	int result = fsys_read_at(from, name, name, SIZE_MAX / 4, &bytes, m->diags);

	if (result == 0) {
		unlinkat(m->to, TEMPORARY, 0);
		part = buf_str(&bytes);
		if (sys_write_new(m->to, TEMPORARY, &part, 1, stamp) < 0)
			result = failed(m, "write", name);
	}
	buf_release(&bytes);
	return result;
}

static int replace(struct merge *m, int from, const char *source, const char *name)
{
	if (renameat(from, source, m->to, name) == 0)
		return 0;
	if (errno != EISDIR && errno != ENOTEMPTY && errno != EEXIST)
		return -1;
	return make_way(m, name) < 0 ? -1 : renameat(from, source, m->to, name);
}

static int merge_file(struct merge *m, int from, const char *name)
{
	struct manifest_file *file = planned_file(m, name);

	/* A link to what is there already; or the marker, which came first. */
	if (!file || file->carried || (!m->path.n && !strcmp(name, STAGE_MARKER)))
		return 0;
	if (replace(m, from, name, name) == 0)
		return 0;
	if (errno != EXDEV)
		return failed(m, "replace", name);
	if (copy_file(m, from, name, &file->stamp) < 0)
		return -1;
	if (replace(m, m->to, TEMPORARY, name) < 0) {
		failed(m, "replace", name);
		unlinkat(m->to, TEMPORARY, 0);
		return -1;
	}
	return 0;
}

/* Every name of the folder, until fn answers other than 0. */
static int walk(struct merge *m, int dir, int (*fn)(void *, int, const char *))
{
	int result = sys_each(dir, fn, m);

	if (result < 0)
		return failed(m, "read", "");
	return result ? -1 : 0;
}

static int each_merge(void *ctx, int from, const char *name);

/* The output's folder of that name, made where there is none. */
static int enter(struct merge *m, const char *name)
{
	int fd = sys_make_folder(m->to, name);

	if (fd >= 0 || (errno != ENOTDIR && errno != ELOOP))
		return fd;
	if (make_way(m, name) < 0)
		return -1;
	return sys_make_folder(m->to, name);
}

static int merge_folder(struct merge *m, int from, const char *name)
{
	int inside = fsys_open_at(from, name, O_RDONLY | O_DIRECTORY, 0);
	int above = m->to, result = -1;
	size_t length = m->path.n;

	m->to = enter(m, name);
	if (inside < 0 || m->to < 0) {
		failed(m, "open", name);
	} else {
		buf_addf(&m->path, "%s/", name);
		result = walk(m, inside, each_merge);
		buf_cut(&m->path, length);
	}
	if (inside >= 0)
		close(inside);
	if (m->to >= 0)
		close(m->to);
	m->to = above;
	return result;
}

static int merge_name(struct merge *m, int from, const char *name)
{
	struct stat st;

	if (fstatat(from, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : failed(m, "look at", name);
	return S_ISDIR(st.st_mode) ? merge_folder(m, from, name)
				   : merge_file(m, from, name);
}

static int each_merge(void *ctx, int from, const char *name)
{
	return merge_name(ctx, from, name) < 0;
}

/* The pages between threads and the front page; what came first is gone from
 * the staging folder or comes to nothing. */
static int each_but_index(void *ctx, int from, const char *name)
{
	return strcmp(name, "index.html") ? each_merge(ctx, from, name) : 0;
}

static int merge_all(struct merge *m, int from)
{
	if (merge_name(m, from, "assets") < 0 || merge_name(m, from, "threads") < 0 ||
	    walk(m, from, each_but_index) < 0)
		return -1;
	return merge_name(m, from, "index.html");
}

static int each_prune(void *ctx, int dir, const char *name);

/* Empties the folder of what isn't planned, and removes it when that is all. */
static int prune_folder(struct merge *m, int dir, const char *name)
{
	int inside = fsys_open_at(dir, name, O_RDONLY | O_DIRECTORY, 0);
	size_t length = m->path.n;
	int result;

	if (inside < 0)
		return failed(m, "open", name);
	buf_addf(&m->path, "%s/", name);
	result = walk(m, inside, each_prune);
	buf_cut(&m->path, length);
	close(inside);
	if (result == 0 && unlinkat(dir, name, AT_REMOVEDIR) < 0 &&
	    errno != ENOTEMPTY && errno != EEXIST)
		return failed(m, "remove", name);
	return result;
}

static int prune_name(struct merge *m, int dir, const char *name)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return failed(m, "look at", name);
	if (S_ISDIR(st.st_mode))
		return prune_folder(m, dir, name);
	if (S_ISREG(st.st_mode) && planned_file(m, name))
		return 0;
	return unlinkat(dir, name, 0) < 0 ? failed(m, "remove", name) : 0;
}

static int each_prune(void *ctx, int dir, const char *name)
{
	return prune_name(ctx, dir, name) < 0;
}

/* A folder without a marker gets it in one step, so that a kill leaves no
 * folder that the next run takes for somebody else's. */
static int put_marker(struct merge *m, const unsigned char tree[SHA256_SIZE])
{
	struct buf text = BUF_INIT;
	struct str part;
	int result;

	stage_marker(&text, tree);
	part = buf_str(&text);
	result = sys_write_new(m->to, STAGE_MARKER, &part, 1, NULL);
	if (result < 0 && errno == EEXIST)
		result = fsys_replace_at(m->to, STAGE_MARKER, part, m->diags);
	else if (result < 0)
		failed(m, "write", STAGE_MARKER);
	buf_release(&text);
	return result;
}

/* The plan relies on what the old tree held when the build began. */
static int check_same_folder(struct stage *s, int folder, struct diags *diags)
{
	struct stat a, b;

	if (s->out < 0 || (fstat(s->out, &a) == 0 && fstat(folder, &b) == 0 &&
			   a.st_ino == b.st_ino && a.st_dev == b.st_dev))
		return 0;
	return diag_add(diags, DIAG_IO, place_file(s->output),
			"the output folder was replaced during the build");
}

int stage_files(struct stage *s, const unsigned char tree[SHA256_SIZE],
		struct diags *diags)
{
	struct merge m = { .s = s, .path = BUF_INIT, .diags = diags };
	int result = -1;

	m.to = sys_make_folder(s->parent, s->name);
	if (m.to < 0)
		return diag_errno(diags, DIAG_IO, place_file(s->output),
				  "cannot make the output folder");
	if (check_same_folder(s, m.to, diags) == 0 && put_marker(&m, tree) == 0 &&
	    merge_all(&m, s->next) == 0)
		result = walk(&m, m.to, each_prune);
	buf_release(&m.path);
	close(m.to);
	return result;
}
