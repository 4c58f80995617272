/* candor init DIR: a new site, from an example or from somebody's own exports.  What its
 * files say is init-site.c's; here is what is asked for, the folder, and the order. */
#include "base/csvw.h"
#include "base/fsys.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cmd/import.h"
#include "import/counts.h"
#include "init-say.h"
#include "render/theme.h"
#include "render/visible.h"
#include "select/waiting.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The day that the example was written for. */
#define EXAMPLE_DAY "2026-11-20"

/* --- What is asked for --- */

enum {
#define FORMAT(name) FROM_##name,
#include "import/formats.h"
#undef FORMAT
	FROM_COUNT
};

struct init_flags {
	const char *company, *title, *url, *contact, *language, *share;
	const char *from[FROM_COUNT], *from_any;
	const char *venue, *venue_url, *venue_name, *licence, *map;
	bool own, pulls, keep_going, copy_theme;
};

#define AT(member) offsetof(struct init_flags, member)
#define TEXT(name, member, arg, help) \
	{ name, 0, OPT_STR, AT(member), arg, help, 0, 0, NULL }
#define FLAG(name, member, help) { name, 0, OPT_FLAG, AT(member), NULL, help, 0, 0, NULL }
static const struct opt opts[] = {
	TEXT("company", company, "NAME", "the company's name (else the folder's)"),
	TEXT("title", title, "TITLE", "the site's title (else NAME in the open)"),
	TEXT("url", url, "URL", "where the site will be found"),
	TEXT("contact", contact, "URL", "where readers report problems: mailto: or https://"),
	TEXT("language", language, "TAG", "what the site says itself: en, de or nl"),
	TEXT("share", share, "SHARE", "the least part of wrong threads (25%)"),
	FLAG("copy-theme", copy_theme, "put a copy of the theme into DIR, to change it"),
	TEXT("from", from_any, "PATH", "an export of the format that its first bytes tell"),
#define FORMAT(name) \
	TEXT("from-" #name, from[FROM_##name], "PATH", "an export, as 'candor import " #name "' reads it"),
#include "import/formats.h"
#undef FORMAT
	TEXT("products", from[FROM_products], "PATH", "the same as --from-products"),
	TEXT("venue", venue, "SLUG", "the venue that the export is of"),
	TEXT("venue-url", venue_url, "URL", "the venue's address"),
	TEXT("venue-name", venue_name, "NAME", "the venue's name (else its slug)"),
	TEXT("licence", licence, "LICENCE", "of posts that name none"),
	FLAG("own", own, "the venue is the company's own"),
	TEXT("map", map, "FILE", "csv: which column is what"),
	FLAG("pulls", pulls, "github: pull requests, too"),
	FLAG("keep-going", keep_going, "skip bad records and count them"),
	{ 0 }
};

static size_t exports_n(const struct init_flags *f)
{
	size_t n = f->from_any != NULL;

	for (int i = 0; i < FROM_COUNT; i++)
		n += f->from[i] && i != FROM_products;
	return n;
}

static bool is_line(struct str s)
{
	struct arena arena = ARENA_INIT;
	bool is = utf8_valid(s) && str_trim(s).n && str_eq(visible_line(&arena, s), s);

	arena_release(&arena);
	return is;
}

static const struct {
	size_t offset;
	const char *flag;
	bool (*is)(struct str s);
	const char *wants;
} checks[] = {
	{ AT(company), "--company", is_line, "one line of text" },
	{ AT(title), "--title", is_line, "one line of text" },
	{ AT(url), "--url", config_is_site, "a full address such as https://open.acme.example/" },
	{ AT(contact), "--contact", config_is_contact,
	  "mailto:open@acme.example or the https:// address of a form" },
	{ AT(language), "--language", str_is_language, "a tag such as en, de or nl" },
	{ AT(share), "--share", field_is_share, "a share such as 25% or 1/4" },
};

static int check_values(struct run *run)
{
	int status = 0;

	for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
		const char *value = *(const char **)((char *)run->options + checks[i].offset);

		if (value && !checks[i].is(str_of(value)))
			status = diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
					  "'%s' is no value for '%s': expected %s", value,
					  checks[i].flag, checks[i].wants);
	}
	return status;
}

