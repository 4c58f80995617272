/* Labels as a table, so that decisions can live in version control: --export writes it,
 * --from reads it back.  The same labels are the same bytes. */
#include "cmd/labelling.h"

#include "base/csvw.h"
#include "base/mem.h"
#include "base/seen.h"
#include "base/suggest.h"
#include "import/csvread.h"

#include <stdlib.h>

enum column {
	COLUMN_VENUE, COLUMN_THREAD, COLUMN_LABEL, COLUMN_POST, COLUMN_QUOTE, COLUMN_BY,
	COLUMN_AT, COLUMN_NOTE, COLUMN_COUNT
};
static const char *const column_names[] = { "venue", "thread", "label", "post",
					    "quote", "by",     "at",    "note" };

/* --- Out --- */

static int write_label(void *ctx, struct str venue, struct str thread,
		       const struct label *label)
{
	FILE *out = ctx;
	char at[WHEN_RFC3339];
	const struct str fields[COLUMN_COUNT] = {
		venue, thread, label->name, label->post, label->quote, label->by,
		{ at, WHEN_RFC3339 - 1 }, label->note,
	};
	struct buf line = BUF_INIT;

	when_format(label->at, at);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		csvw_field(&line, fields[i], i + 1 < COLUMN_COUNT ? ',' : '\n');
	fwrite(line.p, 1, line.n, out);
	buf_release(&line);
	return 0;
}

int label_export(struct run *run)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		fprintf(run->out, "%s%c", column_names[i],
			i + 1 < COLUMN_COUNT ? ',' : '\n');
	return archive_each_word(run->archive, write_label, run->out, &run->diags);
}

/* --- In --- */

/* One row; its strings are in the run's arena. */
struct word {
	struct str venue, thread;
	struct label label;
	unsigned long line;
	int64_t row; /* of the thread, once it is known */
	bool overtaken; /* another row takes it back */
};

struct table {
	struct run *run;
	const char *path, *name; /* as messages say */
	struct str by; /* of rows that don't say */
	long columns[COLUMN_COUNT]; /* -1: not there */
	struct word *words; /* owned */
	size_t n, cap;
	size_t added;
};

static bool known_column(struct str name)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (str_is(name, column_names[i]))
			return true;
	return false;
}

static int find_columns(struct table *t, const struct csvread *r)
{
	const struct place where = place_line(t->name, 1, 0);
	struct diags *diags = &t->run->diags;
	int status = 0;

	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		struct str name = str_of(column_names[i]);
		bool needed = i <= COLUMN_LABEL;

		t->columns[i] = -1;
		if (needed || csvread_find(r, name) >= 0)
			t->columns[i] = csvread_column(r, name, where, diags);
		if (t->columns[i] < 0 && (needed || csvread_find(r, name) >= 0))
			status = -1;
	}
	for (size_t i = 0; i < r->names_n; i++) {
		const char *meant = suggest(r->names[i], column_names, COLUMN_COUNT);

		if (known_column(r->names[i]))
			continue;
		status = diag_add(diags, DIAG_UNKNOWN_KEY, where, "unknown column '%.*s'",
				  STR_ARG(r->names[i]));
		if (meant)
			diag_hint(diags, "did you mean '%s'?", meant);
	}
	return status;
}

/* Absent when there is no such column or nothing in it. */
static struct str field(const struct table *t, const struct csvrow *row, enum column column)
{
	struct str s = STR_NONE;

	if (t->columns[column] >= 0)
		s = row->fields[t->columns[column]];
	return s.n ? arena_str(&t->run->arena, s) : STR_NONE;
}

static int take_row(struct table *t, const struct csvrow *row)
{
	struct diags *diags = &t->run->diags;
	struct str at = field(t, row, COLUMN_AT);
	struct word w = {
		.venue = field(t, row, COLUMN_VENUE),
		.thread = field(t, row, COLUMN_THREAD),
		.label = { .name = field(t, row, COLUMN_LABEL),
			   .post = field(t, row, COLUMN_POST),
			   .quote = field(t, row, COLUMN_QUOTE),
			   .by = field(t, row, COLUMN_BY),
			   .at = t->run->now,
			   .note = field(t, row, COLUMN_NOTE) },
		.line = row->where.line,
	};
	int status = 0;

	if (!w.label.by.n)
		w.label.by = t->by;
	if (at.n && !when_parse(at, &w.label.at))
		status = diag_add(diags, DIAG_BAD_VALUE, row->where,
				  "'%.*s' is no time like 2026-11-22T07:30:00Z", STR_ARG(at));
	if (!w.venue.n || !w.thread.n)
		status = diag_add(diags, DIAG_BAD_VALUE, row->where,
				  "the row names no thread");
	if (!str_is_slug(w.label.name)) {
		status = diag_add(diags, DIAG_BAD_VALUE, row->where,
				  "'%.*s' is no name for a label", STR_ARG(w.label.name));
		diag_hint(diags, "up to 64 of a-z, 0-9 and -");
	}
	if (status < 0)
		return -1;
	GROW(t->words, t->n, t->cap);
	t->words[t->n++] = w;
	return 0;
}

