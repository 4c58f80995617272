/* What threads can be about, as the rules say.  Whether one is, is judge.c's. */
#include "select/rules.h"

#include "base/suggest.h"

static int read_topic_name(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct topic *t = member;

	t->at = node->at;
	t->n = node->n;
	return field_slug(node, &t->name, ctx);
}

static int read_when(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	return predicate_read(member, node, "when", NULL, ctx);
}

static int read_topic(struct topic *t, const struct ynode *node, struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "name", FIELD_CUSTOM, 0, .required = true,
		  .parse = read_topic_name },
		{ .name = "title", FIELD_STR, offsetof(struct topic, title),
		  .required = true },
		{ .name = "when", FIELD_CUSTOM, offsetof(struct topic, when),
		  .required = true, .parse = read_when },
		{ .name = NULL }
	};

	*t = (struct topic){ .name = STR_NONE };
	return fields_read(node, rows, t, "topics", ctx);
}

/* Pages are by title, conditions by name. */
static int check_topics(const struct rules *r, struct fields_ctx *ctx)
{
	int result = 0;

	for (size_t i = 0; i < r->topics_n; i++)
		for (size_t j = 0; j < i; j++) {
			const struct topic *t = &r->topics[i], *before = &r->topics[j];
			bool name = str_eq(t->name, before->name);

			if (!name && !str_eq(t->title, before->title))
				continue;
			result = diag_add(ctx->diags, DIAG_DUPLICATE_ID,
					  place_in(ctx->source, t->at, t->n),
					  "a topic '%.*s' was already there",
					  STR_ARG(name ? t->name : t->title));
			break;
		}
	return result;
}

int topics_read(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct rules *r = member;
	int result = 0;

	if (ydoc_is_null(node))
		return 0;
	if (node->kind != Y_LIST)
		return field_expected(node, "a list of topics", ctx);
	if (node->count > TOPICS_MOST)
		return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node->key, ctx),
				"more than %d topics", TOPICS_MOST);
	r->topics = arena_array(ctx->arena, struct topic, node->count);
	r->vocabulary.in_topic = true;
	for (const struct ynode *i = node->first; i; i = i->next)
		if (read_topic(&r->topics[r->topics_n++], i, ctx) < 0)
			result = -1;
	r->vocabulary.in_topic = false;
	return result < 0 ? -1 : check_topics(r, ctx);
}

static const struct topic *find_topic(const struct rules *r, struct str name)
{
	for (size_t i = 0; i < r->topics_n; i++)
		if (str_eq(r->topics[i].name, name))
			return &r->topics[i];
	return NULL;
}

static int no_topic(const struct rules *r, const struct topic_asked *asked,
		    struct fields_ctx *ctx)
{
	const char *names[TOPICS_MOST], *meant;

	for (size_t i = 0; i < r->topics_n; i++)
		names[i] = arena_strz(ctx->arena, r->topics[i].name);
	meant = suggest(*asked->name, names, r->topics_n);
	diag_add(ctx->diags, DIAG_BAD_VALUE, place_in(ctx->source, asked->at, asked->n),
		 "no topic '%.*s' under 'topics'", STR_ARG(*asked->name));
	if (meant)
		diag_hint(ctx->diags, "did you mean '%s'?", meant);
	return -1;
}

/* Conditions may stand before the topics that they ask for. */
int topics_resolve(struct rules *r, struct fields_ctx *ctx)
{
	struct vocabulary *v = &r->vocabulary;
	int result = 0;

	for (size_t i = 0; i < v->topics_n; i++) {
		const struct topic *t = find_topic(r, *v->topics[i].name);

		if (!t) {
			result = no_topic(r, &v->topics[i], ctx);
			continue;
		}
		*v->topics[i].number = (uint32_t)(t - r->topics);
		*v->topics[i].name = t->title;
	}
	return result;
}
