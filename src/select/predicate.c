/*
 * The table of predicates.  Owns how each is read, tested and said; what is
 * done with the answers is rules.c's and select.c's.
 *
 * A new predicate: one row at the end, which for a flag or a range is nearly
 * all; HACKING.md has the rest.
 */
/* long: one table, with all that its rows do */
#include "select/predicate.h"

#include "base/mem.h"
#include "base/suggest.h"
#include "select/plain.h"

struct predicate_kind {
	const char *name;
	int (*read)(struct predicate *p, const struct ynode *node,
		    struct fields_ctx *ctx);
	int (*test)(const struct predicate *p, const struct facts *f);
	void (*say)(const struct predicate *p, const struct language *l, struct buf *out);
	/* The first of: flags, if so and if not; ranges, with min, with max and with
	 * both; patterns, for one and for several. */
	enum saying says;
	/* Of flags and ranges: where in struct facts the answer is. */
	size_t fact;
	const struct field *rows; /* ranges: of min and max */
	void (*say_bound)(const struct language *l, struct buf *out, int64_t bound);
};

static const struct predicate_kind *kind_find(struct str name);

static struct vocabulary *vocabulary_of(struct fields_ctx *ctx)
{
	return ctx->user;
}

/* --- Values --- */

static int read_flag(struct predicate *p, const struct ynode *node, struct fields_ctx *ctx)
{
	return field_bool(node, &p->yes, ctx);
}

static int check_range(const struct predicate *p, const struct ynode *node,
		       struct fields_ctx *ctx)
{
	if (p->min == INT64_MIN && p->max == INT64_MAX)
		return diag_add(ctx->diags, DIAG_MISSING_KEY, field_place(node, ctx),
				"neither 'min' nor 'max' in '%s'", p->kind->name);
	if (p->min > p->max)
		return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
				"'min' is over 'max' in '%s': nothing can meet it",
				p->kind->name);
	return 0;
}

#define RANGE_ROWS(type, low, high) { \
	{ .name = "min", type, offsetof(struct predicate, min), false, low, high }, \
	{ .name = "max", type, offsetof(struct predicate, max), false, low, high }, \
	{ .name = NULL } }
enum { POSTS_MOST = 1000000 };
static const struct field posts_rows[] = RANGE_ROWS(FIELD_INT, 0, POSTS_MOST);
static const struct field score_rows[] = RANGE_ROWS(FIELD_INT, INT32_MIN, INT32_MAX);
static const struct field age_rows[] = RANGE_ROWS(FIELD_DURATION, 0, 0);

static int read_range(struct predicate *p, const struct ynode *node,
		      struct fields_ctx *ctx)
{
	p->min = INT64_MIN;
	p->max = INT64_MAX;
	if (fields_read(node, p->kind->rows, p, p->kind->name, ctx) < 0)
		return -1;
	return check_range(p, node, ctx);
}

static int read_age(struct predicate *p, const struct ynode *node, struct fields_ctx *ctx)
{
	vocabulary_of(ctx)->ages = true;
	return read_range(p, node, ctx);
}

/* Where field_strs()'s first string stands: an item of the list, or the scalar. */
static const struct ynode *first_item(const struct ynode *node)
{
	return node->kind == Y_LIST ? node->first : node;
}

static int read_names(struct wanted *w, const struct ynode *node, struct fields_ctx *ctx)
{
	if (field_strs(node, &w->names, ctx) < 0)
		return -1;
	if (w->names.n == 0)
		return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
				"an empty list: nothing can meet it");
	w->numbers = arena_array(ctx->arena, uint32_t, w->names.n);
	return 0;
}

static int read_words(struct predicate *p, const struct ynode *node, struct words *words,
		      struct fields_ctx *ctx)
{
	if (read_names(&p->any, node, ctx) < 0)
		return -1;
	for (size_t i = 0; i < p->any.names.n; i++) {
		GROW(words->items, words->n, words->cap);
		words->items[words->n++] =
			(struct word){ p->any.names.items[i], &p->any.numbers[i] };
	}
	return 0;
}

static int read_label(struct predicate *p, const struct ynode *node,
		      struct fields_ctx *ctx)
{
	return read_words(p, node, &vocabulary_of(ctx)->labels, ctx);
}