/* The shell makes many words of a pattern, and all but the first look like folders. */
static int check_operands(struct run *run)
{
	if (run->argc == 1)
		return 0;
	diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "'candor init' takes one folder, not %d",
		 run->argc);
	diag_hint(&run->diags, "an export of many files is a folder, or a pattern in quotes: "
			       "--from-discourse 'topics/*.json'");
	return -1;
}

static int check_words(struct run *run)
{
	const struct global_options *g = &run->global;
	const struct init_flags *f = run->options;
	size_t n = exports_n(f);
	bool of_one = f->venue || f->venue_url || f->venue_name || f->licence || f->own;

	if (g->theme && strchr(g->theme, '/'))
		return diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
				"'--theme' is the name of a theme here, not '%s'", g->theme);
	if (g->config || g->archive || g->rules || g->output)
		return diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
				"a new site has its files in its folder: no '--config', "
				"'--archive', '--rules' or '--output'");
	if ((of_one || f->map || f->pulls) && n != 1) {
		diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
			 "what is said of an export needs one: there %s", n ? "are several" : "is none");
		diag_hint(&run->diags, "name it with --from%s", n ? "; 'candor import' takes the others" : "");
		return -1;
	}
	return check_operands(run) < 0 || check_values(run) < 0 ? -1 : 0;
}

/* --- The folder --- */

/* All that is ever written there; removed when it fails. */
static const char *const files[] = { "archive.db", "archive.db-journal", "candor.yaml",
				     "example.jsonl", ".gitignore", "products.csv",
				     "rules.yaml", "themes" };

struct init {
	struct run *run;
	const struct init_flags *flags;
	const char *dir;
	int fd;    /* of dir, or -1 */
	bool made; /* dir wasn't there */
	struct init_words words;
	struct init_survey survey;
	struct import_counts counts; /* of the last import */
};

/* A path in it, as messages have it; in the run's arena. */
static const char *path_of(const struct init *in, const char *name)
{
	char *path = fsys_join(in->dir, name);
	const char *kept = arena_strz(&in->run->arena, str_of(path));

	free(path);
	return kept;
}

static int write_file(const struct init *in, const char *name, const struct buf *bytes)
{
	return fsys_replace_synced_at(in->fd, name, path_of(in, name), buf_str(bytes),
				      &in->run->diags);
}

static int not_empty(struct init *in)
{
	struct diags *diags = &in->run->diags;

	diag_add(diags, DIAG_NOT_EMPTY, place_file(in->dir), "the folder isn't empty");
	if (fsys_exists(path_of(in, "candor.yaml")))
		diag_hint(diags, "it is a site already; 'candor -C %s import' takes exports in",
			  in->dir);
	else if (fsys_exists(path_of(in, "archive.db")))
		diag_hint(diags, "name a new folder; if an 'init' that was killed left this, remove it");
	else
		diag_hint(diags, "name a new folder");
	return -1;
}

/* A repository may be waiting for its first files. */
static int check_empty(struct init *in)
{
	struct fsys_names names;
	size_t others = 0;

	if (fsys_list(in->dir, &names, &in->run->diags) < 0)
		return -1;
	for (size_t i = 0; i < names.n; i++)
		others += strcmp(names.items[i], ".git") != 0;
	fsys_names_release(&names);
	return others ? not_empty(in) : 0;
}

