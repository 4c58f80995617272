/* A plan as a comment on a pull request, in GitHub's Markdown. */
#include "cmd/plan.h"

#include "base/utf8.h"

/* Room for the line that says how much was left out. */
enum { TAIL = 200 };

struct comment {
	struct buf *out;
	struct buf line; /* the one that is being made */
	size_t dropped;  /* lines that there was no room for */
};

/* One line more, as long as there is room; behind one that there is none for, none. */
static void end_line(struct comment *c)
{
	if (c->dropped || c->out->n + c->line.n + 1 > PLAN_MARKDOWN_MAX - TAIL) {
		c->dropped++;
	} else {
		buf_addstr(c->out, buf_str(&c->line));
		buf_addc(c->out, '\n');
	}
	buf_reset(&c->line);
}

static size_t longest_run(struct str s, char c)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < s.n; i++) {
		run = s.p[i] == c ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static void add_repeated(struct buf *b, char c, size_t n)
{
	while (n-- > 0)
		buf_addc(b, c);
}

static bool is_edge(char c)
{
	return c == '`' || c == ' ';
}

/* A code span, whatever is in it: between more backticks than are in a row in it, and,
 * where it is needed, blanks, which the reader doesn't see (GFM 6.3). */
static void add_code(struct buf *out, struct str s)
{
	struct buf masked = BUF_INIT;
	const char *pad;
	size_t fence;

	utf8_add_masked(&masked, s);
	pad = !masked.n || is_edge(masked.p[0]) || is_edge(masked.p[masked.n - 1]) ? " " : "";
	fence = longest_run(buf_str(&masked), '`') + 1;
	add_repeated(out, '`', fence);
	buf_addf(out, "%s%s%s", pad, masked.p, pad);
	add_repeated(out, '`', fence);
	buf_release(&masked);
}

static void add_thread(struct comment *c, enum plan_change change,
		       const struct plan_thread *t)
{
	static const char *const verbs[PLAN_CHANGES] = { "enters", "leaves", "", "moves" };
	const struct record_thread *of = plan_thread_of(t);
	struct buf *b = &c->line, name = BUF_INIT;

	buf_addf(&name, "%.*s/%.*s", STR_ARG(of->venue), STR_ARG(of->id));
	buf_addf(b, "- %s%s", verbs[change], *verbs[change] ? ": " : "");
	add_code(b, buf_str(&name));
	if (str_present(t->title)) {
		buf_addc(b, ' ');
		add_code(b, t->title);
	}
	plan_add_place(b, change, t);
	if (str_present(t->why))
		buf_addf(b, ": %.*s", STR_ARG(t->why));
	if (str_present(t->rule)) {
		buf_addc(b, ' ');
		add_code(b, t->rule);
	}
	end_line(c);
	buf_release(&name);
}

static void add_page(struct comment *c, const struct plan_page *page)
{
	end_line(c);
	buf_adds(&c->line, "**`");
	plan_add_name(&c->line, page);
	buf_adds(&c->line, "`**: ");
	plan_add_what(&c->line, page);
	end_line(c);
	end_line(c);
	for (int k = 0; k < PLAN_CHANGES; k++)
		for (size_t i = 0; i < page->lists[k].n; i++)
			add_thread(c, (enum plan_change)k, &page->lists[k].items[i]);
}

void plan_markdown(struct buf *out, const struct plan *p)
{
	struct comment c = { .out = out, .line = BUF_INIT };

	buf_adds(&c.line, "### What would change");
	end_line(&c);
	end_line(&c);
	plan_add_summary(&c.line, p);
	end_line(&c);
	for (size_t i = 0; i < p->pages_n; i++)
		if (plan_page_changes(&p->pages[i]))
			add_page(&c, &p->pages[i]);
	if (c.dropped)
		buf_addf(out, "\nand %zu more lines: `candor build --dry-run` has them all\n",
			 c.dropped);
	buf_release(&c.line);
}