static int read_tag(struct predicate *p, const struct ynode *node, struct fields_ctx *ctx)
{
	return read_words(p, node, &vocabulary_of(ctx)->tags, ctx);
}

static int read_topic(struct predicate *p, const struct ynode *node,
		      struct fields_ctx *ctx)
{
	struct vocabulary *v = vocabulary_of(ctx);
	const struct ynode *item = first_item(node);

	if (v->in_topic)
		return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node->key, ctx),
				"a topic can't be made of topics");
	if (read_names(&p->any, node, ctx) < 0)
		return -1;
	for (size_t i = 0; i < p->any.names.n; i++, item = item->next) {
		GROW(v->topics, v->topics_n, v->topics_cap);
		v->topics[v->topics_n++] = (struct topic_asked){
			&p->any.names.items[i], &p->any.numbers[i], item->at, item->n
		};
	}
	return 0;
}

/* Grades begin behind "none". */
static const struct field evidence_rows[] = {
	{ .name = "kind", FIELD_ENUM, offsetof(struct predicate, evidence), true,
	  .names = evidence_kind_names },
	{ .name = "grade", FIELD_ENUM, offsetof(struct predicate, grade),
	  .names = evidence_grade_names + 1 },
	{ .name = NULL }
};

static int read_evidence(struct predicate *p, const struct ynode *node,
			 struct fields_ctx *ctx)
{
	struct vocabulary *v = vocabulary_of(ctx);
	const struct ynode *grade = node->kind == Y_MAP ? ydoc_get(node, "grade") : NULL;

	if (!v->evidence_n) {
		v->evidence_at = p->at;
		v->evidence_n = p->n;
	}
	p->grade = GRADE_FAULT - 1;
	if (node->kind != Y_MAP)
		return field_enum(node, "evidence", evidence_kind_names, &p->evidence, ctx);
	if (fields_read(node, evidence_rows, p, "evidence", ctx) < 0)
		return -1;
	if (grade && p->evidence != KIND_ADMISSION)
		return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(grade, ctx),
				"only an admission has a grade");
	return 0;
}

static int read_venue(struct predicate *p, const struct ynode *node,
		      struct fields_ctx *ctx)
{
	return read_names(&p->any, node, ctx);
}

static int read_phrases(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct wanted *w = member;
	const struct ynode *item = first_item(node);
	int result = read_names(w, node, ctx);

	for (size_t i = 0; result == 0 && i < w->names.n; i++, item = item->next) {
		int number = phrases_add(vocabulary_of(ctx)->phrases, w->names.items[i]);

		if (number < 0)
			return diag_add(ctx->diags, DIAG_BAD_VALUE,
					field_place(item, ctx),
					"no letter or digit in the phrase '%.*s'",
					STR_ARG(w->names.items[i]));
		w->numbers[i] = (uint32_t)number;
	}
	return result;
}

static const struct field text_rows[] = {
	{ .name = "any", FIELD_CUSTOM, offsetof(struct predicate, any),
	  .parse = read_phrases },
	{ .name = "all", FIELD_CUSTOM, offsetof(struct predicate, all),
	  .parse = read_phrases },
	{ .name = NULL }
};

static int read_text(struct predicate *p, const struct ynode *node,
		     struct fields_ctx *ctx)
{
	if (node->kind != Y_MAP)
		return read_phrases(node, &p->any, ctx);
	if (fields_read(node, text_rows, p, "text", ctx) < 0)
		return -1;
	if (p->any.names.n == 0 && p->all.names.n == 0)
		return diag_add(ctx->diags, DIAG_MISSING_KEY, field_place(node, ctx),
				"neither 'any' nor 'all' in 'text'");
	return 0;
}

static int read_matches(struct predicate *p, const struct ynode *node,
			struct fields_ctx *ctx)
{
	struct vocabulary *v = vocabulary_of(ctx);
	const struct ynode *item = first_item(node);
	int result = read_names(&p->any, node, ctx);

	if (result < 0)
		return -1;
	for (size_t i = 0; i < p->any.names.n; i++, item = item->next) {
		int number = vocabulary_pattern(v, p->any.names.items[i],
						field_place(item, ctx), ctx->diags);

		if (number < 0)
			result = -1;
		else
			p->any.numbers[i] = (uint32_t)number;
	}
	return result;
}

static int read_parts(struct predicate *p, const struct ynode *node,
		      struct fields_ctx *ctx)
{
	int result = 0;

