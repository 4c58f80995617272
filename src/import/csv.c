/*
 * Tables: a row is a post, or several, of a thread whose rows may lie anywhere.  How
 * tables are read is csvread.c's, what columns mean csvmap.c's.
 *
 * Decided here:
 * - Ids that a spreadsheet made fractions of (1665.0) are whole again; those that it
 *   rounded (1.67E+12) are mistakes.
 * - Of what rows say of their thread the first one that says something counts.
 * - A post of which a row has neither time nor text isn't there: a ticket without an
 *   answer, in a table of tickets.
 * - An author without an id is "name:NAME", as people of deleted accounts are elsewhere.
 * - A row that comes twice, or a post whose id does: the last one counts.
 */
#include "import/import.h"

#include "base/mem.h"
#include "base/progress.h"
#include "import/csvdate.h"
#include "import/csvmap.h"
#include "import/csvread.h"
#include "import/gather.h"

#include <stdlib.h>

struct csv {
	struct import *in;
	struct csvmap map;
	struct gather gather;  /* by the thread's id: cells of the map's columns */
	struct venue venue;
	struct str first_url;  /* of any thread; in run */
	struct arena run, arena; /* of one row, then of one thread */
	struct str *cells;     /* owned; by the map's columns */
};

/* A row's values as they are asked for; mistakes are counted in bad. */
struct row {
	struct csv *csv;
	const struct str *cells;
	struct place where;
	struct diags *bad;
};

/* --- Values --- */

static struct str text_in(const struct row *row, const struct csvvalue *v)
{
	return csvvalue_text(v, row->cells, &row->csv->arena);
}

static int wrong(const struct row *row, const struct csvvalue *v, struct str found,
		 const char *want)
{
	return diag_add(row->bad, DIAG_BAD_VALUE, row->where,
			"'%s' is '%.*s', expected %s", v->name,
			STR_ARG(str_slice(found, 0, 60)), want);
}

static int missing(const struct row *row, const struct csvvalue *v)
{
	return diag_add(row->bad, DIAG_MISSING_KEY, row->where, "'%s' is empty", v->name);
}

/* Of an id, an address made of ids, or a number. */
static struct str id_in(const struct row *row, const struct csvvalue *v)
{
	struct str id;

	if (!csvvalue_id(v, row->cells, &row->csv->arena, &id))
		wrong(row, v, id, "an id that no spreadsheet rounded");
	return id.n ? id : STR_NONE;
}

static int64_t number_in(const struct row *row, const struct csvvalue *v, int64_t none)
{
	struct str s = id_in(row, v);
	size_t minus = str_starts(s, STR("-"));
	int64_t n = 0;

	if (!s.n)
		return none;
	if (s.n == minus || s.n > 15)
		return wrong(row, v, s, "a whole number");
	for (size_t i = minus; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return wrong(row, v, s, "a whole number");
		n = n * 10 + (s.p[i] - '0');
	}
	return minus ? -n : n;
}

static int64_t time_in(const struct row *row, const struct csvvalue *v)
{
	const struct csvmap *map = &row->csv->map;
	struct str s = text_in(row, v);
	int64_t t;

	if (!s.n)
		return WHEN_NONE;
	for (size_t i = 0; i < map->dates.n; i++)
		if (csvdate_parse(map->dates.items[i], s, map->zone, &t))
			return t;
	if (!map->dates.n && csvdate_guess(s, map->zone, &t))
		return t;
	wrong(row, v, s, map->dates.n ? "a time as 'dates' has it" :
					"a time as in 2026-11-22 07:30:00");
	diag_hint(row->bad, "'dates' in the map says how times are written, "
			    "as in D/M/Y h:m");
	return WHEN_NONE;
}

/* Each item once, sorted. */
static void list_in(const struct row *row, const struct csvlist *list, struct str **out,
		    size_t *n)
{
	struct str rest = text_in(row, &list->value);
	struct str *items = arena_array(&row->csv->arena, struct str, rest.n + 1);
	size_t count = 0;

	*n = 0;
	while (rest.n) {
		size_t at = str_find(rest, list->split);
		struct str item = str_trim(str_slice(rest, 0, at));

		if (item.n)
			items[count++] = item;
		rest = str_slice(rest, at + list->split.n, rest.n);
	}
	str_sort(items, count);
	for (size_t i = 0; i < count; i++)
		if (!*n || !str_eq(items[*n - 1], items[i]))
			items[(*n)++] = items[i];
	*out = items;
}

