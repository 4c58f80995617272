/* The map of a table's columns, from YAML.  What is made of rows is csv.c's. */
#include "import/csvmap.h"

#include "base/mem.h"
#include "base/ydoc.h"
#include "import/csvdate.h"

#include <stdlib.h>

/* --- Values --- */

/* The index of the column, which is entered when it is new. */
static long column_of(struct csvmap *map, struct str name, const struct ynode *node)
{
	for (size_t i = 0; i < map->columns_n; i++)
		if (str_eq(map->columns[i].name, name))
			return (long)i;
	GROW(map->columns, map->columns_n, map->columns_cap);
	map->columns[map->columns_n] = (struct csvcolumn){
		arena_str(&map->arena, name), node->at, node->n };
	return (long)map->columns_n++;
}

static int read_column(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct csvvalue *v = member;
	struct str name;

	if (field_str(node, &name, ctx) < 0)
		return -1;
	v->name = arena_strz(ctx->arena, str_trim(name));
	v->parts = arena_new(ctx->arena, struct csvpart);
	v->parts[0].column = column_of(ctx->user, str_trim(name), node);
	v->n = 1;
	return 0;
}

/* "https://forum.acme.example/t/{ticket}": text with columns in braces. */
static int read_template(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct csvvalue *v = member;
	struct str text;

	if (field_str(node, &text, ctx) < 0)
		return -1;
	v->parts = arena_array(ctx->arena, struct csvpart, text.n);
	while (text.n) {
		size_t open = str_index(text, '{'), close = str_index(text, '}');

		if (open) {
			v->parts[v->n++] = (struct csvpart){ str_slice(text, 0, open),
							     CSV_TEXT_ONLY };
			text = str_slice(text, open, text.n);
			continue;
		}
		if (close == text.n || !str_trim(str_slice(text, 1, close)).n)
			return field_expected(node, "text with names of columns in braces",
					      ctx);
		v->parts[v->n++].column =
			column_of(ctx->user, str_trim(str_slice(text, 1, close)), node);
		text = str_slice(text, close + 1, text.n);
	}
	return 0;
}

static int check_value(const struct ynode *node, const struct csvvalue *v,
		       struct fields_ctx *ctx)
{
	if (ydoc_get(node, "column") && ydoc_get(node, "value"))
		return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
				"'column' and 'value' exclude each other");
	if (v->n)
		return 0;
	return field_expected(node, "the name of a column, or 'column:' or 'value:'", ctx);
}

/* At the offset of the struct csvvalue. */
#define VALUE_ROWS(at) \
	{ .name = "column", FIELD_CUSTOM, (at), .parse = read_column }, \
	{ .name = "value", FIELD_CUSTOM, (at), .parse = read_template }

static int read_mapping(const struct ynode *node, const struct field *rows, void *member,
			struct csvvalue *v, struct fields_ctx *ctx)
{
	v->name = arena_strz(ctx->arena, node->key ? node->key->text : STR(""));
	if (node->kind == Y_SCALAR)
		return read_column(node, v, ctx);
	if (fields_read(node, rows, member, v->name, ctx) < 0)
		return -1;
	return check_value(node, v, ctx);
}

static int read_value(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const struct field rows[] = { VALUE_ROWS(0), { .name = NULL } };

	return read_mapping(node, rows, member, member, ctx);
}

static int read_flag(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		VALUE_ROWS(offsetof(struct csvflag, value)),
		{ .name = "yes", FIELD_STRS, offsetof(struct csvflag, yes) },
		{ .name = NULL }
	};
	struct csvflag *flag = member;

	return read_mapping(node, rows, flag, &flag->value, ctx);
}

static int read_list(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		VALUE_ROWS(offsetof(struct csvlist, value)),
		{ .name = "split", FIELD_TEXT, offsetof(struct csvlist, split) },
		{ .name = NULL }
	};
	struct csvlist *list = member;

	list->split = STR(",");
	return read_mapping(node, rows, list, &list->value, ctx);
}

/* --- Values of a row --- */

static size_t digits(struct str s, size_t from)
{
	size_t n = from;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n - from;
}

