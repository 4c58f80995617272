/*
 * Staging: from the first page to the switch of trees.  Which folder it is and
 * who may have it is stage-open.c's, how files are replaced one by one where
 * trees can't be exchanged stage-files.c's, what the last build left behind
 * manifest.c's.  Which pages there are is nobody's business here.
 */
#include "stage-internal.h"
#include "stage-sys.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file `inputs`, as it lies in memory; of this machine only. */
struct record {
	char magic[16];
	unsigned char key[SHA256_SIZE];
	unsigned char tree[SHA256_SIZE];
	int64_t since, until;
	uint64_t entries; /* at the top of the tree */
};

static const char record_magic[16] = "candor inputs 2";

static const char marker_text[] =
	"candor made this folder and replaces it with every build.\n"
	"What is put or changed here by hand doesn't stay.\n";

void stage_marker(struct buf *out, const unsigned char tree[SHA256_SIZE])
{
	char hex[SHA256_HEX + 1];

	sha256_hex(tree, SHA256_SIZE, hex);
	buf_addf(out, "%s%s\n", marker_text, hex);
}

/* --- What stands --- */

bool stage_tree(int dir, unsigned char tree[SHA256_SIZE])
{
	enum { TEXT = sizeof(marker_text) - 1, SIZE = TEXT + SHA256_HEX + 1 };
	char text[SIZE + 1];
	int fd = fsys_open_at(dir, STAGE_MARKER, O_RDONLY | O_NONBLOCK, 0);
	ssize_t n = fd < 0 ? -1 : sys_read(fd, text, sizeof(text));

	if (fd >= 0)
		close(fd);
	if (n != SIZE || memcmp(text, marker_text, TEXT) != 0)
		return false;
	for (size_t i = 0; i < SHA256_SIZE; i++) {
		unsigned byte;

		if (sscanf(text + TEXT + 2 * i, "%2x", &byte) != 1)
			return false;
		tree[i] = (unsigned char)byte;
	}
	return true;
}

static bool read_record(const struct stage *s, struct record *r)
{
	int fd = fsys_open_at(s->state, "inputs", O_RDONLY | O_NONBLOCK, 0);
	ssize_t n = fd < 0 ? -1 : sys_read(fd, r, sizeof(*r));

	if (fd >= 0)
		close(fd);
	return n == sizeof(*r) && !memcmp(r->magic, record_magic, sizeof(r->magic));
}

static int count_name(void *ctx, int dir, const char *name)
{
	(void)dir;
	(void)name;
	++*(uint64_t *)ctx;
	return 0;
}

bool stage_current(const struct stage *s, const unsigned char key[SHA256_SIZE],
		   int64_t now)
{
	unsigned char tree[SHA256_SIZE];
	struct record r;
	uint64_t entries = 0;
	bool same;
	int fd;

	if (!read_record(s, &r) || memcmp(r.key, key, SHA256_SIZE) != 0 ||
	    now < r.since || now >= r.until)
		return false;
	fd = fsys_open_at(s->parent, s->name, O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0)
		return false;
	same = stage_tree(fd, tree) && !memcmp(tree, r.tree, SHA256_SIZE) &&
	       sys_each(fd, count_name, &entries) == 0 && entries >= r.entries;
	close(fd);
	return same;
}

/* --- Putting pages --- */

void stage_load_manifest(struct stage *s)
{
	unsigned char tree[SHA256_SIZE], marker[MANIFEST_PATH];

	if (s->out >= 0 && stage_tree(s->out, tree))
		manifest_load(&s->manifest, s->state, "manifest", tree);
	manifest_path(STR(STAGE_MARKER), marker);
	manifest_add(&s->manifest, marker)->planned = true;
}

/* Opens both trees and reads the manifest: with the first page, since a build
 * that has nothing to do needs none of it. */
static int begin(struct stage *s, struct diags *diags)
{
	if (s->begun)
		return 0;
	s->next = sys_make_folder(s->state, "next");
	if (s->next < 0)
		return stage_cannot_make(s, diags);
	s->begun = true;
	s->out = fsys_open_at(s->parent, s->name, O_RDONLY | O_DIRECTORY, 0);
	if (s->out < 0 && errno != ENOENT)
		return diag_errno(diags, DIAG_IO, place_file(s->output),
				  "cannot open the output folder");
	if (s->out >= 0 && sys_is_mount(s->parent, s->name))
		s->way = PUBLISH_FILES;
	stage_load_manifest(s);
	return 0;
}

/* The staging folder gets the whole tree, not only what changed. */
static bool stages_all(const struct stage *s)
{
	return s->way == PUBLISH_EXCHANGE || s->out < 0;
}

/* Enters the path into the plan; *file is what the last build knew of it. */
static int plan(struct stage *s, struct str path, struct manifest_file *file,
		struct diags *diags)
{
	struct manifest_file *entry;
	bool fresh;

