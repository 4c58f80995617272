/*
 * Opening and closing a stage, to build or only to look: what folder the output is,
 * whether candor may replace it, and who has the lock.
 */
#include "stage-internal.h"
#include "stage-sys.h"

#include "base/fsys.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The output without slashes at its end; "." and "..", which have no name of
 * their own, resolved.  Owned; NULL with a diagnostic. */
static char *named_path(const struct stage *s, struct diags *diags)
{
	size_t n = strlen(s->output);
	char *path, *real;
	const char *last;

	while (n > 1 && s->output[n - 1] == '/')
		n--;
	path = xmemdup0(s->output, n);
	last = strrchr(path, '/');
	last = last ? last + 1 : path;
	if (strcmp(last, ".") != 0 && strcmp(last, "..") != 0)
		return path;
	real = realpath(path, NULL);
	if (!real)
		diag_errno(diags, DIAG_IO, place_file(s->output),
			   "cannot find the output folder");
	free(path);
	return real;
}

/* Parts the output into the folder that holds it (owned; NULL with a
 * diagnostic) and its name.  Without one there is nothing to exchange. */
static char *split_output(struct stage *s, struct diags *diags)
{
	char *path = named_path(s, diags), *slash, *parent;

	if (!path)
		return NULL;
	slash = strrchr(path, '/');
	s->name = xstrdup(slash ? slash + 1 : path);
	if (slash)
		parent = xmemdup0(path, slash == path ? 1 : (size_t)(slash - path));
	else
		parent = xstrdup(".");
	free(path);
	if (*s->name && strcmp(s->name, ".candor") != 0)
		return parent;
	free(parent);
	diag_add(diags, DIAG_OUTPUT_FOREIGN, place_file(s->output),
		 "this folder can't hold a site");
	return NULL;
}

static int open_parent(struct stage *s, struct diags *diags)
{
	char *parent = split_output(s, diags), *inside;

	if (!parent)
		return -1;
	/* The folder itself is a parent of what is in it. */
	inside = fsys_join(parent, "x");
	if (sys_make_parents(AT_FDCWD, inside) == 0)
		s->parent = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(inside);
	free(parent);
	if (s->parent < 0)
		return diag_errno(diags, DIAG_IO, place_file(s->output),
				  "cannot open the folder above the output");
	return 0;
}

static int any_name(void *ctx, int dir, const char *name)
{
	(void)ctx;
	(void)dir;
	(void)name;
	return 1;
}

