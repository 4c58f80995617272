/* The rules in plain words, for the microsite's "how we choose" page.  What a
 * single predicate says is predicate.c's. */
#include "select/rules.h"

#include "base/mem.h"
#include "select/plain.h"

#include <stdlib.h>

struct speech {
	struct arena *arena;
	struct rules_sentence *items; /* owned until it is copied into the arena */
	size_t n, cap;
	const char *section;
};

__attribute__((format(printf, 2, 3)))
static void say(struct speech *s, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	GROW(s->items, s->n, s->cap);
	s->items[s->n++] = (struct rules_sentence){ str_of(s->section),
						    arena_str(s->arena, buf_str(&b)) };
	buf_release(&b);
}

/* What a say_ function of plain.c appends, as a string in the arena. */
static struct str in_arena(struct speech *s, struct buf *b)
{
	struct str t = arena_str(s->arena, buf_str(b));

	buf_release(b);
	return t;
}

static struct str ratio_text(struct speech *s, struct ratio r)
{
	struct buf b = BUF_INIT;

	say_ratio(&b, r);
	return in_arena(s, &b);
}

static struct str days_text(struct speech *s, int64_t days)
{
	struct buf b = BUF_INIT;

	say_days(&b, days);
	return in_arena(s, &b);
}

static struct str points(struct speech *s, int64_t weight)
{
	struct buf b = BUF_INIT;

	say_weight(&b, weight);
	buf_adds(&b, weight == WEIGHT_SCALE ? " point" : " points");
	return in_arena(s, &b);
}

static struct str clause(struct speech *s, const struct predicate *p)
{
	struct buf b = BUF_INIT;

	predicate_say(p, &b);
	return in_arena(s, &b);
}

static void say_candidates(struct speech *s, const struct rules *r)
{
	s->section = "Which conversations are considered";
	say(s,
	    "Every public conversation in our archive that is filed under a product is "
	    "considered for that product's page.");
	for (size_t i = 0; i < r->matches_n; i++)
		say(s,
		    "For the product “%.*s”, a conversation is also considered if %.*s.",
		    STR_ARG(r->matches[i].product),
		    STR_ARG(clause(s, &r->matches[i].when)));
	for (size_t i = 0; i < r->scenarios_n; i++)
		say(s,
		    "The page “%.*s” considers a conversation about any product if %.*s.",
		    STR_ARG(r->scenarios[i].title),
		    STR_ARG(clause(s, &r->scenarios[i].when)));
	say(s, "A conversation is not shown if it was withdrawn where it took place, if "
	       "any post in it comes without a licence or a permission to republish it, "
	       "or outside the time for which it was released.");
}

static void say_keep(struct speech *s, const struct rules *r)
{
	s->section = "What a conversation must meet";
	for (size_t i = 0; i < r->keep_n; i++)
		say(s, "A conversation can be shown only if %.*s.",
		    STR_ARG(clause(s, &r->keep[i].when)));
}

static void say_drop(struct speech *s, const struct rules *r)
{
	s->section = "What is left out";
	for (size_t i = 0; i < r->drop_n; i++)
		say(s, "A conversation is left out if %.*s.",
		    STR_ARG(clause(s, &r->drop[i].when)));
}

static void say_shortfall(struct speech *s, const struct wrong_rules *w)
{
	static const char *const sentences[] = {
		[SHORTFALL_TRIM] = ("Where we don't have enough of them, we show fewer "
				    "of the others."),
		[SHORTFALL_FAIL] =
			"Where we don't have enough of them, we publish nothing.",
		[SHORTFALL_SKIP] =
			"A page for which we don't have enough of them is left out.",
	};

	say(s, "%s", sentences[w->shortfall]);
}

static void say_share(struct speech *s, const struct rules *r)
{
	const struct wrong_rules *w = &r->wrong;

	s->section = "Where we were wrong";
	if (w->share.num == 0) {
		say(s, "No share of what we show has to be conversations in which one of "
		       "our people says that we were wrong.");
		return;
	}
	say(s,
	    "At least %.*s of the conversations shown, %s, are ones in which one of our "
	    "people says that we were wrong.",
	    STR_ARG(ratio_text(s, w->share)),
	    w->over_page && w->over_site ? "on every page and over the whole site"
	    : w->over_page ? "on every page" : "over the whole site");
	say(s,
	    "A conversation counts as one of these only if a curator has confirmed it, "
	    "by pointing at the post that says so.");
	if (w->max_age != MAX_AGE_NONE)
		say(s, "That post may be at most %.*s old; older ones can be shown, but "
		       "don't count.", STR_ARG(days_text(s, w->max_age)));
	if (w->spread && w->over_page)
		say(s,
		    "They are spread over the page: whatever part of it is read from the "
		    "top holds that share, rounded down.");
	say_shortfall(s, w);
}