/* --- Posts --- */

static struct str without_address(struct str name)
{
	return str_trim(str_slice(name, 0, str_index(name, '@')));
}

static const struct author *author_in(const struct row *row, const struct csvauthor *map)
{
	struct arena *arena = &row->csv->arena;
	struct str id = id_in(row, &map->id), name = text_in(row, &map->name);
	struct author *author;

	if (!id.n && !name.n)
		return NULL;
	author = arena_new(arena, struct author);
	author->venue = row->csv->venue.row;
	author->name = without_address(name.n ? name : id);
	if (!author->name.n)
		author->name = STR("?");
	author->id = id.n ? id : arena_printf(arena, "name:%.*s", STR_ARG(author->name));
	author->url = id_in(row, &map->url);
	author->staff = csvflag_is(&map->staff, row->cells, arena);
	return author;
}

/* False: the row has no such post. */
static bool post_in(const struct row *row, const struct csvpost *map, struct post *out)
{
	struct str body = text_in(row, &map->body), licence;

	if (!body.n && !text_in(row, &map->created).n)
		return false;
	licence = text_in(row, &map->licence);
	*out = (struct post){
		.id = id_in(row, &map->id),
		.parent = id_in(row, &map->parent),
		.author = author_in(row, &map->author),
		.created = time_in(row, &map->created),
		.edited = time_in(row, &map->edited),
		.withdrawn = WHEN_NONE,
		.format = (enum body_format)map->format,
		.body = str_present(body) ? body : STR(""),
		.score = number_in(row, &map->score, 0),
		.url = id_in(row, &map->url),
		.licence = licence.n ? licence : STR_NONE,
		.fetched = row->csv->in->options->now,
	};
	if (!out->id.n)
		missing(row, &map->id);
	if (!text_in(row, &map->created).n)
		missing(row, &map->created);
	return true;
}

/* --- Threads --- */

struct building {
	struct csv *csv;
	struct thread thread;
	struct str solves; /* by a post's own flag */
	struct place where;
	size_t cap;        /* posts are owned while it grows */
};

static void head_in(const struct row *row, struct thread *t)
{
	const struct csvthread *map = &row->csv->map.thread;

	if (!t->title.n)
		t->title = text_in(row, &map->title);
	if (!t->url.n)
		t->url = id_in(row, &map->url);
	if (t->updated == WHEN_NONE)
		t->updated = time_in(row, &map->updated);
	if (!t->score)
		t->score = number_in(row, &map->score, 0);
	if (t->views == NUMBER_NONE)
		t->views = number_in(row, &map->views, NUMBER_NONE);
	if (!t->solved_by.n)
		t->solved_by = id_in(row, &map->solved_by);
	if (!t->tags_n)
		list_in(row, &map->tags, &t->tags, &t->tags_n);
	if (!t->products_n)
		list_in(row, &map->products, &t->products, &t->products_n);
}

/* What a row says; nothing of it is taken when something is wrong. */
static void row_in(const struct row *row, struct building *b)
{
	const struct csvmap *map = &row->csv->map;
	struct thread head = b->thread;
	size_t before = head.posts_n;

	head_in(row, &head);
	for (size_t i = 0; i < map->posts_n; i++) {
		GROW(head.posts, head.posts_n, b->cap);
		if (!post_in(row, &map->posts[i], &head.posts[head.posts_n]))
			continue;
		if (csvflag_is(&map->posts[i].solves, row->cells, &row->csv->arena))
			b->solves = head.posts[head.posts_n].id;
		head.posts_n++;
	}
	b->thread.posts = head.posts;
	if (row->bad->n)
		return;
	b->thread = head;
	if (head.posts_n == before)
		import_skip(row->csv->in, SKIP_EMPTY);
}

struct numbered {
	const struct post *post;
	size_t number;
};