static int open_folder(struct init *in)
{
	struct diags *diags = &in->run->diags;

	in->made = mkdir(in->dir, 0777) == 0;
	if (!in->made && errno != EEXIST)
		return diag_errno(diags, errno == ENOENT ? DIAG_NOT_FOUND : DIAG_IO,
				  place_file(in->dir), "cannot make the folder");
	in->fd = open(in->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (in->fd >= 0)
		return in->made ? 0 : check_empty(in);
	diag_errno(diags, DIAG_UNREADABLE, place_file(in->dir), "cannot open the folder");
	if (in->made)
		rmdir(in->dir);
	return -1;
}

/* Of a site that isn't whole nothing stays. */
static void remove_all(struct init *in)
{
	if (in->run->archive)
		archive_discard(in->run->archive);
	in->run->archive = NULL;
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		fsys_remove_tree_at(in->fd, files[i], &in->run->diags);
	if (in->made)
		rmdir(in->dir);
}

/* --- The archive --- */

static int import_one(struct init *in, const struct importer *how, const char *path,
		      struct import_options *options)
{
	char *operand = arena_strz(&in->run->arena, str_of(path));

	options->keep_going = in->flags->keep_going;
	return import_operands(in->run, how, &operand, 1, options, true, &in->counts);
}

static int import_products(struct init *in, const char *path)
{
	struct import_options none = { .venue = NULL };

	return import_one(in, importers[FROM_products], path, &none);
}

static int import_example(struct init *in)
{
	struct import_options none = { .venue = NULL };
	struct buf text = BUF_INIT;
	int status;

	init_example_jsonl(&text, &in->words);
	status = write_file(in, "example.jsonl", &text);
	if (status == 0)
		status = import_one(in, importers[FROM_jsonl], path_of(in, "example.jsonl"), &none);
	buf_release(&text);
	return status;
}

/* Products before the threads that may name them. */
static int import_exports(struct init *in)
{
	const struct init_flags *f = in->flags;
	struct import_options options = {
		.venue = f->venue, .url = f->venue_url, .url_flag = "--venue-url",
		.name = f->venue_name, .licence = f->licence, .map = f->map, .own = f->own, .pulls = f->pulls,
	};

	if (f->from[FROM_products] && import_products(in, f->from[FROM_products]) < 0)
		return -1;
	for (int i = 0; i < FROM_COUNT; i++)
		if (i != FROM_products && f->from[i] &&
		    import_one(in, importers[i], f->from[i], &options) < 0)
			return -1;
	return f->from_any ? import_one(in, NULL, f->from_any, &options) : 0;
}

/* Where nobody said what is sold: the company, by a table that can be edited and
 * imported again. */
static int write_products(struct init *in)
{
	const struct init_survey *s = &in->survey;
	struct buf text = BUF_INIT, slug = BUF_INIT;
	int status;

	buf_addslug(&slug, in->words.company, 64);
	buf_adds(&text, "slug,title,link\n");
	csvw_field(&text, slug.n ? buf_str(&slug) : STR("all"), ',');
	csvw_field(&text, in->words.company, ',');
	csvw_field(&text, s->venues[0].url, '\n');
	status = write_file(in, "products.csv", &text);
	if (status == 0)
		status = import_products(in, path_of(in, "products.csv"));
	buf_release(&text);
	buf_release(&slug);
	return status;
}

static int survey(struct init *in)
{
	init_survey_release(&in->survey);
	return init_survey_read(&in->survey, in->run->archive, &in->run->diags);
}

static int nothing_there(struct init *in)
{
	struct buf counts = BUF_INIT;

	import_counts_text(&in->counts, &counts);
	diag_add(&in->run->diags, DIAG_EXPORT_EMPTY, NO_PLACE, "no conversation in the export");
	diag_hint(&in->run->diags, "what was read: %s", counts.p);
	buf_release(&counts);
	return -1;
}

static int fill_archive(struct init *in)
{
	struct run *run = in->run;

	if (archive_open(&run->archive, path_of(in, "archive.db"), ARCHIVE_CREATE,
			 &run->diags) < 0 ||
	    (in->words.example ? import_example : import_exports)(in) < 0 || survey(in) < 0)
		return -1;
	if (!in->survey.threads && (exports_n(in->flags) || !in->survey.products_n))
		return nothing_there(in);
	if (in->survey.products_n)
		return 0;
	in->words.whole = true;
	return write_products(in) < 0 ? -1 : survey(in);
}

/* --- The files --- */

enum { THEME_FILE_MAX = 8 << 20 };

static const char gitignore[] = "/public/\n/.candor/\n";

/* As it is found here: dir. */
static int copy_theme(struct init *in, const char *dir)
{
	struct buf bytes = BUF_INIT, to = BUF_INIT;
	struct fsys_names names = { 0 };
	int status = fsys_walk(dir, &names, &in->run->diags);

	for (size_t i = 0; status == 0 && i < names.n; i++) {
		char *from = fsys_join(dir, names.items[i]);

		buf_reset(&bytes);
		buf_reset(&to);
		buf_addf(&to, "themes/%.*s/%s", STR_ARG(in->words.theme), names.items[i]);
		status = fsys_read(from, THEME_FILE_MAX, &bytes, &in->run->diags);
		if (status == 0)
			status = write_file(in, to.p, &bytes);
		free(from);
	}
	fsys_names_release(&names);
	buf_release(&bytes);
	buf_release(&to);
	return status;
}

static int find_theme(struct init *in)
{
	const char *name = arena_strz(&in->run->arena, in->words.theme);
	char *dir = theme_find(name);
	int status = 0;

	if (!dir)
		return theme_missing(name, &in->run->diags);
	if (in->flags->copy_theme)
		status = copy_theme(in, dir);
	free(dir);
	return status;
}

/* candor.yaml comes last: what has one is a site. */
static int write_files(struct init *in)
{
	struct buf config = BUF_INIT, rules = BUF_INIT, ignored = BUF_INIT;
	int status = 0;

	init_candor_yaml(&config, &in->words, &in->survey);
	init_rules_yaml(&rules, &in->words, &in->survey);
	buf_adds(&ignored, gitignore);
	if (write_file(in, ".gitignore", &ignored) < 0 ||
	    write_file(in, "rules.yaml", &rules) < 0 ||
	    write_file(in, "candor.yaml", &config) < 0)
		status = -1;
	buf_release(&config);
	buf_release(&rules);
	buf_release(&ignored);
	return status;
}

/* --- Read back, and said --- */

static size_t count_waiting(const struct waiting_list *list)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		n += list->items[i].kind == WAITING_ADMISSION;
	return n;
}

