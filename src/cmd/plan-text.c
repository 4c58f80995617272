/* A plan for a terminal: a line for each page that changes, and below it one for each of
 * its threads. */
#include "cmd/plan.h"

#include "base/utf8.h"

struct sheet {
	struct buf *out;
	const struct plan *plan;
	bool verbose, color;
};

/* diff's and git's colours. */
static const char *const change_colors[PLAN_CHANGES] = {
	[PLAN_ENTER] = "\033[32m",
	[PLAN_LEAVE] = "\033[31m",
	[PLAN_TURN] = "\033[33m",
	[PLAN_MOVE] = "\033[36m",
};
static const char change_marks[PLAN_CHANGES] = {
	[PLAN_ENTER] = '+',
	[PLAN_LEAVE] = '-',
	[PLAN_TURN] = '!',
	[PLAN_MOVE] = '~',
};
/* Characters of a title that are enough to know it again. */
enum { TITLE_MOST = 60 };

static void paint(const struct sheet *s, const char *code)
{
	if (s->color)
		buf_adds(s->out, code);
}

static void add_title(struct buf *out, struct str title)
{
	const char *at = title.p;
	size_t n = 0;

	while (at < str_end(title) && n++ < TITLE_MOST)
		utf8_next(&at, str_end(title));
	buf_adds(out, " “");
	utf8_add_masked(out, str_make(title.p, (size_t)(at - title.p)));
	buf_adds(out, at < str_end(title) ? "…”" : "”");
}

/* "  + forum/12 “The lid sticks”, at 2, wrong: was dropped (rules.yaml:23)" */
static void add_thread(const struct sheet *s, enum plan_change change,
		       const struct plan_thread *t)
{
	const struct record_thread *of = plan_thread_of(t);
	struct buf *b = s->out;

	paint(s, change_colors[change]);
	buf_addf(b, "  %c ", change_marks[change]);
	utf8_add_masked(b, of->venue);
	buf_addc(b, '/');
	utf8_add_masked(b, of->id);
	if (str_present(t->title))
		add_title(b, t->title);
	plan_add_place(b, change, t);
	if (str_present(t->why)) {
		buf_adds(b, ": ");
		utf8_add_masked(b, t->why);
	}
	if (str_present(t->rule)) {
		buf_adds(b, " (");
		utf8_add_masked(b, t->rule);
		buf_addc(b, ')');
	}
	paint(s, "\033[m");
	buf_addc(b, '\n');
}

static void add_list(const struct sheet *s, enum plan_change change,
		     const struct plan_list *list)
{
	if (change == PLAN_MOVE && list->n && !s->verbose) {
		paint(s, change_colors[change]);
		buf_addf(s->out, "  ~ %zu of the others %s place", list->n,
			 list->n == 1 ? "changes its" : "change their");
		paint(s, "\033[m");
		buf_addc(s->out, '\n');
		return;
	}
	for (size_t i = 0; i < list->n; i++)
		add_thread(s, change, &list->items[i]);
}

static void add_page(const struct sheet *s, const struct plan_page *page)
{
	paint(s, "\033[1m");
	plan_add_name(s->out, page);
	paint(s, "\033[m");
	buf_adds(s->out, ": ");
	plan_add_what(s->out, page);
	buf_addc(s->out, '\n');
	for (int c = 0; c < PLAN_CHANGES; c++)
		add_list(s, (enum plan_change)c, &page->lists[c]);
}

static void add_paths(const struct sheet *s, const char *what, const struct str *paths,
		      size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_addf(s->out, "%s %.*s\n", what, STR_ARG(paths[i]));
}

void plan_text(struct buf *out, const struct plan *p, bool verbose, bool color)
{
	const struct sheet s = { out, p, verbose, color };

	for (size_t i = 0; i < p->pages_n; i++)
		if (plan_page_changes(&p->pages[i]))
			add_page(&s, &p->pages[i]);
	if (verbose) {
		add_paths(&s, "new", p->files.fresh, p->files.fresh_n);
		add_paths(&s, "changed", p->files.changed, p->files.changed_n);
	}
	plan_add_summary(out, p);
	buf_addc(out, '\n');
}