	if (node->kind != Y_LIST)
		return field_expected(node, "a list of conditions", ctx);
	if (node->count == 0)
		return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
				"no condition in '%s'", p->kind->name);
	p->parts = arena_array(ctx->arena, struct predicate, node->count);
	for (const struct ynode *i = node->first; i; i = i->next)
		if (predicate_read(&p->parts[p->parts_n++], i, p->kind->name, NULL, ctx) <
		    0)
			result = -1;
	return result;
}

static int read_not(struct predicate *p, const struct ynode *node, struct fields_ctx *ctx)
{
	if (node->kind == Y_LIST)
		return read_parts(p, node, ctx);
	p->parts = arena_new(ctx->arena, struct predicate);
	p->parts_n = 1;
	return predicate_read(p->parts, node, p->kind->name, NULL, ctx);
}

/* --- Tests --- */

static const void *fact_of(const struct predicate *p, const struct facts *f)
{
	return (const char *)f + p->kind->fact;
}

static int test_flag(const struct predicate *p, const struct facts *f)
{
	return *(const bool *)fact_of(p, f) == p->yes;
}

static int test_range(const struct predicate *p, const struct facts *f)
{
	int64_t n = *(const int64_t *)fact_of(p, f);

	return n >= p->min && n <= p->max;
}

static int test_words(const struct predicate *p, const uint32_t *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < p->any.names.n; j++)
			if (words[i] == p->any.numbers[j])
				return 1;
	return 0;
}

static int test_label(const struct predicate *p, const struct facts *f)
{
	return test_words(p, f->labels, f->labels_n);
}

static int test_tag(const struct predicate *p, const struct facts *f)
{
	return test_words(p, f->tags, f->tags_n);
}

static int test_topic(const struct predicate *p, const struct facts *f)
{
	int holds = 0;

	for (size_t i = 0; i < p->any.names.n && holds == 0; i++)
		holds = predicate_test(&f->topics[p->any.numbers[i]].when, f);
	return holds;
}

static int test_evidence(const struct predicate *p, const struct facts *f)
{
	if (p->evidence == KIND_ADMISSION)
		return (int)f->admission > p->grade;
	return f->found >> p->evidence & 1;
}

static int test_venue(const struct predicate *p, const struct facts *f)
{
	for (size_t i = 0; i < p->any.names.n; i++)
		if (str_eq(p->any.names.items[i], f->venue))
			return 1;
	return 0;
}

static int test_text(const struct predicate *p, const struct facts *f)
{
	int holds = p->any.names.n == 0;

	for (size_t i = 0; i < p->any.names.n && holds == 0; i++)
		holds = f->has(f->ctx, p->any.numbers[i]);
	for (size_t i = 0; i < p->all.names.n && holds > 0; i++)
		holds = f->has(f->ctx, p->all.numbers[i]);
	return holds;
}

static int regex_stopped(const struct predicate *p, const struct facts *f, size_t which)
{
	diag_add(f->diags, DIAG_REGEX_LIMIT, place_in(p->source, p->at, p->n),
		 "the pattern '%.*s' gave up on the thread '%.*s/%.*s'",
		 STR_ARG(p->any.names.items[which]), STR_ARG(f->venue), STR_ARG(f->id));
	diag_hint(f->diags,
		  "repetition inside repetition, as in (a+)+, is the usual cause");
	return -1;
}

static int test_matches(const struct predicate *p, const struct facts *f)
{
	for (size_t i = 0; i < p->any.names.n; i++) {
		int found = f->matches(f->ctx, p->any.numbers[i]);

		if (found)
			return found == MATCH_STOPPED ? regex_stopped(p, f, i) : found;
	}
	return 0;
}

static int test_all(const struct predicate *p, const struct facts *f)
{
	for (size_t i = 0; i < p->parts_n; i++) {
		int holds = predicate_test(&p->parts[i], f);

		if (holds <= 0)
			return holds;
	}
	return 1;
}

static int test_any(const struct predicate *p, const struct facts *f)
{
	for (size_t i = 0; i < p->parts_n; i++) {
		int holds = predicate_test(&p->parts[i], f);

		if (holds)
			return holds;
	}
	return 0;
}

static int test_not(const struct predicate *p, const struct facts *f)
{
	int holds = test_any(p, f);

	return holds < 0 ? -1 : !holds;
}