/* 1 when it does; -1 with errno when nobody can say. */
static int has_marker(int dir)
{
	struct stat st;

	if (fstatat(dir, STAGE_MARKER, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -1;
	return S_ISREG(st.st_mode);
}

/* What candor may replace: nothing, an empty folder, or its own. */
static int check_folder(struct stage *s, struct diags *diags)
{
	int fd = fsys_open_at(s->parent, s->name, O_RDONLY | O_DIRECTORY, 0);
	int ours, other = 0;

	if (fd < 0)
		return diag_errno(diags, DIAG_IO, place_file(s->output),
				  "cannot open the output folder");
	ours = has_marker(fd);
	if (ours == 0)
		other = sys_each(fd, any_name, NULL);
	sys_close(fd);
	if (ours < 0 || other < 0)
		return diag_errno(diags, DIAG_IO, place_file(s->output),
				  "cannot read the output folder");
	if (!other)
		return 0;
	diag_add(diags, DIAG_OUTPUT_FOREIGN, place_file(s->output),
		 "the output folder isn't empty and candor didn't make it");
	diag_hint(diags, "empty it, or name another one with --output");
	return -1;
}

int stage_check_output(struct stage *s, struct diags *diags)
{
	struct stat st;

	if (fstatat(s->parent, s->name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
		if (errno == ENOENT)
			return 0;
		return diag_errno(diags, DIAG_IO, place_file(s->output),
				  "cannot look at the output folder");
	}
	if (S_ISDIR(st.st_mode))
		return check_folder(s, diags);
	if (!S_ISLNK(st.st_mode))
		return diag_add(diags, DIAG_OUTPUT_FOREIGN, place_file(s->output),
				"the output is not a folder");
	diag_add(diags, DIAG_OUTPUT_LINK, place_file(s->output),
		 "the output folder is a symbolic link");
	diag_hint(diags, "name the folder that it leads to");
	return -1;
}

int stage_cannot_make(const struct stage *s, struct diags *diags)
{
	if (errno != ELOOP && errno != ENOTDIR)
		return diag_errno(diags, DIAG_IO, place_file(s->output),
				  "cannot make the folder '.candor/%s' beside it",
				  s->name);
	diag_add(diags, DIAG_OUTPUT_LINK, place_file(s->output),
		 "'.candor/%s' beside it is a link or not a folder", s->name);
	diag_hint(diags, "remove it: candor makes it anew");
	return -1;
}

static int open_state(struct stage *s, struct diags *diags)
{
	int above = sys_make_folder(s->parent, ".candor");

	if (above < 0)
		return stage_cannot_make(s, diags);
	s->state = sys_make_folder(above, s->name);
	sys_close(above);
	return s->state < 0 ? stage_cannot_make(s, diags) : 0;
}

/* What a killed run may have left: all that isn't one of our three records. */
static int clear_stale(void *ctx, int dir, const char *name)
{
	static const char *const keep[] = { "lock", "manifest", "inputs" };
	struct stat st;

	for (size_t i = 0; i < ARRAY_LEN(keep); i++)
		if (!strcmp(name, keep[i]))
			return 0;
	if (!strcmp(name, "next") &&
	    fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode)) {
		errno = ELOOP;
		return -1;
	}
	return fsys_remove_tree_at(dir, name, ctx) < 0 ? 1 : 0;
}

static int clear_state(struct stage *s, struct diags *diags)
{
	int result = sys_each(s->state, clear_stale, diags);

	if (result < 0)
		return stage_cannot_make(s, diags);
	return result ? -1 : 0;
}

static struct stage *stage_new(const char *output, enum publish_way way)
{
	struct stage *s = xcalloc(1, sizeof(*s));

	s->output = xstrdup(output);
	s->way = way;
	s->parent = s->state = s->out = s->next = s->lock = -1;
	s->exchange = sys_exchange;
	pthread_mutex_init(&s->mutex, NULL);
	return s;
}

int stage_open(struct stage **out, const char *output, enum publish_way way,
	       struct lock_wish *wish, struct diags *diags)
{
	struct stage *s = stage_new(output, way);

	*out = NULL;
	if (open_parent(s, diags) == 0 && stage_check_output(s, diags) == 0 &&
	    open_state(s, diags) == 0 &&
	    (s->lock = lock_take(s->state, output, wish, diags)) >= 0 &&
	    clear_state(s, diags) == 0) {
		*out = s;
		return 0;
	}
	stage_close(s);
	return -1;
}

bool stage_is(const struct stage *s, const char *output, enum publish_way way)
{
	return !strcmp(s->output, output) && s->way == way;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void stage_close(struct stage *s)
{
	struct diags unsaid = DIAGS_INIT;

	if (!s)
		return;
	close_fd(&s->out);
	close_fd(&s->next);
	manifest_release(&s->manifest);
	/* Where this fails, the next run tries again and says so. */
	if (s->begun && !s->looks)
		clear_state(s, &unsaid);
	diags_release(&unsaid);
	if (s->lock >= 0)
		lock_release(s->lock);
	close_fd(&s->state);
	close_fd(&s->parent);
	pthread_mutex_destroy(&s->mutex);
	free(s->name);
	free(s->output);
	free(s);
}

/* --- Looking --- */

/* The folder above the output, which need not be there. */
static int find_parent(struct stage *s, struct diags *diags)
{
	char *parent = split_output(s, diags);

	if (!parent)
		return -1;
	s->parent = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(parent);
	if (s->parent < 0 && errno != ENOENT)
		return diag_errno(diags, DIAG_UNREADABLE, place_file(s->output),
				  "cannot open the folder above the output");
	return 0;
}

static int find_state(const struct stage *s)
{
	int above = fsys_open_at(s->parent, ".candor", O_RDONLY | O_DIRECTORY, 0);
	int state = above < 0 ? -1 : fsys_open_at(above, s->name, O_RDONLY | O_DIRECTORY, 0);

	if (above >= 0)
		close(above);
	return state;
}

static int look(struct stage *s, bool ours, struct diags *diags)
{
	if (find_parent(s, diags) < 0)
		return -1;
	if (s->parent < 0)
		return 0;
	if (ours && stage_check_output(s, diags) < 0)
		return -1;
	s->out = fsys_open_at(s->parent, s->name, O_RDONLY | O_DIRECTORY, 0);
	if (s->out < 0 && errno != ENOENT)
		return diag_errno(diags, DIAG_UNREADABLE, place_file(s->output),
				  "cannot open the folder");
	/* Without it nothing is known of the files, and that is no mistake. */
	s->state = find_state(s);
	if (s->state >= 0)
		stage_load_manifest(s);
	return 0;
}

int stage_look(struct stage **out, const char *output, bool ours, struct diags *diags)
{
	struct stage *s = stage_new(output, PUBLISH_EXCHANGE);

	s->begun = s->looks = true;
	*out = s;
	if (look(s, ours, diags) == 0)
		return 0;
	stage_close(s);
	*out = NULL;
	return -1;
}

bool stage_stands(const struct stage *s)
{
	return s->out >= 0;
}

bool stage_moved(const struct stage *s)
{
	struct stat held, named;

	return s->out >= 0 &&
	       (fstat(s->out, &held) < 0 ||
		fstatat(s->parent, s->name, &named, AT_SYMLINK_NOFOLLOW) < 0 ||
		held.st_ino != named.st_ino || held.st_dev != named.st_dev);
}

int stage_read(const struct stage *s, const char *path, size_t limit, struct buf *out,
	       struct diags *diags)
{
	char *name = fsys_join(s->output, path);
	int status = fsys_read_at(s->out, path, name, limit, out, diags);

	free(name);
	return status;
}

bool stage_has(const struct stage *s, const char *path)
{
	struct fsys_stamp stamp;

	return s->out >= 0 && fsys_stamp_at(s->out, path, &stamp);
}

struct manifest *stage_manifest(struct stage *s)
{
	/* The marker alone is nothing. */
	return s->manifest.n > 1 ? &s->manifest : NULL;
}
