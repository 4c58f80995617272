/*
 * The interchange form: JSON Lines as candor-archive(5) has them.  A thread's
 * line holds the whole thread.  Lines come in any order: what refers to
 * something not met yet (a thread to its venue or products, a label to its
 * thread) is put aside in a temporary file until all paths are read.
 *
 * This file owns what lines do; what they hold is in jsonl-keys.c.  Options
 * that describe a venue say nothing here, for lines do.
 */
#include "import/import.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/suggest.h"
#include "import/jsonl-keys.h"
#include "import/lines.h"
#include "base/seen.h"
#include "base/spool.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- The run --- */

struct line {
	uint32_t path; /* index in paths */
	unsigned long number;
	struct str text;
	bool last; /* all else was read: what isn't known now never will be */
};

/* A line put aside. */
struct later {
	struct spool_ref at;
	uint32_t path;
	bool label;
	unsigned long number;
};

struct jsonl {
	struct import *in;
	char **paths;
	struct arena arena;   /* for the run: venues */
	struct arena scratch; /* for one line */
	struct venue *venues; /* owned array; strings in the arena */
	size_t venues_n, venues_cap;
	struct seen venue_index; /* slug to index + 1 */
	struct seen products;    /* slug to 1 */
	struct seen threads;     /* of this import: venue and id to path and line */
	struct seen said;        /* venues and products of this import */
	struct spool spool;
	bool tombstones; /* some came in */
	struct later *later; /* owned */
	size_t later_n, later_cap;
};

/* What became of a line. */
enum outcome { FAILED = -1, TAKEN, LATER };

static struct place place_of(const struct jsonl *j, const struct line *line)
{
	return place_line(instream_name(j->paths[line->path]), line->number, 0);
}

/* Reads the line's object; false when its mistakes are all there is to say,
 * and then status is what the caller returns. */
static bool read_line(struct jsonl *j, const struct line *line, const struct json *v,
		      const struct json_key *keys, void *out, enum outcome *status)
{
	struct diags bad = DIAGS_INIT;
	struct json_reader r = { &j->scratch, &bad, place_of(j, line), false };

	if (json_keys_read(&r, v, keys, out, NULL) == 0)
		return true;
	*status = import_bad_record(j->in, r.where, &bad) < 0 ? FAILED : TAKEN;
	return false;
}

static enum outcome one_mistake(struct jsonl *j, const struct line *line,
				struct diags *bad)
{
	return import_bad_record(j->in, place_of(j, line), bad) < 0 ? FAILED : TAKEN;
}

/* Saying a venue or product again is fine (files may be joined), saying
 * something else of it isn't: the last one read would win. */
static enum outcome after_put(struct jsonl *j, const struct line *line, const char *what,
			      struct str slug, enum archive_change change)
{
	struct diags bad = DIAGS_INIT;

	if (!seen_add(&j->said, str_of(what), slug, 1) || change != ARCHIVE_CHANGED)
		return TAKEN;
	diag_add(&bad, DIAG_DUPLICATE_ID, place_of(j, line),
		 "the %s '%.*s' was described differently before", what, STR_ARG(slug));
	return one_mistake(j, line, &bad);
}

static void keep_venue(struct jsonl *j, const struct venue *v)
{
	uint64_t known = seen_add(&j->venue_index, v->slug, STR_NONE, j->venues_n + 1);
	size_t i = known ? (size_t)known - 1 : j->venues_n;

	if (!known) {
		GROW(j->venues, j->venues_n, j->venues_cap);
		j->venues_n++;
	}
	j->venues[i] = *v;
	j->venues[i].slug = arena_str(&j->arena, v->slug);
	j->venues[i].name = arena_str(&j->arena, v->name);
	j->venues[i].url = arena_str(&j->arena, v->url);
	j->venues[i].kind = arena_str(&j->arena, v->kind);
	j->venues[i].language = arena_str(&j->arena, v->language);
	j->venues[i].licence = arena_str(&j->arena, v->licence);
}

static const struct venue *find_venue(const struct jsonl *j, struct str slug)
{
	uint64_t known = seen_get(&j->venue_index, slug, STR_NONE);

	return known ? &j->venues[known - 1] : NULL;
}

static enum outcome take_venue(struct jsonl *j, const struct line *line,
			       const struct json *v)
{
	struct venue venue = { 0 };
	enum archive_change change;
	enum outcome status;

	if (!read_line(j, line, v, jsonl_venue_keys, &venue, &status))
		return status;
	if (archive_put_venue(j->in->archive, &venue, &change, j->in->diags) < 0)
		return FAILED;
	keep_venue(j, &venue);
	return after_put(j, line, "venue", venue.slug, change);
}

