/*
 * The file of patterns into structs and one automaton.  Owns its keys and mistakes;
 * what the patterns do to a text is match.c's.
 */
#include "evidence/patterns.h"

#include "base/fields.h"
#include "base/mem.h"
#include "builtin.h"
#include "expand.h"

#include <stdlib.h>

/* Raised when the same patterns find something else. */
#define ENGINE "engine 1\n"

const unsigned evidence_roles[] = {
	[KIND_ADMISSION] = ROLE_CONTRIBUTOR,
	[KIND_GRATITUDE] = ROLE_CUSTOMER,
	[KIND_RESOLUTION] = ROLE_CUSTOMER,
	[KIND_REFERRAL] = ROLE_CONTRIBUTOR | ROLE_CUSTOMER | ROLE_OTHER,
};
enum { KINDS = ARRAY_LEN(evidence_roles), FILES = 2 };

struct loaded_file {
	struct source source; /* owned */
	struct ydoc doc;      /* owned; names live here */
};

struct loaded {
	struct loaded_file files[FILES];
	size_t n;
};

/* What is made while files are read. */
struct making {
	struct patterns *p;
	size_t cap;
	const struct source *source;
	bool own;
	struct phrase_list *lists; /* owned, and their items */
	size_t lists_n, lists_cap;
	struct making_use {
		uint32_t phrase, owner;
		enum phrase_use use;
		bool guard;    /* owner is a kind, not a pattern */
	} *uses; /* owned */
	size_t uses_n, uses_cap;
	struct arena arena; /* expanded phrases */
};

/* --- Phrases --- */

static int bad_phrase(const struct ynode *node, const char *wrong, struct fields_ctx *ctx)
{
	return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
			"the phrase '%.*s' %s", STR_ARG(node->text), wrong);
}

/* A word in it that is read over could never be found. */
static bool is_read_over(const struct making *m, struct str phrase)
{
	struct buf text = BUF_INIT;
	bool changes;

	buf_addstr(&text, phrase);
	patterns_read_over(m->p, &text);
	changes = !str_eq(buf_str(&text), phrase);
	buf_release(&text);
	return changes;
}

/* The phrases of a list, or a single one, expanded; out's items are owned. */
static int read_phrases(const struct ynode *node, struct phrase_list *out,
			struct fields_ctx *ctx)
{
	struct making *m = ctx->user;
	int status = 0;

	if (node->kind == Y_MAP)
		return field_expected(node, "a list of phrases", ctx);
	for (const struct ynode *i = node->kind == Y_LIST ? node->first : node; i;
	     i = node->kind == Y_LIST ? i->next : NULL) {
		const char *wrong;

		if (i->kind != Y_SCALAR || ydoc_is_null(i)) {
			status = field_expected(i, "a phrase", ctx);
			continue;
		}
		wrong = is_read_over(m, i->text)
				? "has a word of 'fillers' in it"
				: phrase_expand(out, i->text, m->lists, m->lists_n, &m->arena);
		if (wrong)
			status = bad_phrase(i, wrong, ctx);
	}
	return status;
}

static void add_use(struct making *m, int phrase, uint32_t owner, enum phrase_use use,
		    bool guard)
{
	GROW(m->uses, m->uses_n, m->uses_cap);
	m->uses[m->uses_n++] =
		(struct making_use){ (uint32_t)phrase, owner, use, guard };
}

/* Its number, or -1 with a diagnostic. */
static int add_phrase(struct making *m, struct str phrase, const struct ynode *node,
		      struct fields_ctx *ctx)
{
	int added = phrases_add(m->p->phrases, phrase);

	if (added < 0)
		diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
			 "'%.*s' has no word in it", STR_ARG(phrase));
	return added;
}

/* Phrases that are there for owner. */
static int use_phrases(const struct ynode *node, uint32_t owner, enum phrase_use use,
		       bool guard, struct fields_ctx *ctx)
{
	struct making *m = ctx->user;
	struct phrase_list all = { .items = NULL };
	int status = read_phrases(node, &all, ctx);

	for (size_t i = 0; i < all.n; i++) {
		int phrase = add_phrase(m, all.items[i], node, ctx);

		if (phrase < 0) {
			status = -1;
			break;
		}
		add_use(m, phrase, owner, use, guard);
	}
	free(all.items);
	return status;
}

/* --- One pattern --- */

/* The pattern that is being read is the last one. */
static int read_use(const struct ynode *node, enum phrase_use use, struct fields_ctx *ctx)
{
	struct making *m = ctx->user;

	m->p->items[m->p->n].lists |= 1u << use;
	return use_phrases(node, (uint32_t)m->p->n, use, false, ctx);
}

