/* A plan in words: why a thread enters or leaves, and what it is called.  Which ones do is
 * plan.c's. */
#include "publish/plan.h"

#include "base/when.h"

/* Behind "was", or alone. */
static const char *const reason_words[REASON_COUNT] = {
	[REASON_GONE] = "gone or hidden",
	[REASON_GROUND] = "without a ground to publish it",
	[REASON_EMBARGO] = "under embargo",
	[REASON_EXPIRED] = "expired",
	[REASON_KEEP] = "not kept",
	[REASON_DROP] = "dropped",
	[REASON_SHARE] = "left out for the share",
	[REASON_CAP] = "over a cap",
	[REASON_LIMIT] = "over the limit",
	[REASON_SHOWN] = "shown",
};

struct telling {
	struct plan *plan;
	const struct plan_witness *w;
	struct diags *diags;
	const struct plan_page *page;
	struct plan_thread *t;
	int64_t row; /* of the thread in the archive; 0: it isn't there */
};

static void say_day(struct telling *g, const char *what, int64_t instant)
{
	char day[WHEN_DATE];

	when_format_date(instant, day);
	g->t->why = arena_printf(&g->plan->arena, "%s %s", what, day);
}

/* "was dropped", and the line of the rules that says so. */
static void say_reason(struct telling *g, const char *before, const struct record_thread *t,
		       const struct record *of)
{
	g->t->why = arena_printf(&g->plan->arena, "%s%s", before, reason_words[t->reason]);
	if (t->rule)
		g->t->rule = arena_printf(&g->plan->arena, "%.*s:%u", STR_ARG(of->rules),
					  t->rule);
}

/* The choice would be another by the rules that were published. */
static bool enters_by_rules(struct telling *g)
{
	const struct record *rules = g->w->published;
	const struct record_page *page;
	const struct record_thread *t;

	page = rules ? record_page(rules, g->page->after->scenario, g->page->after->slug)
		     : NULL;
	if (!page)
		return false;
	t = record_thread(page, g->t->after->venue, g->t->after->id);
	if (!t)
		g->t->why = STR("by the published rules not a candidate");
	else if (!t->position)
		say_reason(g, "by the published rules ", t, rules);
	return !t || !t->position;
}

/* A ledger doesn't say what was not shown; what happened since then may. */
static void say_since(struct telling *g)
{
	const struct chosen_thread *t = g->t->after->chosen;
	int64_t day = g->plan->before->day;

	if (when_day(t->activity) >= day)
		say_day(g, "last post on", t->activity);
	else if (t->wrong && str_present(t->wrong_by) && when_day(t->wrong_said) >= day)
		say_day(g, "labelled wrong on", t->wrong_said);
	else
		g->t->why = STR("not shown before");
}

static void say_enters(struct telling *g)
{
	if (!plan_stands(g->page->before))
		return;
	if (g->t->before)
		say_reason(g, "was ", g->t->before, g->plan->before);
	else if (g->plan->before->whole)
		g->t->why = STR("was not a candidate");
	else if (!enters_by_rules(g))
		say_since(g);
}

static void say_leaves(struct telling *g)
{
	if (g->t->after)
		say_reason(g, "", g->t->after, g->plan->after);
	else if (!g->row)
		g->t->why = STR("not in the archive any more");
	else if (g->page->after)
		g->t->why = STR("not a candidate any more");
}

static void say_turns(struct telling *g)
{
	const struct chosen_thread *t = g->t->after->chosen;

	if (!t->wrong)
		g->t->why = STR("no longer counts as wrong");
	else if (str_present(t->wrong_by))
		say_day(g, "counts as wrong: labelled on", t->wrong_said);
	else {
		g->t->why = STR("counts as wrong: found by a pattern");
		g->t->rule = t->wrong_pattern;
	}
}

/* 0 where it isn't in the archive; -1. */
static int64_t find_row(struct telling *g)
{
	const struct record_thread *t = g->t->before;
	struct str name;

	if (g->t->after)
		return g->t->after->chosen->row;
	name = arena_printf(&g->plan->arena, "%.*s/%.*s", STR_ARG(t->venue), STR_ARG(t->id));
	return archive_find_thread(g->w->archive, name, g->diags);
}

/* What was taken away is counted elsewhere, and never listed. */
static int tell_title(struct telling *g)
{
	const struct selection *s = g->w->selection;
	struct arena *a = &g->plan->arena;
	struct thread thread;

	if (archive_thread_head(g->w->archive, g->row, s->venues, s->venues_n, a, &thread,
				g->diags) < 0)
		return -1;
	if (thread.gone || thread.hidden ||
	    (g->t->after && g->t->after->chosen->withdrawn))
		return 0;
	g->t->title = view_thread_title(a, g->w->view, &thread, g->diags).u.text;
	return 0;
}

static int tell_thread(struct telling *g, enum plan_change change)
{
	static void (*const say[PLAN_CHANGES])(struct telling *) = {
		[PLAN_ENTER] = say_enters,
		[PLAN_LEAVE] = say_leaves,
		[PLAN_TURN] = say_turns,
	};

	g->row = find_row(g);
	if (g->row < 0)
		return -1;
	if (say[change])
		say[change](g);
	return g->row ? tell_title(g) : 0;
}

int plan_tell(struct plan *p, const struct plan_witness *w, struct diags *diags)
{
	struct telling g = { .plan = p, .w = w, .diags = diags };
	int status = 0;

	for (size_t i = 0; i < p->pages_n; i++) {
		g.page = &p->pages[i];
		for (int c = 0; c < PLAN_CHANGES; c++)
			for (size_t k = 0; k < g.page->lists[c].n; k++) {
				g.t = &p->pages[i].lists[c].items[k];
				status |= tell_thread(&g, (enum plan_change)c);
			}
	}
	return status;
}

const char *plan_page_why(const struct plan_page *page)
{
	if (plan_stands(page->after))
		return page->before ? "there are enough wrong threads now" : "new";
	if (page->after)
		return "too few wrong threads for its share";
	return page->before->scenario ? "the rules have no such scenario any more"
				      : "the archive has no such product any more";
}