static enum outcome take_product(struct jsonl *j, const struct line *line,
				 const struct json *v)
{
	struct product product = { 0 };
	enum archive_change change;
	enum outcome status;

	if (!read_line(j, line, v, jsonl_product_keys, &product, &status))
		return status;
	if (import_product(j->in, &product, &change) < 0)
		return FAILED;
	seen_add(&j->products, product.slug, STR_NONE, 1);
	return after_put(j, line, "product", product.slug, change);
}

/* --- Threads --- */

static void no_post(struct place where, const char *what, struct str id,
		    struct diags *bad)
{
	diag_add(bad, DIAG_NO_SUCH_POST, where, "%s '%.*s' is no post of the thread",
		 what, STR_ARG(str_slice(id, 0, 60)));
}

/* What one thread says must fit together: ids differ, references lead to
 * posts. */
static void check_posts(struct arena *scratch, struct place where, const struct thread *t,
			struct diags *bad)
{
	struct str *ids = arena_array(scratch, struct str, t->posts_n);
	size_t n = t->posts_n;

	for (size_t i = 0; i < n; i++)
		ids[i] = t->posts[i].id;
	str_sort(ids, n);
	for (size_t i = 1; i < n; i++)
		if (str_eq(ids[i - 1], ids[i]))
			diag_add(bad, DIAG_DUPLICATE_ID, where,
				 "two posts with the id '%.*s'",
				 STR_ARG(str_slice(ids[i], 0, 60)));
	for (size_t i = 0; i < n; i++)
		if (t->posts[i].parent.n && !str_among(ids, n, t->posts[i].parent))
			no_post(where, "parent", t->posts[i].parent, bad);
	if (t->solved_by.n && !str_among(ids, n, t->solved_by))
		no_post(where, "solved_by", t->solved_by, bad);
	for (size_t i = 0; i < t->labels_n; i++)
		if (t->labels[i].post.n && !str_among(ids, n, t->labels[i].post))
			no_post(where, "a label's post", t->labels[i].post, bad);
}

/* Venue and products are known, or it is too late. */
static bool references_known(struct jsonl *j, const struct line *line,
			     const struct thread_line *t, struct diags *bad)
{
	bool known = true;

	if (!find_venue(j, t->venue)) {
		known = false;
		diag_add(bad, DIAG_NO_SUCH_VENUE, place_of(j, line), "no venue '%.*s'",
			 STR_ARG(t->venue));
		diag_hint(bad, "a line of type 'venue' describes it");
	}
	for (size_t i = 0; i < t->thread.products_n; i++) {
		struct str slug = t->thread.products[i];

		if (seen_get(&j->products, slug, STR_NONE))
			continue;
		known = false;
		diag_add(bad, DIAG_NO_SUCH_PRODUCT, place_of(j, line),
			 "no product '%.*s'", STR_ARG(slug));
		diag_hint(bad, "a line of type 'product' describes it");
	}
	return known;
}

/* Path and line in one number. */
enum { LINE_BITS = 40 };
#define LINE_MASK ((UINT64_C(1) << LINE_BITS) - 1)

static uint64_t here(const struct line *line)
{
	return (uint64_t)line->path << LINE_BITS | line->number;
}

static enum outcome take_thread(struct jsonl *j, const struct line *line,
				const struct json *v)
{
	const struct archive_put how = { .complete = true, .where = place_of(j, line) };
	struct thread_line t = { .thread = THREAD_INIT };
	struct diags bad = DIAGS_INIT;
	enum outcome status;
	uint64_t first;

	if (!read_line(j, line, v, jsonl_thread_keys, &t, &status))
		return status;
	if (!references_known(j, line, &t, &bad) && !line->last) {
		diags_release(&bad);
		return LATER;
	}
	check_posts(&j->scratch, how.where, &t.thread, &bad);
	first = seen_add(&j->threads, t.venue, t.thread.id, here(line));
	if (first) {
		diag_add(&bad, DIAG_DUPLICATE_ID, how.where,
			 "the thread '%.*s/%.*s' came before",
			 STR_ARG(t.venue), STR_ARG(str_slice(t.thread.id, 0, 60)));
		diag_hint(&bad, "it is on line %" PRIu64 " of '%s'", first & LINE_MASK,
			  instream_name(j->paths[first >> LINE_BITS]));
	}
	if (bad.n)
		return one_mistake(j, line, &bad);
	t.thread.venue = find_venue(j, t.venue);
	return import_thread(j->in, &t.thread, &how) < 0 ? FAILED : TAKEN;
}

/* --- Labels in lines of their own --- */

/* What a label is on isn't there: TAKEN when a tombstone keeps it out, else LATER. */
static enum outcome kept_out(struct jsonl *j, const struct label_line *l)
{
	int refused = archive_refuses(j->in->archive, l->venue, l->thread, l->label.post,
				      j->in->diags);

	return refused < 0 ? FAILED : refused ? TAKEN : LATER;
}

