/* What a plan says to people, whether on a terminal or in a comment. */
#include "cmd/plan.h"

#include <inttypes.h>

/* The exit status, if nothing else is wrong. */
enum { SHARE_NOT_MET = 4 };

void plan_add_name(struct buf *out, const struct plan_page *page)
{
	const struct record_page *of = plan_page_of(page);

	buf_addf(out, "%s%.*s", of->scenario ? "scenario " : "", STR_ARG(of->slug));
}

/* The numbers of a page, or of the site, then or now. */
struct numbers {
	bool known;
	size_t shown, wrong;
	struct ratio required;
};

static struct numbers of_page(const struct record_page *page)
{
	if (!plan_stands(page))
		return (struct numbers){ 0 };
	return (struct numbers){ true, page->shown, page->wrong, page->required };
}

static struct numbers of_site(const struct record *r)
{
	return r ? (struct numbers){ true, r->shown, r->wrong, r->required }
		 : (struct numbers){ 0 };
}

/* "4 -> 5", "4" when it is the same, or known of one side alone. */
static void add_both(struct buf *out, struct str then, struct str now)
{
	if (then.n)
		buf_addstr(out, then);
	if (then.n && now.n && !str_eq(then, now))
		buf_adds(out, " -> ");
	if (now.n && !str_eq(then, now))
		buf_addstr(out, now);
}

static void add_count(struct buf *out, const struct numbers *then, const struct numbers *now,
		      size_t before, size_t after)
{
	char a[24] = "", b[24] = "";

	if (then->known)
		snprintf(a, sizeof(a), "%zu", before);
	if (now->known)
		snprintf(b, sizeof(b), "%zu", after);
	add_both(out, str_of(a), str_of(b));
}

/* Rounded down: nothing looks better than it is. */
static void percent(char text[static 24], const struct numbers *n)
{
	if (n->known && n->shown)
		snprintf(text, 24, "%zu%%", n->wrong * 100 / n->shown);
}

static void ratio(char text[static 48], const struct numbers *n)
{
	if (n->known)
		snprintf(text, 48, "%" PRId64 "/%" PRId64, n->required.num, n->required.den);
}

static void add_numbers(struct buf *out, const struct numbers *then,
			const struct numbers *now)
{
	char a[48] = "", b[48] = "", c[24] = "", d[24] = "";

	add_count(out, then, now, then->shown, now->shown);
	buf_adds(out, " shown, ");
	add_count(out, then, now, then->wrong, now->wrong);
	buf_adds(out, " wrong (");
	percent(c, then);
	percent(d, now);
	add_both(out, str_of(c), str_of(d));
	ratio(a, then);
	ratio(b, now);
	buf_addf(out, "%srequired ", *c || *d ? ", " : "");
	add_both(out, str_of(a), str_of(b));
	buf_addc(out, ')');
}

/* Its threads are the same, in the same order, and so is what is required of them. */
static bool is_text_alone(const struct plan_page *page)
{
	struct plan_page rest = *page;

	rest.text = false;
	return !plan_page_changes(&rest);
}

void plan_add_what(struct buf *out, const struct plan_page *page)
{
	const struct numbers then = of_page(page->before), now = of_page(page->after);

	if (is_text_alone(page)) {
		buf_adds(out, "the text of the page changes");
		return;
	}
	if (then.known != now.known)
		buf_addf(out, "the page %s, %s: ", now.known ? "enters" : "leaves",
			 plan_page_why(page));
	add_numbers(out, &then, &now);
}

void plan_add_place(struct buf *out, enum plan_change change, const struct plan_thread *t)
{
	const struct record_thread *of = change == PLAN_LEAVE ? t->before : t->after;

	if (change == PLAN_MOVE)
		buf_addf(out, ", %u -> %u", t->before->position, of->position);
	else if (change != PLAN_LEAVE)
		buf_addf(out, ", at %u", of->position);
	/* Of one that turns, why says it. */
	if (change != PLAN_TURN && of->wrong)
		buf_adds(out, ", wrong");
}

static void add_files(struct buf *out, const struct plan_files *f, bool known)
{
	if (f->unknown)
		buf_addf(out, "; files not compared: %s", f->unknown);
	else if (f->fresh_n || f->changed_n || f->removed)
		buf_addf(out, "; files: %zu new, %zu changed, %zu removed", f->fresh_n,
			 f->changed_n, f->removed);
	else if (known)
		buf_adds(out, "; no file differs");
}

void plan_add_summary(struct buf *out, const struct plan *p)
{
	const struct numbers then = of_site(p->before), now = of_site(p->after);
	struct plan_counts n = plan_count(p);

	if (plan_empty(p))
		buf_adds(out, p->fails || p->files.unknown ? "the same threads would be shown"
							   : "nothing would change");
	else {
		if (!p->before)
			buf_adds(out, "nothing to compare with; ");
		buf_addf(out, "pages: %zu would enter, %zu leave, %zu change; site: ", n.enter,
			 n.leave, n.change);
		add_numbers(out, &then, &now);
	}
	if (p->fails)
		buf_addf(out, "; a build would publish nothing: %s",
			 p->fails == SHARE_NOT_MET ? "the required share is not met"
						   : "there are mistakes");
	else if (!plan_empty(p) || p->files.unknown)
		add_files(out, &p->files, p->before != NULL);
}