static int numbered_cmp(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;
	int order = str_cmp(x->post->id, y->post->id);

	return order ? order : (x->number > y->number) - (x->number < y->number);
}

/* Of those with one id the last. */
static void drop_doubles(struct csv *c, struct thread *t)
{
	struct numbered *by_id = arena_array(&c->arena, struct numbered, t->posts_n);
	struct post *kept = arena_array(&c->arena, struct post, t->posts_n);
	size_t n = 0;

	for (size_t i = 0; i < t->posts_n; i++)
		by_id[i] = (struct numbered){ &t->posts[i], i };
	qsort(by_id, t->posts_n, sizeof(*by_id), numbered_cmp);
	for (size_t i = 0; i < t->posts_n; i++) {
		if (i + 1 < t->posts_n &&
		    str_eq(by_id[i].post->id, by_id[i + 1].post->id))
			import_skip(c->in, SKIP_TWICE);
		else
			kept[n++] = *by_id[i].post;
	}
	t->posts = kept;
	t->posts_n = n;
}

/* What refers to a post that isn't there refers to nothing. */
static void drop_strays(struct csv *c, struct building *b)
{
	struct thread *t = &b->thread;
	const struct post **parents = thread_parents(&c->arena, t);

	for (size_t i = 0; i < t->posts_n; i++)
		if (!parents[i] || parents[i] == &t->posts[i])
			t->posts[i].parent = STR_NONE;
	if (!t->solved_by.n)
		t->solved_by = b->solves;
	if (!t->solved_by.n || !thread_post(t, t->solved_by))
		t->solved_by = STR_NONE;
}

static int put_thread(struct building *b)
{
	struct csv *c = b->csv;
	struct thread *t = &b->thread;
	const struct archive_put how = { .complete = true, .where = b->where };
	struct diags bad = DIAGS_INIT;

	if (!t->posts_n)
		return 0;
	if (!t->title.n || !t->url.n) {
		const struct row row = { c, NULL, b->where, &bad };

		missing(&row, !t->title.n ? &c->map.thread.title : &c->map.thread.url);
		return import_bad_record(c->in, b->where, &bad);
	}
	drop_doubles(c, t);
	drop_strays(c, b);
	t->created = t->posts[0].created;
	for (size_t i = 1; i < t->posts_n; i++)
		if (t->posts[i].created < t->created)
			t->created = t->posts[i].created;
	return import_thread(c->in, t, &how);
}

static int put_pieces(void *ctx, struct str key, const struct gather_piece *pieces,
		      size_t n)
{
	struct csv *c = ctx;
	struct building b = { .csv = c, .where = pieces[0].where, .thread = THREAD_INIT };
	struct diags bad = DIAGS_INIT;
	struct post *posts;
	int status = 0;

	b.thread.venue = &c->venue;
	b.thread.id = key;
	for (size_t i = 0; status == 0 && i < n; i++) {
		struct str *cells = arena_array(&c->arena, struct str, c->map.columns_n);
		const struct row row = { c, cells, pieces[i].where, &bad };
		struct str rest = pieces[i].text;

		for (size_t k = 0; k < c->map.columns_n; k++)
			cells[k] = str_split(&rest, '\0');
		row_in(&row, &b);
		if (bad.n)
			status = import_bad_record(c->in, pieces[i].where, &bad);
	}
	posts = b.thread.posts;
	if (status == 0)
		status = put_thread(&b);
	free(posts);
	arena_reset(&c->arena);
	return status;
}

/* --- Rows --- */

/* Which of the table's columns are the map's; owned, NULL when some aren't there. */
static size_t *find_columns(struct csv *c, const struct csvread *table)
{
	size_t *columns = xreallocarray(NULL, c->map.columns_n + 1, sizeof(*columns));
	bool all = true;

	for (size_t i = 0; i < c->map.columns_n; i++) {
		long at = csvread_column(table, c->map.columns[i].name,
					 csvmap_place(&c->map, i), c->in->diags);

		all &= at >= 0;
		columns[i] = (size_t)at;
	}
	if (all)
		return columns;
	free(columns);
	return NULL;
}