	if (begin(s, diags) < 0)
		return -1;
	entry = manifest_plan(&s->manifest, path, &fresh, diags);
	if (!entry)
		return -1;
	*file = *entry;
	return 0;
}

static void remember(struct stage *s, const struct manifest_file *file)
{
	struct manifest_file *entry = manifest_find(&s->manifest, file->path);

	*entry = *file;
	s->counts.files++;
	s->counts.bytes += (uint64_t)file->stamp.size;
	s->counts.carried += file->carried;
	s->counts.written += !file->carried;
}

/* The published file is still the one that we made. */
static bool is_untouched(const struct stage *s, const char *path,
			 const struct fsys_stamp *want)
{
	int fd = fsys_open_at(s->out, path, O_PATH, 0);
	struct fsys_stamp stamp;
	struct stat st;
	bool same;

	if (fd < 0)
		return false;
	same = fstat(fd, &st) == 0 && sys_stamp(&st, &stamp) &&
	       sys_stamp_eq(&stamp, want);
	close(fd);
	return same;
}

/*
 * Links the published file into the staging folder.  The stamp is compared
 * afterwards, on the link: what was checked is then what is published.  False:
 * it must be written, for whatever reason.
 */
static bool carry(const struct stage *s, const char *path,
		  const struct fsys_stamp *want)
{
	struct fsys_stamp stamp;
	struct stat st;

	if (s->out < 0)
		return false;
	if (!stages_all(s))
		return is_untouched(s, path, want);
	if (sys_make_parents(s->next, path) < 0 ||
	    linkat(s->out, path, s->next, path, 0) < 0)
		return false;
	if (fstatat(s->next, path, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    sys_stamp(&st, &stamp) && sys_stamp_eq(&stamp, want))
		return true;
	unlinkat(s->next, path, 0);
	return false;
}

static void check_path(struct str path)
{
	struct str rest = path;

	invariant(path.n && memchr(path.p, '\0', path.n) == NULL);
	while (str_present(rest)) {
		struct str part = str_split(&rest, '/');

		invariant(part.n && !str_is(part, ".") && !str_is(part, ".."));
	}
}

/* Carries or writes; fills in stamp and carried. */
static int place(struct stage *s, struct str path, struct str bytes, bool same,
		 struct manifest_file *file, struct diags *diags)
{
	char name[PATH_MAX];

	if (path.n >= sizeof(name)) {
		errno = ENAMETOOLONG;
	} else {
		memcpy(name, path.p, path.n);
		name[path.n] = '\0';
		file->carried = same && carry(s, name, &file->stamp);
		if (file->carried)
			return 0;
		if (sys_write_new(s->next, name, &bytes, 1, &file->stamp) == 0)
			return 0;
	}
	return diag_errno(diags, DIAG_IO, place_file(s->output), "cannot write '%.*s'",
			  STR_ARG(path));
}

int stage_put(struct stage *s, struct str path, struct str bytes, struct diags *diags)
{
	struct manifest_file file;
	unsigned char content[SHA256_SIZE];
	bool same;
	int result;

	check_path(path);
	sha256_of(bytes, content);
	pthread_mutex_lock(&s->mutex);
	result = plan(s, path, &file, diags);
	pthread_mutex_unlock(&s->mutex);
	if (result == 0) {
		same = !memcmp(file.content, content, SHA256_SIZE);
		memcpy(file.content, content, SHA256_SIZE);
		result = place(s, path, bytes, same, &file, diags);
	}
	pthread_mutex_lock(&s->mutex);
	if (result == 0)
		remember(s, &file);
	else
		s->failed = true;
	pthread_mutex_unlock(&s->mutex);
	return result;
}

/* --- Publishing --- */

/* Writes the records of the new tree beside the old ones: what can fail for
 * want of room fails before anything is switched. */
static int prepare_records(struct stage *s, const struct stage_inputs *inputs,
			   const unsigned char tree[SHA256_SIZE], int folder,
			   struct diags *diags)
{
	struct record r = { .since = inputs->since, .until = inputs->until };
	struct str part = str_make((const char *)&r, sizeof(r));

	memcpy(r.magic, record_magic, sizeof(r.magic));
	memcpy(r.key, inputs->key, SHA256_SIZE);
	memcpy(r.tree, tree, SHA256_SIZE);
	unlinkat(s->state, "inputs.new", 0);
	unlinkat(s->state, "manifest.new", 0);
	if (sys_each(folder, count_name, &r.entries) < 0 ||
	    sys_write_new(s->state, "inputs.new", &part, 1, NULL) < 0 ||
	    manifest_save(&s->manifest, s->state, "manifest.new", tree) < 0)
		return diag_errno(diags, DIAG_IO, place_file(s->output),
				  "cannot write the record of what was built");
	return 0;
}

static int adopt_records(struct stage *s, struct diags *diags)
{
	if (renameat(s->state, "manifest.new", s->state, "manifest") < 0 ||
	    renameat(s->state, "inputs.new", s->state, "inputs") < 0)
		return diag_errno(diags, DIAG_IO, place_file(s->output),
				  "cannot replace the record of what was built");
	return 0;
}

static int write_marker(const struct stage *s, const unsigned char tree[SHA256_SIZE],
			struct diags *diags)
{
	struct buf text = BUF_INIT;
	struct str part;
	int result;

	stage_marker(&text, tree);
	part = buf_str(&text);
	result = sys_write_new(s->next, STAGE_MARKER, &part, 1, NULL);
	buf_release(&text);
	return result < 0 ? diag_errno(diags, DIAG_IO, place_file(s->output),
				       "cannot write '%s'", STAGE_MARKER)
			  : 0;
}

/* 1: done; 0: these folders can't change places, files have to; -1: failed. */
static int switch_trees(struct stage *s, struct diags *diags)
{
	static const int unable[] = { EXDEV, EBUSY, EINVAL, ENOSYS, EOPNOTSUPP };

	bool absent = faccessat(s->parent, s->name, F_OK, AT_SYMLINK_NOFOLLOW) < 0;

	if ((absent ? renameat : s->exchange)(s->state, "next", s->parent, s->name) == 0)
		return 1;
	for (size_t i = 0; i < ARRAY_LEN(unable); i++)
		if (errno == unable[i])
			return 0;
	return diag_errno(diags, DIAG_IO, place_file(s->output),
			  "cannot switch to the new site");
}

/* From here to the end of stage_publish() nobody stops it; -1 when somebody did. */
static int point_of_no_return(void)
{
	stop_hold();
	return stop_asked() ? -1 : 0;
}

/* That may take long, and nobody can say how long. */
static int sync_next(struct stage *s, struct diags *diags)
{
	enum { MUCH = 64 << 20 };
	int result;

	if (s->counts.bytes > MUCH)
		progress_say("bringing it to the disk");
	result = fsys_sync(s->next, s->output, diags);
	progress_end();
	return result;
}

/* All in the staging folder, then one switch. */
static int publish_tree(struct stage *s, const struct stage_inputs *inputs,
			const unsigned char tree[SHA256_SIZE], struct diags *diags)
{
	int switched;

	if (write_marker(s, tree, diags) < 0 ||
	    prepare_records(s, inputs, tree, s->next, diags) < 0 ||
	    sync_next(s, diags) < 0 || point_of_no_return() < 0)
		return -1;
	/* Whoever edits a page in place leaves a stamp that isn't ours, however
	 * quick they are. */
	sys_next_tick();
	switched = switch_trees(s, diags);
	s->counts.exchanged = switched > 0;
	return switched;
}

/*
 * File by file.  The record of the old tree goes before anything is touched, a
 * temporary file beside the marker included: the site is current for nobody
 * until the new one is there.  The marker comes first, with the new tree's
 * name, so that the manifest of the old one is nobody's either.
 */
static int publish_files(struct stage *s, const struct stage_inputs *inputs,
			 const unsigned char tree[SHA256_SIZE], struct diags *diags)
{
	int folder, result;

	if (sync_next(s, diags) < 0 || point_of_no_return() < 0)
		return -1;
	if (unlinkat(s->state, "inputs", 0) < 0 && errno != ENOENT)
		return diag_errno(diags, DIAG_IO, place_file(s->output),
				  "cannot remove the record of what was built");
	if (stage_files(s, tree, diags) < 0)
		return -1;
	folder = fsys_open_at(s->parent, s->name, O_RDONLY | O_DIRECTORY, 0);
	if (folder < 0)
		return diag_errno(diags, DIAG_IO, place_file(s->output),
				  "cannot open the output folder");
	result = fsys_sync(folder, s->output, diags);
	sys_next_tick();
	if (result == 0)
		result = prepare_records(s, inputs, tree, folder, diags);
	close(folder);
	return result;
}

static int publish(struct stage *s, const struct stage_inputs *inputs,
		   struct diags *diags)
{
	unsigned char tree[SHA256_SIZE];
	int switched = 0;

	s->counts.removed = manifest_seal(&s->manifest, tree);
	if (stage_check_output(s, diags) < 0)
		return -1;
	if (stages_all(s))
		switched = publish_tree(s, inputs, tree, diags);
	if (switched == 0)
		switched = publish_files(s, inputs, tree, diags);
	return switched < 0 ? -1 : adopt_records(s, diags);
}

int stage_publish(struct stage *s, const struct stage_inputs *inputs,
		  struct stage_counts *counts, struct diags *diags)
{
	int result = -1;

	if (!s->failed && begin(s, diags) == 0)
		result = publish(s, inputs, diags);
	stop_let();
	*counts = s->counts;
	return result;
}