static bool is_rounded(struct str s)
{
	size_t whole = digits(s, 0), at = whole + (whole < s.n && s.p[whole] == '.');

	at += digits(s, at);
	return whole && at + 2 < s.n && s.p[at] == 'E' && strchr("+-", s.p[at + 1]) &&
	       at + 2 + digits(s, at + 2) == s.n;
}

static struct str whole_number(struct str s)
{
	size_t minus = str_starts(s, STR("-"));
	size_t n = minus + digits(s, minus), at = n + 1;

	if (n == minus || at >= s.n || s.p[n] != '.')
		return s;
	while (at < s.n && s.p[at] == '0')
		at++;
	return at == s.n ? str_slice(s, 0, n) : s;
}

static struct str as_it_is(struct str s)
{
	return s;
}

static struct str join(const struct csvvalue *v, const struct str *cells,
		       struct str (*mend)(struct str s), struct arena *arena)
{
	struct buf text = BUF_INIT;

	if (v->n == 0)
		return STR_NONE;
	if (v->n == 1 && v->parts[0].column != CSV_TEXT_ONLY)
		return mend(str_trim(cells[v->parts[0].column]));
	for (size_t i = 0; i < v->n; i++) {
		const struct csvpart *part = &v->parts[i];

		buf_addstr(&text, part->column == CSV_TEXT_ONLY ?
					  part->text : mend(str_trim(cells[part->column])));
	}
	return str_trim(buf_to_arena(&text, arena));
}

struct str csvvalue_text(const struct csvvalue *v, const struct str *cells,
			 struct arena *arena)
{
	return join(v, cells, as_it_is, arena);
}

bool csvvalue_id(const struct csvvalue *v, const struct str *cells, struct arena *arena,
		 struct str *out)
{
	*out = join(v, cells, whole_number, arena);
	for (size_t i = 0; i < v->n; i++)
		if (v->parts[i].column != CSV_TEXT_ONLY &&
		    is_rounded(str_trim(cells[v->parts[i].column])))
			return false;
	return true;
}

bool csvflag_is(const struct csvflag *f, const struct str *cells, struct arena *arena)
{
	static struct str usual[] = { { "true", 4 }, { "yes", 3 }, { "1", 1 }, { "1.0", 3 },
				      { "y", 1 },    { "t", 1 },   { "x", 1 } };
	static const struct strs usual_list = { usual, ARRAY_LEN(usual) };
	const struct strs *yes = f->yes.n ? &f->yes : &usual_list;
	struct str value = csvvalue_text(&f->value, cells, arena);

	for (size_t i = 0; value.n && i < yes->n; i++)
		if (str_ieq(value, yes->items[i]))
			return true;
	return false;
}

/* --- The map --- */

#define ROW(key, type, m, reader, needed) \
	{ .name = key, FIELD_CUSTOM, offsetof(type, m), .required = needed, .parse = reader }

static int read_author(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		ROW("id", struct csvauthor, id, read_value, false),
		ROW("name", struct csvauthor, name, read_value, false),
		ROW("url", struct csvauthor, url, read_value, false),
		ROW("staff", struct csvauthor, staff, read_flag, false),
		{ .name = NULL }
	};
	struct csvauthor *author = member;

	if (node->kind == Y_SCALAR)
		return read_value(node, &author->name, ctx);
	return fields_read(node, rows, author, "author", ctx);
}

static int read_post(const struct ynode *node, struct csvpost *post,
		     struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		ROW("id", struct csvpost, id, read_value, true),
		ROW("parent", struct csvpost, parent, read_value, false),
		ROW("author", struct csvpost, author, read_author, false),
		ROW("created", struct csvpost, created, read_value, true),
		ROW("edited", struct csvpost, edited, read_value, false),
		{ .name = "format", FIELD_ENUM, offsetof(struct csvpost, format),
		  .names = body_format_names },
		ROW("body", struct csvpost, body, read_value, true),
		ROW("score", struct csvpost, score, read_value, false),
		ROW("url", struct csvpost, url, read_value, false),
		ROW("licence", struct csvpost, licence, read_value, false),
		ROW("solves", struct csvpost, solves, read_flag, false),
		{ .name = NULL }
	};

	*post = (struct csvpost){ .format = BODY_TEXT };
	return fields_read(node, rows, post, "posts", ctx);
}