#define READ_USE(name, use) \
	static int read_##name(const struct ynode *node, void *member, \
			       struct fields_ctx *ctx) \
	{ \
		(void)member; \
		return read_use(node, use, ctx); \
	}
READ_USE(any, USE_ANY)
READ_USE(with, USE_WITH)
READ_USE(not, USE_NOT)
READ_USE(not_before, USE_NOT_BEFORE)
READ_USE(unless, USE_UNLESS)
READ_USE(then, USE_THEN)
READ_USE(previous, USE_PREVIOUS)

static const char *const grades[] = { "formula", "hedged", "slip", "fault", NULL };
static const char *const afters[] = { "anything", "someone", "customer",
					 "contributor", NULL };

#define AT(member) offsetof(struct pattern, member)
static const struct field pattern_rows[] = {
	{ .name = "name", FIELD_SLUG, AT(name), .required = true },
	{ .name = "kind", FIELD_ENUM, AT(kind), .required = true,
	  .names = evidence_kind_names },
	{ .name = "grade", FIELD_ENUM, AT(grade), .names = grades },
	{ .name = "any", FIELD_CUSTOM, 0, .required = true, .parse = read_any },
	{ .name = "with", FIELD_CUSTOM, 0, .parse = read_with },
	{ .name = "not", FIELD_CUSTOM, 0, .parse = read_not },
	{ .name = "not_before", FIELD_CUSTOM, 0, .parse = read_not_before },
	{ .name = "unless", FIELD_CUSTOM, 0, .parse = read_unless },
	{ .name = "then", FIELD_CUSTOM, 0, .parse = read_then },
	{ .name = "previous", FIELD_CUSTOM, 0, .parse = read_previous },
	{ .name = "first", FIELD_BOOL, AT(first) },
	{ .name = "start", FIELD_BOOL, AT(start) },
	{ .name = "question", FIELD_BOOL, AT(question) },
	{ .name = "after", FIELD_ENUM, AT(after), .names = afters },
	{ .name = NULL }
};

/* Grades are listed without "none"; only admissions have one. */
static int check_grade(struct pattern *one, bool graded, const struct ynode *node,
		       struct fields_ctx *ctx)
{

	one->grade = graded ? one->grade + 1 : GRADE_NONE;
	if (graded == (one->kind == KIND_ADMISSION))
		return 0;
	return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
			graded ? "'%.*s' has a grade, which only admissions have"
			       : "the admission '%.*s' has no grade",
			STR_ARG(one->name));
}

static int check_name(const struct making *m, const struct pattern *one,
		      const struct ynode *node, struct fields_ctx *ctx)
{
	for (size_t i = 0; i < m->p->n; i++)
		if (str_eq(m->p->items[i].name, one->name)) {
			diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
				 "there is a pattern '%.*s' already", STR_ARG(one->name));
			if (m->own && !m->p->items[i].own)
				diag_hint(ctx->diags, "it is the program's own: give yours "
						      "another name");
			return -1;
		}
	return 0;
}

static int read_pattern(const struct ynode *node, struct fields_ctx *ctx)
{
	struct making *m = ctx->user;
	const struct ynode *name;
	struct pattern *one;

	GROW(m->p->items, m->p->n, m->cap);
	one = &m->p->items[m->p->n];
	*one = (struct pattern){ .own = m->own, .source = m->source };
	if (fields_read(node, pattern_rows, one, "a pattern", ctx) < 0)
		return -1;
	name = ydoc_get(node, "name");
	one->at = name->at;
	one->n = name->n;
	if (check_grade(one, ydoc_get(node, "grade"), name, ctx) < 0 || check_name(m, one, name, ctx) < 0)
		return -1;
	m->p->n++;
	return 0;
}

static int read_patterns(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	int status = 0;

	(void)member;
	if (node->kind != Y_LIST)
		return field_expected(node, "a list of patterns", ctx);
	for (const struct ynode *i = node->first; i; i = i->next)
		if (read_pattern(i, ctx) < 0)
			status = -1;
	return status;
}

/* --- Lists and guards --- */

static int read_lists(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct making *m = ctx->user;
	int status = 0;

	(void)member;
	if (node->kind != Y_MAP)
		return field_expected(node, "a mapping of lists", ctx);
	for (const struct ynode *i = node->first; i; i = i->next) {
		struct phrase_list list = { .name = i->key->text };

		if (read_phrases(i, &list, ctx) < 0)
			status = -1;
		GROW(m->lists, m->lists_n, m->lists_cap);
		m->lists[m->lists_n++] = list;
	}
	return status;
}