static enum outcome put_label(struct jsonl *j, const struct line *line, int64_t row,
			      const struct label_line *l)
{
	const struct label *label = &l->label;
	enum outcome missing;
	struct diags bad = DIAGS_INIT;
	enum archive_change change;
	struct thread t;

	if (label->post.n &&
	    archive_thread_post(j->in->archive, row, label->post, j->venues, j->venues_n,
				&j->scratch, &t, j->in->diags) < 0)
		return FAILED;
	if (label->post.n && !t.posts_n) {
		missing = kept_out(j, l);
		if (missing != LATER)
			return missing;
		no_post(place_of(j, line), "the label's post", label->post, &bad);
		return one_mistake(j, line, &bad);
	}
	return archive_add_label(j->in->archive, row, label, &change, j->in->diags) < 0
		       ? FAILED : TAKEN;
}

static enum outcome take_label(struct jsonl *j, const struct line *line,
			       const struct json *v)
{
	struct label_line l = { 0 };
	struct diags bad = DIAGS_INIT;
	enum outcome status;
	struct str name;
	int64_t row;

	if (!read_line(j, line, v, jsonl_label_line_keys, &l, &status))
		return status;
	name = arena_printf(&j->scratch, "%.*s/%.*s", STR_ARG(l.venue),
			    STR_ARG(l.thread));
	row = archive_find_thread(j->in->archive, name, j->in->diags);
	if (row < 0)
		return FAILED;
	if (row)
		return put_label(j, line, row, &l);
	if (!line->last)
		return LATER;
	/* Read but not stored: a tombstone keeps the thread out. */
	if (seen_get(&j->threads, l.venue, l.thread))
		return TAKEN;
	status = kept_out(j, &l);
	if (status != LATER)
		return status;
	diag_add(&bad, DIAG_NO_SUCH_THREAD, place_of(j, line), "no thread '%.*s'",
		 STR_ARG(str_slice(name, 0, 120)));
	return one_mistake(j, line, &bad);
}

/* --- Tombstones --- */

static enum outcome take_tombstone_key(struct jsonl *j, const struct line *line,
				       const struct json *v)
{
	struct tombstone_key_line l = { 0 };
	enum outcome status;

	if (!read_line(j, line, v, jsonl_tombstone_key_keys, &l, &status))
		return status;
	return archive_add_key(j->in->archive, l.key, j->in->diags) < 0 ? FAILED : TAKEN;
}

static enum outcome take_tombstone(struct jsonl *j, const struct line *line,
				   const struct json *v)
{
	struct tombstone_line l = { 0 };
	struct diags bad = DIAGS_INIT;
	enum outcome status;
	int added;

	if (!read_line(j, line, v, jsonl_tombstone_keys, &l, &status))
		return status;
	added = archive_add_tombstone(j->in->archive, l.key, l.kind, l.hash, j->in->diags);
	if (added < 0)
		return FAILED;
	if (added || !line->last) {
		j->tombstones |= added;
		return added ? TAKEN : LATER;
	}
	diag_add(&bad, DIAG_BAD_VALUE, place_of(j, line), "no key '%.*s'",
		 STR_ARG(str_slice(l.key, 0, 60)));
	diag_hint(&bad, "a line of type 'tombstone-key' holds it");
	return one_mistake(j, line, &bad);
}

/* What they tell of may have been here already, or come in before them. */
static int erase_forgotten(struct jsonl *j)
{
	struct archive_forgotten done;
	int status;

	if (!j->tombstones)
		return 0;
	status = archive_forget_known(j->in->archive, &done, j->in->diags);
	archive_forgotten_release(&done);
	return status;
}

/* --- Lines --- */

static const struct line_type {
	const char *name;
	enum outcome (*take)(struct jsonl *j, const struct line *line,
			     const struct json *v);
} line_types[] = {
	{ "venue", take_venue },
	{ "product", take_product },
	{ "thread", take_thread },
	{ "label", take_label },
	{ "tombstone-key", take_tombstone_key },
	{ "tombstone", take_tombstone },
};

static const struct line_type *type_of(const struct json *v, struct place where,
				       struct diags *bad)
{
	const struct json *type = json_get(v, "type");
	const char *names[ARRAY_LEN(line_types)];
	const char *near;

	if (v->kind != JSON_OBJECT) {
		diag_add(bad, DIAG_BAD_VALUE, where, "a line must be an object, not %s",
			 json_kind_name(v));
		return NULL;
	}
	if (!type || type->kind != JSON_STR) {
		diag_add(bad, DIAG_MISSING_KEY, where, "missing key 'type'");
		diag_hint(bad, "it says what the line is: 'venue', 'product', "
			       "'thread' or 'label'");
		return NULL;
	}
	for (size_t i = 0; i < ARRAY_LEN(line_types); i++) {
		names[i] = line_types[i].name;
		if (str_is(type->u.str, names[i]))
			return &line_types[i];
	}
	diag_add(bad, DIAG_BAD_VALUE, where, "unknown type '%.*s'",
		 STR_ARG(str_slice(type->u.str, 0, 60)));
	near = suggest(type->u.str, names, ARRAY_LEN(names));
	if (near)
		diag_hint(bad, "did you mean '%s'?", near);
	return NULL;
}