static void say_order(struct speech *s, const struct rules *r)
{
	const struct order *o = &r->order;

	s->section = "In which order";
	say(s, "Conversations are ranked by points; those with the most are shown, the "
	       "highest first.");
	if (o->solved)
		say(s, "%.*s if the question was solved.", STR_ARG(points(s, o->solved)));
	if (o->thanked)
		say(s, "%.*s if the customer said thanks.",
		    STR_ARG(points(s, o->thanked)));
	if (o->helpful)
		say(s,
		    "%.*s times the binary logarithm of one more than the votes for our "
		    "people's posts: the first vote counts that much, and so does every "
		    "doubling.",
		    STR_ARG(points(s, o->helpful)));
	if (o->recent)
		say(s,
		    "%.*s if the last post is of today, half as many for every %.*s since.",
		    STR_ARG(points(s, o->recent)), STR_ARG(days_text(s, o->half_life)));
	say(s, "Of two with equal points, the one with the later last post comes first.");
}

static void say_cap(struct speech *s, const struct cap *cap, const char *whose)
{
	if (cap->count)
		say(s, "At most %lld on a page %s %s.", (long long)cap->count,
		    cap->count == 1 ? "is" : "are", whose);
	else if (cap->part.den)
		say(s, "At most %.*s of a page's conversations, rounded up, are %s.",
		    STR_ARG(ratio_text(s, cap->part)), whose);
}

static void say_own(struct speech *s, struct str name, const struct override *o)
{
	if (o->has_limit)
		say(s, "The page of “%.*s” shows at most %lld conversation%s.",
		    STR_ARG(name), (long long)o->limit, o->limit == 1 ? "" : "s");
	if (o->has_share)
		say(s,
		    "On the page of “%.*s”, at least %.*s are ones in which one of our "
		    "people says that we were wrong.",
		    STR_ARG(name), STR_ARG(ratio_text(s, o->share)));
}

static void say_size(struct speech *s, const struct rules *r)
{
	s->section = "How many";
	say(s, "A page shows at most %lld conversation%s.", (long long)r->limit,
	    r->limit == 1 ? "" : "s");
	say_cap(s, &r->caps[CAP_CUSTOMER], "from the same customer");
	say_cap(s, &r->caps[CAP_CONTRIBUTOR], "joined by the same one of our people");
	say_cap(s, &r->caps[CAP_VENUE], "from the same place");
	for (size_t i = 0; i < r->overrides_n; i++)
		say_own(s, r->overrides[i].product, &r->overrides[i]);
	for (size_t i = 0; i < r->scenarios_n; i++)
		say_own(s, r->scenarios[i].title, &r->scenarios[i].own);
}

static void say_redact(struct speech *s, const struct rules *r)
{
	static const char *const words[] = {
		[REDACT_EMAIL] = "E-mail addresses are",
		[REDACT_PHONE] = "Phone numbers are",
		[REDACT_CARD] = "Payment card numbers are",
	};

	s->section = "What is taken out of the text";
	for (size_t i = 0; i < r->redact_n; i++) {
		const struct redact_item *it = &r->redact[i];

		if (it->kind == REDACT_PATTERN)
			say(s, "What fits our pattern for “%.*s” is taken out.",
			    STR_ARG(it->name));
		else
			say(s, "%s taken out.", words[it->kind]);
	}
	if (r->redact_n)
		say(s, "Wherever something was taken out, a mark in square brackets "
		       "says what.");
}

size_t rules_say(const struct rules *r, struct arena *a, struct rules_sentence **out)
{
	struct speech s = { .arena = a };

	say_candidates(&s, r);
	say_keep(&s, r);
	say_drop(&s, r);
	say_share(&s, r);
	say_order(&s, r);
	say_size(&s, r);
	say_redact(&s, r);
	*out = arena_memdup(a, s.items, s.n * sizeof(*s.items));
	free(s.items);
	return s.n;
}