static int read_fillers(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct making *m = ctx->user;
	struct strs words;

	(void)member;
	if (field_strs(node, &words, ctx) < 0)
		return -1;
	m->p->fillers = xreallocarray(m->p->fillers, m->p->fillers_n + words.n,
				      sizeof(*m->p->fillers));
	for (size_t i = 0; i < words.n; i++)
		m->p->fillers[m->p->fillers_n++] = words.items[i];
	str_sort(m->p->fillers, m->p->fillers_n);
	for (size_t i = 0; i < m->p->fillers_n; i++)
		m->p->filler_starts[(unsigned char)m->p->fillers[i].p[0] | 32] = true;
	return 0;
}

static int read_first(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	(void)member;
	return use_phrases(node, 0, USE_FIRST, true, ctx);
}

static int read_automatic(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	(void)member;
	return use_phrases(node, 0, USE_AUTOMATIC, true, ctx);
}

/* The member is the kind that they guard. */
#define READ_GUARD(name, use) \
	static int read_guard_##name(const struct ynode *node, void *member, \
				     struct fields_ctx *ctx) \
	{ \
		return use_phrases(node, *(uint32_t *)member, use, true, ctx); \
	}
READ_GUARD(not, USE_NOT)
READ_GUARD(not_before, USE_NOT_BEFORE)
READ_GUARD(unless, USE_UNLESS)

static int read_guard(const struct ynode *node, enum evidence_kind kind,
		      struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "not", FIELD_CUSTOM, 0, .parse = read_guard_not },
		{ .name = "not_before", FIELD_CUSTOM, 0, .parse = read_guard_not_before },
		{ .name = "unless", FIELD_CUSTOM, 0, .parse = read_guard_unless },
		{ .name = NULL }
	};
	uint32_t guarded = kind;

	return fields_read(node, rows, &guarded, evidence_kind_names[kind], ctx);
}

#define READ_GUARDS(name, kind) \
	static int read_guards_##name(const struct ynode *node, void *member, \
				      struct fields_ctx *ctx) \
	{ \
		(void)member; \
		return read_guard(node, kind, ctx); \
	}
READ_GUARDS(admission, KIND_ADMISSION)
READ_GUARDS(gratitude, KIND_GRATITUDE)
READ_GUARDS(resolution, KIND_RESOLUTION)
READ_GUARDS(referral, KIND_REFERRAL)

static int read_guards(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "admission", FIELD_CUSTOM, 0, .parse = read_guards_admission },
		{ .name = "gratitude", FIELD_CUSTOM, 0, .parse = read_guards_gratitude },
		{ .name = "resolution", FIELD_CUSTOM, 0, .parse = read_guards_resolution },
		{ .name = "referral", FIELD_CUSTOM, 0, .parse = read_guards_referral },
		{ .name = NULL }
	};

	return fields_read(node, rows, member, "guards", ctx);
}

/* --- Reading over --- */

/* ASCII letters in lower case: no filler needs more. */
enum { FILLER_MAX = 24 };

static bool is_filler(const struct patterns *p, struct str word)
{
	char lower[FILLER_MAX];

	if (word.n > FILLER_MAX || !p->filler_starts[(unsigned char)word.p[0] | 32])
		return false;
	for (size_t i = 0; i < word.n; i++)
		lower[i] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] | 32)
								 : word.p[i];
	return str_among(p->fillers, p->fillers_n, str_make(lower, word.n));
}

static const bool no_word[256] = {
	[0 ... '&'] = true, ['('] = true, [')'] = true, ['+'] = true, [','] = true,
	['.'] = true, ['/'] = true, [':' ... '@'] = true, ['[' ... '^'] = true,
	['`'] = true, ['{' ... 0x7f] = true,
};

static void blank_comma(struct buf *text, size_t at)
{
	if (at < text->n && text->p[at] == ',')
		text->p[at] = ' ';
}

void patterns_read_over(const struct patterns *p, struct buf *text)
{
	size_t at = 0;

	while (at < text->n) {
		size_t from = at;

		at += str_until(str_slice(buf_str(text), at, text->n), no_word);
		if (at > from && is_filler(p, str_make(text->p + from, at - from))) {
			memset(text->p + from, ' ', at - from);
			blank_comma(text, at);
			if (from > 1)
				blank_comma(text, from - 2);
		}
		at += at == from;
	}
}

/* --- The file --- */

