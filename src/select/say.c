/* The rules in plain words, for the microsite's "how we choose" page.  The words are
 * text/language's; what a single predicate says is predicate.c's. */
#include "select/rules.h"

#include "base/mem.h"
#include "select/plain.h"

#include <stdlib.h>

struct speech {
	const struct language *language;
	const struct product *products;
	size_t products_n;
	struct arena *arena;
	struct rules_sentence *items; /* owned until it is copied into the arena */
	size_t n, cap;
	struct str section;
};

static void section(struct speech *s, enum saying heading)
{
	s->section = language_word(s->language, heading);
}

/* What was appended to b, as a string in the arena. */
static struct str in_arena(struct speech *s, struct buf *b)
{
	struct str t = arena_str(s->arena, buf_str(b));

	buf_release(b);
	return t;
}

static void add(struct speech *s, struct str sentence)
{
	GROW(s->items, s->n, s->cap);
	s->items[s->n++] = (struct rules_sentence){ s->section, sentence };
}

static void say(struct speech *s, enum saying what, const struct slot *slots)
{
	struct buf b = BUF_INIT;

	language_say(s->language, &b, what, slots);
	add(s, in_arena(s, &b));
}

static void say_plainly(struct speech *s, enum saying what)
{
	add(s, language_word(s->language, what));
}

static void say_count(struct speech *s, enum saying what, int64_t n,
		      const struct slot *slots)
{
	struct buf b = BUF_INIT;

	language_say_count(s->language, &b, what, n, slots);
	add(s, in_arena(s, &b));
}

static struct str ratio_text(struct speech *s, struct ratio r)
{
	struct buf b = BUF_INIT;

	say_ratio(s->language, &b, r);
	return in_arena(s, &b);
}

static struct str days_text(struct speech *s, int64_t days)
{
	struct buf b = BUF_INIT;

	say_days(s->language, &b, days);
	return in_arena(s, &b);
}

static struct str name_text(struct speech *s, struct str name)
{
	struct buf b = BUF_INIT;

	say_name(s->language, &b, name);
	return in_arena(s, &b);
}

static struct str product_text(struct speech *s, struct str slug)
{
	for (size_t i = 0; i < s->products_n; i++)
		if (str_eq(s->products[i].slug, slug))
			return name_text(s, s->products[i].name);
	return name_text(s, slug);
}

/* All but exactly one point take the plural: "0.5 points". */
static struct str points(struct speech *s, int64_t weight)
{
	struct buf number = BUF_INIT, b = BUF_INIT;

	language_decimal(s->language, &number, weight);
	language_say_count(s->language, &b, SAY_POINTS, weight == WEIGHT_SCALE ? 1 : 2,
			   SLOTS({ "points", buf_str(&number) }));
	buf_release(&number);
	return in_arena(s, &b);
}

static struct str clause(struct speech *s, const struct predicate *p)
{
	struct buf b = BUF_INIT;

	predicate_say(p, s->language, &b);
	return in_arena(s, &b);
}

static void say_candidates(struct speech *s, const struct rules *r)
{
	section(s, SAY_CANDIDATES);
	say_plainly(s, SAY_CANDIDATES_LINKED);
	for (size_t i = 0; i < r->matches_n; i++)
		say(s, SAY_CANDIDATES_MATCHED,
		    SLOTS({ "product", product_text(s, r->matches[i].product) },
			  { "condition", clause(s, &r->matches[i].when) }));
	for (size_t i = 0; i < r->scenarios_n; i++)
		say(s, SAY_CANDIDATES_SCENARIO,
		    SLOTS({ "scenario", name_text(s, r->scenarios[i].title) },
			  { "condition", clause(s, &r->scenarios[i].when) }));
	say_plainly(s, SAY_CANDIDATES_OUT);
}

static void say_rules(struct speech *s, enum saying sentence, const struct rule *rules,
		      size_t n)
{
	for (size_t i = 0; i < n; i++)
		say(s, sentence, SLOTS({ "condition", clause(s, &rules[i].when) }));
}

static void say_topics(struct speech *s, const struct rules *r)
{
	section(s, SAY_TOPICS);
	for (size_t i = 0; i < r->topics_n; i++)
		say(s, SAY_TOPICS_IF,
		    SLOTS({ "topic", name_text(s, r->topics[i].title) },
			  { "condition", clause(s, &r->topics[i].when) }));
}

static void say_shortfall(struct speech *s, const struct wrong_rules *w)
{
	static const enum saying sentences[] = {
		[SHORTFALL_TRIM] = SAY_SHORTFALL_TRIM,
		[SHORTFALL_FAIL] = SAY_SHORTFALL_FAIL,
		[SHORTFALL_SKIP] = SAY_SHORTFALL_SKIP,
	};

	say_plainly(s, sentences[w->shortfall]);
}

static enum saying where(const struct wrong_rules *w)
{
	if (w->over_page && w->over_site)
		return SAY_WRONG_EVERYWHERE;
	return w->over_page ? SAY_WRONG_PAGES : SAY_WRONG_SITE;
}