/* One, or a list of several. */
static int read_posts(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct csvmap *map = member;
	const struct ynode *item = node->kind == Y_LIST ? node->first : node;
	int status = 0;

	if (node->kind == Y_LIST && !node->count)
		return field_expected(node, "the keys of a post", ctx);
	map->posts = arena_array(ctx->arena, struct csvpost,
				 node->kind == Y_LIST ? node->count : 1);
	for (; item; item = node->kind == Y_LIST ? item->next : NULL)
		status |= read_post(item, &map->posts[map->posts_n++], ctx);
	return status;
}

static int read_thread(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		ROW("id", struct csvthread, id, read_value, true),
		ROW("url", struct csvthread, url, read_value, true),
		ROW("title", struct csvthread, title, read_value, true),
		ROW("updated", struct csvthread, updated, read_value, false),
		ROW("score", struct csvthread, score, read_value, false),
		ROW("views", struct csvthread, views, read_value, false),
		ROW("solved_by", struct csvthread, solved_by, read_value, false),
		ROW("tags", struct csvthread, tags, read_list, false),
		ROW("products", struct csvthread, products, read_list, false),
		{ .name = NULL }
	};

	return fields_read(node, rows, member, "thread", ctx);
}

static int read_separator(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	char *separator = member;
	struct str s;

	if (field_text(node, &s, ctx) < 0)
		return -1;
	if (str_is(s, "tab"))
		s = STR("\t");
	if (s.n != 1 || strchr("\"\r\n", s.p[0]))
		return field_expected(node, "one character, or tab", ctx);
	*separator = s.p[0];
	return 0;
}

static int read_dates(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct strs *dates = member;

	if (field_strs(node, dates, ctx) < 0)
		return -1;
	for (size_t i = 0; i < dates->n; i++) {
		if (csvdate_is_pattern(dates->items[i]))
			continue;
		diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
			 "'%.*s' is no pattern of dates", STR_ARG(dates->items[i]));
		diag_hint(ctx->diags, "such as D/M/Y h:m; Y M D h m s are numbers, "
				      "N a month's name, p am or pm, z a zone");
		return -1;
	}
	return 0;
}

static int read_zone(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct str *zone = member;
	int64_t t;

	if (field_str(node, zone, ctx) < 0)
		return -1;
	if (csvdate_parse(STR("Y-M-D"), STR("2026-11-22"), *zone, &t))
		return 0;
	return field_expected(node, "an offset such as +02:00", ctx);
}

static const struct field map_rows[] = {
	ROW("separator", struct csvmap, separator, read_separator, false),
	ROW("dates", struct csvmap, dates, read_dates, false),
	ROW("zone", struct csvmap, zone, read_zone, false),
	ROW("thread", struct csvmap, thread, read_thread, true),
	{ .name = "posts", FIELD_CUSTOM, 0, .required = true, .parse = read_posts },
	{ .name = NULL }
};

int csvmap_load(struct csvmap *map, const char *path, struct diags *diags)
{
	struct fields_ctx ctx = { &map->source, &map->arena, diags, map };
	struct ydoc doc;
	int status;

	*map = (struct csvmap){ .arena = ARENA_INIT };
	if (source_load(&map->source, path, diags) < 0)
		return -1;
	status = ydoc_parse(&doc, &map->source, diags);
	if (status == 0)
		status = fields_read(doc.root, map_rows, map, NULL, &ctx);
	ydoc_release(&doc);
	if (status < 0)
		csvmap_release(map);
	return status;
}

void csvmap_release(struct csvmap *map)
{
	source_release(&map->source);
	arena_release(&map->arena);
	free(map->columns);
}

struct place csvmap_place(const struct csvmap *map, size_t column)
{
	return place_in(&map->source, map->columns[column].at, map->columns[column].n);
}
