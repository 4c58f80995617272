/* From operands to files, and from files to formats. */
#include "import/inputs.h"

#include "base/instream.h"
#include "base/mem.h"

#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>

static void add_name(struct fsys_names *names, char *owned)
{
	GROW(names->items, names->n, names->cap);
	names->items[names->n++] = owned;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* --- What holds files itself --- */

static const struct {
	const char *what;
	size_t at;
	struct str magic;
} packed[] = {
	{ "a zip archive", 0, { "PK\3\4", 4 } },
	{ "a 7z archive", 0, { "7z\xbc\xaf\x27\x1c", 6 } },
	{ "a rar archive", 0, { "Rar!\x1a\7", 6 } },
	{ "a tar archive", 257, { "ustar", 5 } },
	{ "compressed with bzip2", 4, { "1AY&SY", 6 } },
	{ "compressed with xz", 0, { "\xfd" "7zXZ", 5 } },
};

static int check_head(const char *path, struct str head, struct diags *diags)
{
	for (size_t i = 0; i < ARRAY_LEN(packed); i++) {
		if (!str_starts(str_slice(head, packed[i].at, head.n), packed[i].magic))
			continue;
		diag_add(diags, DIAG_UNKNOWN_FORMAT, place_file(instream_name(path)), "this is %s",
			 packed[i].what);
		diag_hint(diags, "unpack it, and name the file or the folder that comes of it");
		return -1;
	}
	return 0;
}

/* Of what can be read twice: of a pipe the head would be missing later. */
static int check_unpacked(const char *path, struct diags *diags)
{
	struct diags unsaid = DIAGS_INIT;
	struct buf head = BUF_INIT;
	int status = 0;

	if (is_file(path) && instream_head(path, &head, &unsaid) == 0)
		status = check_head(path, buf_str(&head), diags);
	diags_release(&unsaid);
	buf_release(&head);
	return status;
}

/* --- Folders --- */

static bool ends_as(struct str name, const char *endings)
{
	struct str rest = str_of(endings);

	if (str_ends(name, STR(".gz")))
		name.n -= 3;
	else if (str_ends(name, STR(".zst")))
		name.n -= 4;
	while (str_present(rest))
		if (str_ends(name, str_split(&rest, ' ')))
			return true;
	return false;
}

static int expand_folder(const struct importer *how, const char *path,
			 struct fsys_names *files, uint64_t *left_out,
			 struct diags *diags)
{
	struct fsys_names inside;

	if (!how->endings) {
		add_name(files, xstrdup(path));
		return 0;
	}
	if (fsys_walk(path, &inside, diags) < 0)
		return -1;
	for (size_t i = 0; i < inside.n; i++) {
		if (ends_as(str_of(inside.items[i]), how->endings))
			add_name(files, fsys_join(path, inside.items[i]));
		else
			++*left_out;
	}
	fsys_names_release(&inside);
	return 0;
}

/* --- Operands --- */

static bool is_pattern(const char *operand)
{
	return strpbrk(operand, "*?[") && !fsys_exists(operand);
}

static int expand_path(const struct importer *how, const char *path,
		       struct fsys_names *files, uint64_t *left_out, struct diags *diags)
{
	size_t before = files->n;

	if (strcmp(path, "-") != 0 && is_folder(path)) {
		if (expand_folder(how, path, files, left_out, diags) < 0)
			return -1;
		if (files->n > before)
			return 0;
		diag_add(diags, DIAG_NOT_FOUND, place_file(path),
			 "no file in here that '%s' reads", how->name);
		diag_hint(diags, "their names end in %s, or that with .gz or .zst behind it",
			  how->endings);
		return -1;
	}
	add_name(files, xstrdup(path));
	return check_unpacked(path, diags);
}

static int expand_pattern(const struct importer *how, const char *pattern,
			  struct fsys_names *files, uint64_t *left_out,
			  struct diags *diags)
{
	glob_t found;
	int status = glob(pattern, GLOB_ERR, NULL, &found);

	if (status == GLOB_NOMATCH)
		return diag_add(diags, DIAG_NOT_FOUND, place_file(pattern),
				"no file matches the pattern");
	if (status)
		return diag_add(diags, DIAG_UNREADABLE, place_file(pattern),
				"the pattern's folders can't be read");
	for (size_t i = 0; status == 0 && i < found.gl_pathc; i++)
		status = expand_path(how, found.gl_pathv[i], files, left_out, diags);
	globfree(&found);
	return status;
}

static int check_stdin(char **operands, size_t n, struct diags *diags)
{
	size_t times = 0;

	for (size_t i = 0; i < n; i++)
		times += !strcmp(operands[i], "-");
	if (times < 2)
		return 0;
	return diag_add(diags, DIAG_USAGE, NO_PLACE, "standard input can be read only once");
}

int inputs_expand(const struct importer *how, char **operands, size_t n,
		  struct fsys_names *files, uint64_t *left_out, struct diags *diags)
{
	int status = check_stdin(operands, n, diags);

	*files = (struct fsys_names){ 0 };
	*left_out = 0;
	for (size_t i = 0; i < n && status == 0; i++)
		status = (is_pattern(operands[i]) ? expand_pattern : expand_path)(
			how, operands[i], files, left_out, diags);
	if (status < 0)
		fsys_names_release(files);
	return status;
}

/* --- Formats --- */

/* The one that is surest of it, or wanted (or NULL) where that may be it; *sure is 0
 * when none is. */
static const struct importer *sniff(const struct importer *wanted, const char *path,
				    struct str head, int *sure)
{
	const struct importer *best = NULL;

	if (wanted && wanted->sniff && (*sure = wanted->sniff(path, head)) > 0)
		return wanted;

	*sure = 0;
	for (size_t i = 0; importers[i]; i++) {
		int s = importers[i]->sniff ? importers[i]->sniff(path, head) : 0;

		if (s > *sure) {
			*sure = s;
			best = importers[i];
		}
	}
	return best;
}

static const struct importer *sniff_file(const struct importer *wanted, const char *path,
					 int *sure, struct diags *diags)
{
	const struct importer *how = NULL;
	struct buf head = BUF_INIT;

	*sure = -1;
	if (instream_head(path, &head, diags) == 0)
		how = sniff(wanted, path, buf_str(&head), sure);
	buf_release(&head);
	return how;
}

/* The folder itself, or the first files in it that one is sure of. */
static const struct importer *sniff_folder(const struct importer *wanted,
					   const char *path, int *sure, struct diags *diags)
{
	enum { ENOUGH = 20 };
	const struct importer *how = sniff(wanted, path, STR(""), sure);
	struct fsys_names inside;

	if (how)
		return how;
	*sure = -1;
	if (fsys_walk(path, &inside, diags) < 0)
		return NULL;
	if (inside.n)
		*sure = 0;
	else
		diag_add(diags, DIAG_NOT_FOUND, place_file(path), "no file in this folder");
	for (size_t i = 0; !how && i < inside.n && i < ENOUGH; i++) {
		char *file = fsys_join(path, inside.items[i]);

		how = sniff_file(wanted, file, sure, diags);
		free(file);
		if (*sure < 0)
			break;
	}
	fsys_names_release(&inside);
	return how;
}

static const struct importer *unclear(const char *operand, struct diags *diags)
{
	diag_add(diags, DIAG_UNKNOWN_FORMAT, place_file(instream_name(operand)),
		 "nothing tells what format this is");
	diag_hint(diags, "name the format; 'candor help formats' says what each one reads");
	return NULL;
}

static const struct importer *sniff_operand(const char *operand, struct diags *diags)
{
	const struct importer *how;
	int sure;

	if (is_pattern(operand)) {
		diag_add(diags, DIAG_USAGE, NO_PLACE,
			 "the format of a pattern's files isn't guessed: '%s'", operand);
		diag_hint(diags, "name the format, or let the shell find the files");
		return NULL;
	}
	if (check_unpacked(operand, diags) < 0)
		return NULL;
	how = strcmp(operand, "-") && is_folder(operand)
		      ? sniff_folder(NULL, operand, &sure, diags)
		      : sniff_file(NULL, operand, &sure, diags);
	return how || sure < 0 ? how : unclear(operand, diags);
}

const struct importer *importer_sniff(char **operands, size_t n, struct diags *diags)
{
	const struct importer *first = NULL, *how;

	for (size_t i = 0; i < n; i++) {
		how = sniff_operand(operands[i], diags);
		if (!how)
			return NULL;
		if (first && how != first) {
			diag_add(diags, DIAG_UNKNOWN_FORMAT,
				 place_file(instream_name(operands[i])),
				 "this is '%s', what came before it is '%s'", how->name,
				 first->name);
			diag_hint(diags, "import one format after the other");
			return NULL;
		}
		first = how;
	}
	return first;
}

const struct importer *inputs_really(const struct importer *how, const char *operand)
{
	enum { SURE = 80 };
	const struct importer *really = NULL;
	struct diags unsaid = DIAGS_INIT;
	int sure = -1;

	if (is_folder(operand) && how->endings)
		really = sniff_folder(how, operand, &sure, &unsaid);
	else if (is_file(operand))
		really = sniff_file(how, operand, &sure, &unsaid);
	diags_release(&unsaid);
	return sure >= SURE && really != how ? really : NULL;
}