/* All rows, also behind wrong ones: their mistakes are told together. */
static int read_rows(struct table *t, struct csvread *r)
{
	struct csvrow row;
	int got, status = find_columns(t, r);

	if (status < 0)
		return -1;
	while ((got = csvread_next(r, &row, &t->run->diags)) == 1)
		if (!row.n || take_row(t, &row) < 0)
			status = -1;
	return got < 0 ? -1 : status;
}

/* As the archive lists them: the latest word on a thread comes last. */
static int word_cmp(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int c = str_cmp(x->venue, y->venue);

	if (!c)
		c = str_cmp(x->thread, y->thread);
	if (!c)
		c = label_cmp(&x->label, &y->label);
	return c ? c : (x->line > y->line) - (x->line < y->line);
}

static bool same_thread(const struct word *a, const struct word *b)
{
	return str_eq(a->venue, b->venue) && str_eq(a->thread, b->thread);
}

/* An admission that was taken back need not hold any more: it is history. */
static void find_overtaken(struct word *words, size_t n)
{
	struct seen back = SEEN_INIT, undecided = SEEN_INIT;

	for (size_t i = n; i-- > 0;) {
		const struct label *l = &words[i].label;

		words[i].overtaken = label_taken_back(&undecided, l) ||
				     seen_get(&back, l->post, STR("post")) ||
				     seen_get(&back, STR(""), STR("thread"));
		if (str_is(l->name, "not-wrong"))
			seen_add(&back, l->post, l->post.n ? STR("post") : STR("thread"), 1);
	}
	seen_release(&undecided);
	seen_release(&back);
}

static bool has_label(const struct thread *t, const struct label *l)
{
	return t->labels_n &&
	       bsearch(l, t->labels, t->labels_n, sizeof(*t->labels), label_cmp);
}

/* What is said of one thread. */
static int check_words(struct table *t, struct labelling *l, struct word *words, size_t n)
{
	const struct thread *thread;
	struct buf name = BUF_INIT;
	int status = 0;

	buf_addf(&name, "%.*s/%.*s", STR_ARG(words->venue), STR_ARG(words->thread));
	thread = labelling_thread(l, buf_str(&name), place_line(t->name, words->line, 0));
	buf_release(&name);
	if (!thread)
		return -1;
	find_overtaken(words, n);
	for (size_t i = 0; i < n; i++) {
		struct place where = place_line(t->name, words[i].line, 0);

		words[i].row = thread->row;
		if (has_label(thread, &words[i].label) ||
		    (words[i].overtaken && str_is(words[i].label.name, "wrong")))
			continue;
		if (labelling_check(l, &words[i].label, where) < 0)
			status = -1;
	}
	return status;
}

static int check_all(struct table *t, struct labelling *l)
{
	int status = 0;

	if (t->n)
		qsort(t->words, t->n, sizeof(*t->words), word_cmp);
	for (size_t i = 0, n; i < t->n; i += n) {
		for (n = 1; i + n < t->n && same_thread(&t->words[i], &t->words[i + n]);)
			n++;
		if (check_words(t, l, &t->words[i], n) < 0)
			status = -1;
	}
	return status;
}

static int add_all(struct table *t, struct labelling *l)
{
	for (size_t i = 0; i < t->n; i++) {
		enum archive_change change;

		if (labelling_add(l, t->words[i].row, &t->words[i].label, &change) < 0)
			return -1;
		t->added += change == ARCHIVE_NEW;
	}
	return labelling_commit(l);
}

static int read_table(struct table *t)
{
	struct csvread r;
	int status;

	if (csvread_open(&r, t->path, 0, &t->run->diags) < 0)
		return -1;
	status = read_rows(t, &r);
	csvread_release(&r);
	return status;
}

int label_import(struct run *run, const char *path, struct str by)
{
	struct table t = { .run = run, .path = path,
			   .name = instream_name(path), .by = by };
	struct labelling l;
	int status = labelling_init(&l, run);

	/* The mistakes of all rows are told together. */
	if (status == 0)
		status = read_table(&t);
	if (check_all(&t, &l) < 0)
		status = -1;
	if (status == 0)
		status = add_all(&t, &l);
	if (status == 0 && run->global.verbose)
		fprintf(stderr, "%s: %zu labels, %zu of them new\n", t.name, t.n, t.added);
	labelling_release(&l);
	free(t.words);
	return status;
}