int predicate_test(const struct predicate *p, const struct facts *f)
{
	return p->kind->test(p, f);
}

/* --- Plain words --- */

static void say_flag(const struct predicate *p, const struct language *l, struct buf *out)
{
	buf_addstr(out, language_word(l, p->kind->says + !p->yes));
}

static void say_range(const struct predicate *p, const struct language *l,
		      struct buf *out)
{
	bool has_min = p->min != INT64_MIN, has_max = p->max != INT64_MAX;
	struct buf min = BUF_INIT, max = BUF_INIT;

	if (has_min)
		p->kind->say_bound(l, &min, p->min);
	if (has_max)
		p->kind->say_bound(l, &max, p->max);
	language_say_count(l, out, p->kind->says + has_max + (has_min && has_max),
			   has_max ? p->max : p->min,
			   SLOTS({ "min", buf_str(&min) }, { "max", buf_str(&max) }));
	buf_release(&max);
	buf_release(&min);
}

static void say_any_of(const struct predicate *p, enum saying s, const struct language *l,
		       struct buf *out)
{
	struct buf names = BUF_INIT;

	say_list(l, &names, p->any.names, SAY_OR);
	language_say(l, out, s, SLOTS({ "names", buf_str(&names) }));
	buf_release(&names);
}

struct str evidence_words(const struct language *l, int kind, int grade)
{
	return language_word(l, kind == KIND_ADMISSION ? SAY_FOUND_FORMULA + (unsigned)grade - 1
						       : SAY_FOUND_GRATITUDE + (unsigned)kind - 1);
}

static void say_names(const struct predicate *p, const struct language *l,
		      struct buf *out)
{
	say_any_of(p, p->kind->says, l, out);
}

static void say_matches(const struct predicate *p, const struct language *l,
			struct buf *out)
{
	say_any_of(p, p->kind->says + (p->any.names.n > 1), l, out);
}

static void say_text(const struct predicate *p, const struct language *l, struct buf *out)
{
	bool both = p->all.names.n && p->any.names.n;
	struct buf all = BUF_INIT, any = BUF_INIT;

	say_phrases(l, &all, p->all.names, SAY_AND);
	say_phrases(l, &any, p->any.names, SAY_OR);
	language_say(l, out, p->kind->says + both,
		     SLOTS({ "all", buf_str(&all) }, { "any", buf_str(&any) },
			   { "phrases", buf_str(all.n ? &all : &any) }));
	buf_release(&any);
	buf_release(&all);
}

static void say_evidence(const struct predicate *p, const struct language *l,
			 struct buf *out)
{
	language_say(l, out, p->kind->says,
		     SLOTS({ "what", evidence_words(l, p->evidence, p->grade + 1) }));
}

/* "a or b and c" and "not a and b" could be read in two ways. */
static bool ambiguous(const struct predicate *part)
{
	return part->parts_n > 1 || str_is(STR("not"), part->kind->name);
}

static void say_joined(const struct predicate *p, enum saying joint,
		       const struct language *l, struct buf *out)
{
	for (size_t i = 0; i < p->parts_n; i++) {
		bool brackets = p->parts_n > 1 && ambiguous(&p->parts[i]);

		if (i > 0)
			buf_addstr(out, language_word(l, joint));
		if (brackets)
			buf_addc(out, '(');
		predicate_say(&p->parts[i], l, out);
		if (brackets)
			buf_addc(out, ')');
	}
}

static void say_parts(const struct predicate *p, const struct language *l,
		      struct buf *out)
{
	say_joined(p, p->kind->says, l, out);
}

static void say_not(const struct predicate *p, const struct language *l, struct buf *out)
{
	struct buf clause = BUF_INIT;

	if (p->parts_n > 1)
		buf_addc(&clause, '(');
	say_joined(p, SAY_CLAUSES_OR, l, &clause);
	if (p->parts_n > 1)
		buf_addc(&clause, ')');
	language_say(l, out, p->kind->says, SLOTS({ "clause", buf_str(&clause) }));
	buf_release(&clause);
}

void predicate_say(const struct predicate *p, const struct language *l, struct buf *out)
{
	p->kind->say(p, l, out);
}

/* --- The table, in the order of the manual --- */

#define FLAG(name, says) \
	{ #name, read_flag, test_flag, say_flag, says, offsetof(struct facts, name), NULL, \
	  NULL }
