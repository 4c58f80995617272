/* Labels that are more than words: what they say is put where the choice looks. */
#include "archive/handle.h"

#include "base/mem.h"

static int set_embargo(struct archive *a, int64_t thread, int64_t until, struct diags *diags)
{
	static const char sql[] =
		"UPDATE thread SET embargo = ?2 WHERE id = ?1 AND embargo IS NOT ?2";
	struct query *q = db_query(a->db, "thread", sql, diags);

	query_bind_int(q, thread);
	query_bind_unless(q, until, WHEN_NONE);
	return query_run(q);
}

static int set_expires(struct archive *a, int64_t thread, int64_t until, struct diags *diags)
{
	static const char sql[] =
		"UPDATE thread SET expires = ?2 WHERE id = ?1 AND expires IS NOT ?2";
	struct query *q = db_query(a->db, "thread", sql, diags);

	query_bind_int(q, thread);
	query_bind_unless(q, until, WHEN_NONE);
	return query_run(q);
}

/* What applies to a post is said of it; the rest is said of the thread. */
static const struct effect {
	const char *name, *opposite;
	int (*set)(struct archive *a, int64_t thread, int64_t until, struct diags *diags);
} effects[] = {
	{ "embargo", "not-embargo", set_embargo },
	{ "expires", "not-expires", set_expires },
	{ "permission", "not-permission", NULL },
};

static const struct effect *effect_of(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(effects); i++)
		if (str_is(name, effects[i].name) || str_is(name, effects[i].opposite))
			return &effects[i];
	return NULL;
}

/* The latest word: strings in the scratch arena.  1, 0 when there is none, or -1. */
static int latest(struct archive *a, int64_t thread, const struct effect *e,
		  struct str post, struct label *out, struct diags *diags)
{
	static const char sql[] =
		"SELECT id, name, note FROM label WHERE thread_id = ?1 AND name IN (?2, ?3) "
		"AND (?4 IS NULL OR post = ?4) ORDER BY at DESC, name DESC, post DESC, "
		"by DESC, quote DESC, note DESC LIMIT 1";
	struct query *q = db_query(a->db, "label", sql, diags);
	int got;

	query_bind_int(q, thread);
	query_bind_text(q, str_of(e->name));
	query_bind_text(q, str_of(e->opposite));
	query_bind_optional(q, e->set ? STR_NONE : post);
	got = query_step(q);
	if (got != 1)
		return got;
	query_id(q);
	*out = (struct label){ .name = arena_str(&a->scratch, query_name(q)) };
	out->note = arena_str(&a->scratch, query_optional(q));
	if (query_failed(q))
		return -1;
	query_end(q);
	return 1;
}

int archive_apply_label(struct archive *a, int64_t thread, const struct label *label,
			struct diags *diags)
{
	const struct effect *e = effect_of(label->name);
	struct label word;
	int64_t until = WHEN_NONE;
	int got;

	invariant(a->in_write);
	if (!e || (!e->set && !label->post.n))
		return 0;
	arena_reset(&a->scratch);
	got = latest(a, thread, e, label->post, &word, diags);
	if (got <= 0)
		return got;
	if (!e->set)
		return archive_set_permission(a, thread, label->post,
					      str_is(word.name, e->name) ? word.note : STR_NONE,
					      diags);
	/* A note without a time is none of ours: what the thread says stays. */
	if (str_is(word.name, e->name) && !label_until(&word, &until))
		return 0;
	return e->set(a, thread, until, diags);
}