/* In the order of the file: a list stands before what names it. */
static int read_file(struct making *m, struct loaded_file *f, struct diags *diags)
{
	static const struct field rows[] = {
		{ .name = "fillers", FIELD_CUSTOM, 0, .parse = read_fillers },
		{ .name = "first", FIELD_CUSTOM, 0, .parse = read_first },
		{ .name = "automatic", FIELD_CUSTOM, 0, .parse = read_automatic },
		{ .name = "lists", FIELD_CUSTOM, 0, .parse = read_lists },
		{ .name = "guards", FIELD_CUSTOM, 0, .parse = read_guards },
		{ .name = "patterns", FIELD_CUSTOM, 0, .parse = read_patterns },
		{ .name = NULL }
	};
	struct fields_ctx ctx = { .source = &f->source, .arena = &f->doc.arena,
				  .diags = diags, .user = m };

	if (ydoc_parse(&f->doc, &f->source, diags) < 0)
		return -1;
	m->source = &f->source;
	return fields_read(f->doc.root, rows, m, NULL, &ctx);
}

static int load(struct making *m, const char *path, struct str text, struct diags *diags)
{
	struct loaded *l = m->p->loaded;
	struct loaded_file *f = &l->files[l->n];

	if (path && source_load(&f->source, path, diags) < 0)
		return -1;
	if (!path)
		source_from(&f->source, "patterns.yaml", text);
	l->n++;
	m->own = path != NULL;
	return read_file(m, f, diags);
}

static int use_cmp(const void *a, const void *b)
{
	const struct making_use *x = a, *y = b;

	return (x->phrase > y->phrase) - (x->phrase < y->phrase);
}

/* Uses by phrase, so that a hit finds its own. */
static void settle(struct making *m)
{
	struct patterns *p = m->p;
	size_t n = phrases_count(p->phrases), at = 0;

	if (m->uses_n)
		qsort(m->uses, m->uses_n, sizeof(*m->uses), use_cmp);
	p->owners = xcalloc(m->uses_n + 1, sizeof(*p->owners));
	p->first_owner = xcalloc(n + 1, sizeof(*p->first_owner));
	for (size_t i = 0; i < n; i++) {
		p->first_owner[i] = (uint32_t)at;
		for (; at < m->uses_n && m->uses[at].phrase == i; at++)
			p->owners[at] = (struct phrase_owner){
				m->uses[at].owner + (m->uses[at].guard ? (uint32_t)p->n : 0),
				m->uses[at].use,
			};
	}
	p->first_owner[n] = (uint32_t)at;
	phrases_compile(p->phrases);
}

static void digest_files(struct patterns *p)
{
	struct sha256 h;

	sha256_start(&h);
	sha256_add(&h, STR(ENGINE));
	for (size_t i = 0; i < p->loaded->n; i++) {
		sha256_add(&h, source_text(&p->loaded->files[i].source));
		sha256_add(&h, str_make("", 1));
	}
	sha256_finish(&h, p->digest);
}

static void making_start(struct making *m)
{
	*m = (struct making){ .p = xcalloc(1, sizeof(*m->p)), .arena = ARENA_INIT };
	m->p->phrases = phrases_new();
	m->p->loaded = xcalloc(1, sizeof(*m->p->loaded));
}

static int making_finish(struct making *m, int status, struct patterns **out)
{
	*out = NULL;
	if (status == 0) {
		settle(m);
		digest_files(m->p);
		*out = m->p;
	} else {
		patterns_free(m->p);
	}
	for (size_t i = 0; i < m->lists_n; i++)
		free(m->lists[i].items);
	free(m->lists);
	free(m->uses);
	arena_release(&m->arena);
	return status;
}

int patterns_load(struct patterns **out, const char *path, bool replace,
		  struct diags *diags)
{
	struct making m;
	int status = 0;

	making_start(&m);
	if (!path || !replace)
		status = load(&m, NULL, str_make((const char *)builtin_patterns,
						 builtin_patterns_n), diags);
	if (path && status == 0)
		status = load(&m, path, STR_NONE, diags);
	return making_finish(&m, status, out);
}

int patterns_parse(struct patterns **out, struct str text, struct diags *diags)
{
	struct making m;

	making_start(&m);
	return making_finish(&m, load(&m, NULL, text, diags), out);
}

void patterns_free(struct patterns *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->loaded->n; i++) {
		ydoc_release(&p->loaded->files[i].doc);
		source_release(&p->loaded->files[i].source);
	}
	free(p->loaded);
	phrases_free(p->phrases);
	free(p->items);
	free(p->fillers);
	free(p->owners);
	free(p->first_owner);
	free(p);
}