#define RANGE(name, read, says, say_bound) \
	{ #name, read, test_range, say_range, says, offsetof(struct facts, name), \
	  name##_rows, say_bound }
#define OTHER(name, read, test, say, says) \
	{ name, read, test, say, says, 0, NULL, NULL }

static const struct predicate_kind kinds[] = {
	FLAG(contributor, SAY_IF_CONTRIBUTOR),
	RANGE(posts, read_range, SAY_IF_POSTS_MIN, language_number),
	RANGE(age, read_age, SAY_IF_AGE_MIN, say_days),
	RANGE(score, read_range, SAY_IF_SCORE_MIN, language_number),
	FLAG(solved, SAY_IF_SOLVED),
	FLAG(thanked, SAY_IF_THANKED),
	FLAG(referral, SAY_IF_REFERRAL),
	FLAG(wrong, SAY_IF_WRONG),
	OTHER("evidence", read_evidence, test_evidence, say_evidence, SAY_IF_FOUND),
	OTHER("label", read_label, test_label, say_names, SAY_IF_LABEL),
	OTHER("tag", read_tag, test_tag, say_names, SAY_IF_TAG),
	OTHER("topic", read_topic, test_topic, say_names, SAY_IF_TOPIC),
	OTHER("venue", read_venue, test_venue, say_names, SAY_IF_VENUE),
	OTHER("text", read_text, test_text, say_text, SAY_IF_TEXT),
	OTHER("matches", read_matches, test_matches, say_matches, SAY_IF_MATCHES),
	OTHER("any", read_parts, test_any, say_parts, SAY_CLAUSES_OR),
	OTHER("all", read_parts, test_all, say_parts, SAY_CLAUSES_AND),
	OTHER("not", read_not, test_not, say_not, SAY_IF_NOT),
};

static const struct predicate_kind *kind_find(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_is(name, kinds[i].name))
			return &kinds[i];
	return NULL;
}

static int unknown_key(const struct ynode *key, const char *where, const char *own,
		       struct fields_ctx *ctx)
{
	const char *names[ARRAY_LEN(kinds) + 1];
	size_t n = 0;
	const char *meant;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		names[n++] = kinds[i].name;
	if (own)
		names[n++] = own;
	diag_add(ctx->diags, DIAG_UNKNOWN_KEY, field_place(key, ctx),
		 "unknown key '%.*s' in '%s'", STR_ARG(key->text), where);
	meant = suggest(key->text, names, n);
	if (meant)
		diag_hint(ctx->diags, "did you mean '%s'?", meant);
	return -1;
}

static int read_entry(struct predicate *p, const struct ynode *node, const char *where,
		      const char *own, struct fields_ctx *ctx)
{
	*p = (struct predicate){ .kind = kind_find(node->key->text),
				 .source = ctx->source, .at = node->at, .n = node->n };
	if (!p->kind)
		return unknown_key(node->key, where, own, ctx);
	return p->kind->read(p, node, ctx);
}

int predicate_read(struct predicate *p, const struct ynode *map, const char *where,
		   const char *own, struct fields_ctx *ctx)
{
	int result = 0;

	if (map->kind != Y_MAP)
		return field_expected(map, "a condition", ctx);
	*p = (struct predicate){ .kind = kind_find(STR("all")), .source = ctx->source,
				 .at = map->at, .n = map->n };
	p->parts = arena_array(ctx->arena, struct predicate, map->count);
	for (const struct ynode *i = map->first; i; i = i->next) {
		if (own && str_is(i->key->text, own))
			continue;
		if (read_entry(&p->parts[p->parts_n++], i, where, own, ctx) < 0)
			result = -1;
	}
	if (p->parts_n == 0)
		return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(map, ctx),
				"no condition in '%s'", where);
	if (p->parts_n == 1)
		*p = p->parts[0];
	return result;
}

void predicate_each_venue(const struct predicate *p,
			  void (*fn)(void *ctx, const struct predicate *p,
				     struct str venue),
			  void *ctx)
{
	for (size_t i = 0; p->kind->read == read_venue && i < p->any.names.n; i++)
		fn(ctx, p, p->any.names.items[i]);
	for (size_t i = 0; i < p->parts_n; i++)
		predicate_each_venue(&p->parts[i], fn, ctx);
}