static int put_aside(struct jsonl *j, const struct line *line, bool label)
{
	GROW(j->later, j->later_n, j->later_cap);
	j->later[j->later_n] = (struct later){ .path = line->path, .label = label,
					       .number = line->number };
	return spool_add(&j->spool, line->text, &j->later[j->later_n++].at, j->in->diags);
}

static int take_line(struct jsonl *j, const struct line *line)
{
	const struct line_type *type = NULL;
	struct diags bad = DIAGS_INIT;
	enum outcome outcome;
	struct json *v;

	arena_reset(&j->scratch);
	if (!str_present(line->text)) {
		diag_add(&bad, DIAG_TOO_LARGE, place_of(j, line), "a line over %d MB",
			 LINE_MAX_MB);
		return import_bad_record(j->in, place_of(j, line), &bad);
	}
	if (!str_trim(line->text).n)
		return 0;
	v = json_parse(&j->scratch, line->text, place_of(j, line), &bad);
	if (v)
		type = type_of(v, place_of(j, line), &bad);
	if (!type)
		return import_bad_record(j->in, place_of(j, line), &bad);
	outcome = type->take(j, line, v);
	if (outcome == LATER)
		return put_aside(j, line, type->take == take_label);
	return outcome == FAILED ? -1 : 0;
}

static int read_path(struct jsonl *j, uint32_t path)
{
	struct line line = { .path = path };
	struct lines lines;
	int got;

	if (lines_open(&lines, j->paths[path], j->in->diags) < 0)
		return -1;
	while ((got = lines_next(&lines, &line.text, j->in->diags)) == 1) {
		line.number = lines.number;
		if (take_line(j, &line) < 0) {
			got = -1;
			break;
		}
	}
	lines_release(&lines);
	return got;
}

/* Threads before labels. */
static int read_later(struct jsonl *j, bool labels)
{
	struct buf text = BUF_INIT;
	int status = spool_flush(&j->spool, j->in->diags);

	for (size_t i = 0; status == 0 && i < j->later_n; i++) {
		const struct later *l = &j->later[i];
		struct line line = { .path = l->path, .number = l->number, .last = true };

		if (l->label != labels)
			continue;
		buf_reset(&text);
		status = spool_read(&j->spool, l->at, &text, j->in->diags);
		line.text = buf_str(&text);
		if (status == 0)
			status = take_line(j, &line);
	}
	buf_release(&text);
	return status;
}

/* What the archive has already may be referred to. */
static int load_known(struct jsonl *j)
{
	struct product *products;
	struct venue *venues;
	size_t n;

	if (archive_venues(j->in->archive, &j->scratch, &venues, &n, j->in->diags) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		keep_venue(j, &venues[i]);
	if (archive_products(j->in->archive, &j->scratch, &products, &n,
			     j->in->diags) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		seen_add(&j->products, products[i].slug, STR_NONE, 1);
	return 0;
}

static void jsonl_release(struct jsonl *j)
{
	arena_release(&j->arena);
	arena_release(&j->scratch);
	free(j->venues);
	seen_release(&j->venue_index);
	seen_release(&j->products);
	seen_release(&j->threads);
	seen_release(&j->said);
	spool_release(&j->spool);
	free(j->later);
}

static int read_jsonl(struct import *in, char **paths, size_t n)
{
	struct jsonl j = { .in = in, .paths = paths, .arena = ARENA_INIT,
			   .scratch = ARENA_INIT, .spool = SPOOL_INIT };
	int status = load_known(&j);

	for (size_t i = 0; status == 0 && i < n; i++)
		status = read_path(&j, (uint32_t)i);
	if (status == 0)
		status = read_later(&j, false);
	if (status == 0)
		status = read_later(&j, true);
	if (status == 0)
		status = erase_forgotten(&j);
	jsonl_release(&j);
	return status;
}

static int sniff(const char *path, struct str head)
{
	size_t at = str_index(head, '{');

	if (str_starts(str_slice(head, at, head.n), STR("{\"type\":")))
		return 90;
	return str_ends(str_of(path), STR(".jsonl")) ? 50 : 0;
}

const struct importer importer_jsonl = {
	.name = "jsonl",
	.reads = "files in the interchange form, JSON Lines",
	.endings = ".jsonl .ndjson .json",
	.sniff = sniff,
	.read = read_jsonl,
};