/* By the files as they were written: what doesn't load is no site. */
static int read_back(struct init *in, struct selection *s, struct waiting_list *list)
{
	struct run *run = in->run;
	struct diags unsaid = DIAGS_INIT;
	struct roster *roster;
	int status;

	archive_close(run->archive);
	run->archive = NULL;
	if (config_load(&run->config, path_of(in, "candor.yaml"), &run->diags) < 0 ||
	    rules_load(&run->rules, path_of(in, "rules.yaml"), &run->diags) < 0 ||
	    archive_open(&run->archive, path_of(in, "archive.db"), ARCHIVE_READ,
			 &run->diags) < 0)
		return -1;
	/* Its warnings are what there is to do next. */
	status = select_run(s, run->archive, run->rules, &run->config, run->now, &unsaid);
	roster = roster_new(&run->config);
	if (status == 0)
		status = waiting_read(list, run->archive, s, run->rules, roster, false, &unsaid);
	if (status < 0)
		diags_merge(&run->diags, &unsaid);
	roster_free(roster);
	diags_release(&unsaid);
	return status;
}

/* What the path is in the new folder, too. */
static const char *path_again(const struct init *in, const char *path)
{
	char *real = realpath(path, NULL);
	const char *kept = real ? arena_strz(&in->run->arena, str_of(real)) : "PATH";

	free(real);
	return kept;
}

/* The export that may lack a word; none: no word to 'import' helps. */
static void find_again(const struct init *in, struct init_said *said)
{
	const struct init_flags *f = in->flags;

	if (exports_n(f) != 1 || f->from[FROM_jsonl])
		return;
	said->format = IMPORTER_ANY;
	said->path = f->from_any;
	for (int i = 0; !said->path; i++)
		if (i != FROM_products && (said->path = f->from[i]))
			said->format = importers[i]->name;
	said->path = path_again(in, said->path);
	said->map = f->map ? path_again(in, f->map) : NULL;
	said->pulls = f->pulls;
}