static void say_evidence(struct speech *s, const struct wrong_rules *w)
{
	if (w->evidence == GRADE_NONE)
		say_plainly(s, SAY_WRONG_CONFIRMED);
	else
		say(s, SAY_WRONG_DETECTED,
		    SLOTS({ "what", evidence_words(s->language, KIND_ADMISSION,
						   w->evidence) }));
}

static void say_share(struct speech *s, const struct rules *r)
{
	const struct wrong_rules *w = &r->wrong;

	section(s, SAY_WRONG);
	if (w->share.num == 0) {
		say_plainly(s, SAY_WRONG_NONE);
		return;
	}
	say(s, SAY_WRONG_SHARE,
	    SLOTS({ "share", ratio_text(s, w->share) },
		  { "where", language_word(s->language, where(w)) }));
	say_evidence(s, w);
	if (w->max_age != MAX_AGE_NONE)
		say(s, SAY_WRONG_AGE, SLOTS({ "age", days_text(s, w->max_age) }));
	if (w->spread && w->over_page)
		say_plainly(s, SAY_WRONG_SPREAD);
	say_shortfall(s, w);
}

static void say_order(struct speech *s, const struct rules *r)
{
	const struct order *o = &r->order;

	section(s, SAY_ORDER);
	say_plainly(s, SAY_ORDER_POINTS);
	if (o->solved)
		say(s, SAY_ORDER_SOLVED, SLOTS({ "points", points(s, o->solved) }));
	if (o->thanked)
		say(s, SAY_ORDER_THANKED, SLOTS({ "points", points(s, o->thanked) }));
	if (o->helpful)
		say(s, SAY_ORDER_HELPFUL, SLOTS({ "points", points(s, o->helpful) }));
	if (o->recent)
		say(s, SAY_ORDER_RECENT,
		    SLOTS({ "points", points(s, o->recent) },
			  { "days", days_text(s, o->half_life) }));
	say_plainly(s, SAY_ORDER_TIE);
}

static void say_caps(struct speech *s, const struct cap caps[CAP_COUNT])
{
	static const struct {
		enum saying count, part;
	} rows[CAP_COUNT] = {
		[CAP_CUSTOMER] = { SAY_CAP_CUSTOMER, SAY_CAP_CUSTOMER_PART },
		[CAP_CONTRIBUTOR] = { SAY_CAP_CONTRIBUTOR, SAY_CAP_CONTRIBUTOR_PART },
		[CAP_VENUE] = { SAY_CAP_VENUE, SAY_CAP_VENUE_PART },
	};

	for (size_t i = 0; i < CAP_COUNT; i++)
		if (caps[i].count)
			say_count(s, rows[i].count, caps[i].count, NULL);
		else if (caps[i].part.den)
			say(s, rows[i].part,
			    SLOTS({ "share", ratio_text(s, caps[i].part) }));
}

static void say_own(struct speech *s, struct str subject, const struct override *o)
{
	if (o->has_limit)
		say_count(s, SAY_SIZE_OF_PAGE, o->limit, SLOTS({ "subject", subject }));
	if (o->has_share)
		say(s, SAY_SHARE_OF_PAGE,
		    SLOTS({ "subject", subject }, { "share", ratio_text(s, o->share) }));
}

static void say_size(struct speech *s, const struct rules *r)
{
	section(s, SAY_SIZE);
	say_count(s, SAY_SIZE_LIMIT, r->limit, NULL);
	say_caps(s, r->caps);
	for (size_t i = 0; i < r->overrides_n; i++)
		say_own(s, product_text(s, r->overrides[i].product), &r->overrides[i]);
	for (size_t i = 0; i < r->scenarios_n; i++)
		say_own(s, name_text(s, r->scenarios[i].title), &r->scenarios[i].own);
}

static void say_redact(struct speech *s, const struct rules *r)
{
	static const enum saying sentences[] = {
		[REDACT_EMAIL] = SAY_REDACT_EMAIL,
		[REDACT_PHONE] = SAY_REDACT_PHONE,
		[REDACT_CARD] = SAY_REDACT_CARD,
		[REDACT_PATTERN] = SAY_REDACT_PATTERN,
	};

	section(s, SAY_REDACT);
	for (size_t i = 0; i < r->redact_n; i++)
		say(s, sentences[r->redact[i].kind],
		    SLOTS({ "name", name_text(s, r->redact[i].name) }));
	if (r->redact_n)
		say_plainly(s, SAY_REDACT_MARK);
}

size_t rules_say(const struct rules *r, const struct product *products, size_t n,
		 const struct language *l, struct arena *a, struct rules_sentence **out)
{
	struct speech s = {
		.language = l, .products = products, .products_n = n, .arena = a,
	};

	say_candidates(&s, r);
	section(&s, SAY_KEEP);
	say_rules(&s, SAY_KEEP_IF, r->keep, r->keep_n);
	section(&s, SAY_DROP);
	say_rules(&s, SAY_DROP_IF, r->drop, r->drop_n);
	say_plainly(&s, SAY_DROP_PRIVATE);
	say_topics(&s, r);
	say_share(&s, r);
	say_order(&s, r);
	say_size(&s, r);
	say_redact(&s, r);
	*out = arena_memdup(a, s.items, s.n * sizeof(*s.items));
	free(s.items);
	return s.n;
}