static int take_row(struct csv *c, const struct csvrow *row, const size_t *columns,
		    struct diags *bad)
{
	const struct row cells = { c, c->cells, row->where, bad };
	struct gather_piece piece = { .where = row->where };
	struct buf text = BUF_INIT;
	struct str id;
	int status;

	for (size_t i = 0; i < c->map.columns_n; i++) {
		c->cells[i] = row->fields[columns[i]];
		if (i)
			buf_addc(&text, '\0');
		buf_addstr(&text, c->cells[i]);
	}
	piece.text = buf_str(&text);
	id = id_in(&cells, &c->map.thread.id);
	if (!id.n)
		missing(&cells, &c->map.thread.id);
	if (!c->first_url.n)
		c->first_url = arena_str(&c->run,
					 text_in(&cells, &c->map.thread.url));
	status = bad->n ? 0 : gather_add(&c->gather, id, &piece, c->in->diags);
	arena_reset(&c->arena);
	buf_release(&text);
	return status;
}

static int read_rows(struct csv *c, struct csvread *table, const size_t *columns)
{
	struct diags bad = DIAGS_INIT;
	struct csvrow row;
	int got, status = 0;

	while (status == 0 && (got = csvread_next(table, &row, &bad)) == 1) {
		if (row.n)
			status = take_row(c, &row, columns, &bad);
		if (status == 0 && bad.n)
			status = import_bad_record(c->in, row.where, &bad);
		progress_add(1);
	}
	if (status == 0 && got < 0)
		status = -1;
	diags_merge(c->in->diags, &bad);
	diags_release(&bad);
	return status;
}

static int read_table(struct csv *c, const char *path)
{
	struct csvread table;
	size_t *columns;
	int status = -1;

	if (csvread_open(&table, path, c->map.separator, c->in->diags) < 0)
		return -1;
	columns = find_columns(c, &table);
	if (columns)
		status = read_rows(c, &table, columns);
	free(columns);
	csvread_release(&table);
	return status;
}

/* --- The run --- */

/* "https://forum.acme.example/t/5" to its site; absent when it is none. */
static struct str site_of(struct str url)
{
	size_t host = str_find(url, STR("://"));

	if (host == url.n)
		return STR_NONE;
	host += strlen("://");
	return str_slice(url, 0, host + str_index(str_slice(url, host, url.n), '/'));
}

static int put_all(struct csv *c)
{
	struct venue guess = { .url = site_of(c->first_url) };

	if (!c->gather.items_n)
		return 0;
	if (import_venue(c->in, &guess, &c->run, &c->venue) < 0)
		return -1;
	return gather_each(&c->gather, put_pieces, c, c->in->diags);
}

static int needs_map(struct import *in)
{
	diag_add(in->diags, DIAG_USAGE, NO_PLACE, "nothing says which column is what");
	diag_hint(in->diags, "say it with --map FILE; 'candor help tables' has examples");
	return -1;
}

static int read_csv(struct import *in, char **paths, size_t n)
{
	struct csv c = { .in = in, .gather = GATHER_INIT, .run = ARENA_INIT,
			 .arena = ARENA_INIT };
	int status = 0;

	if (!in->options->map)
		return needs_map(in);
	if (csvmap_load(&c.map, in->options->map, in->diags) < 0)
		return -1;
	c.cells = xcalloc(c.map.columns_n + 1, sizeof(*c.cells));
	for (size_t i = 0; status == 0 && i < n; i++)
		status = read_table(&c, paths[i]);
	if (status == 0)
		status = put_all(&c);
	free(c.cells);
	gather_release(&c.gather);
	csvmap_release(&c.map);
	arena_release(&c.run);
	arena_release(&c.arena);
	return status;
}

/* Any text may be a table. */
static int sniff(const char *path, struct str head)
{
	struct str name = str_of(path);

	if (str_ends(name, STR(".gz")))
		name.n -= 3;
	else if (str_ends(name, STR(".zst")))
		name.n -= 4;
	return head.n && (str_ends(name, STR(".csv")) || str_ends(name, STR(".tsv"))) ?
		       20 : 0;
}

const struct importer importer_csv = {
	.name = "csv",
	.reads = "tables, with a map of their columns",
	.endings = ".csv .tsv",
	.sniff = sniff,
	.read = read_csv,
};