static void say(struct init *in, const struct selection *s, const struct waiting_list *list)
{
	struct init_said said = {
		.dir = in->dir,
		.example = in->words.example,
		.venue = in->flags->venue || in->flags->venue_url,
		.survey = &in->survey,
		.selection = s,
		.waiting = count_waiting(list),
	};
	struct buf text = BUF_INIT;

	find_again(in, &said);
	init_say(&text, &said);
	buf_addstr(&in->run->done, str_slice(buf_str(&text), 0, str_index(buf_str(&text), '\n')));
	if (!in->run->global.quiet)
		fwrite(text.p, 1, text.n, in->run->out);
	buf_release(&text);
}

static int finish(struct init *in)
{
	struct waiting_list list = { .arena = ARENA_INIT };
	struct selection s = { .arena = ARENA_INIT };
	int status = read_back(in, &s, &list);

	if (status == 0)
		say(in, &s, &list);
	waiting_release(&list);
	selection_release(&s);
	return status;
}

/* --- The command --- */

/* The folder's own name: that of most companies is near. */
static struct str folder_name(struct init *in)
{
	char *path = realpath(in->dir, NULL);
	struct buf name = BUF_INIT;
	struct arena *arena = &in->run->arena;

	utf8_add_repaired(&name, str_of(path ? strrchr(path, '/') + 1 : ""));
	free(path);
	return visible_name(arena, buf_to_arena(&name, arena), STR("Acme"));
}

static struct str given(const char *flag, struct str otherwise)
{
	return flag ? str_of(flag) : otherwise;
}

/* "acme.example", after a company that has letters for it. */
static struct str host_of(struct str company, struct arena *arena)
{
	struct buf host = BUF_INIT;
	struct buf slug = BUF_INIT;

	buf_addslug(&slug, company, 40);
	buf_addf(&host, "%s%sexample", slug.p, slug.n ? "." : "");
	buf_release(&slug);
	return buf_to_arena(&host, arena);
}

static void set_words(struct init *in)
{
	const struct init_flags *f = in->flags;
	struct arena *arena = &in->run->arena;
	struct init_words *w = &in->words;
	int64_t written = 0;
	struct str host;

	w->example = !exports_n(f) && !f->from[FROM_products];
	when_parse(STR(EXAMPLE_DAY), &written);
	w->days = when_day(in->run->now) - when_day(written);
	w->company = given(f->company, w->example ? STR("Larkmoor") : folder_name(in));
	host = host_of(w->company, arena);
	w->title = given(f->title, arena_printf(arena, "%.*s in the open", STR_ARG(w->company)));
	w->url = given(f->url, arena_printf(arena, "https://open.%.*s/", STR_ARG(host)));
	w->contact = given(f->contact, arena_printf(arena, "mailto:open@%.*s", STR_ARG(host)));
	w->language = given(f->language, STR("en"));
	w->theme = given(in->run->global.theme, STR("default"));
	w->share = given(f->share, STR("25%"));
}

static int make_site(struct init *in)
{
	if (find_theme(in) < 0 || fill_archive(in) < 0 || write_files(in) < 0)
		return -1;
	return finish(in);
}

static int run_init(struct run *run)
{
	struct init in = { .run = run, .flags = run->options, .dir = run->argv[0], .fd = -1,
			   .survey = { .arena = ARENA_INIT } };
	int status = open_folder(&in);

	if (status == 0) {
		set_words(&in);
		status = make_site(&in);
		if (status < 0)
			remove_all(&in);
	}
	init_survey_release(&in.survey);
	if (in.fd >= 0)
		close(in.fd);
	return status;
}

const struct command cmd_init = {
	.name = "init",
	.args = "DIR",
	.summary = "make a new site, from your exports or with an example",
	.min_args = 1,
	.max_args = -1,
	.opts = opts,
	.options_size = sizeof(struct init_flags),
	.check = check_words,
	.run = run_init,
	.kept = "nothing was made",
};
