/* What an import did, in words and as JSON. */
#include "import/counts.h"

#include "base/mem.h"
#include "import/import.h"

#include <inttypes.h>

static const struct {
	const char *key, *words;
} skips[] = {
#define SKIP(name, key, words) { key, words },
#include "import/skips.h"
#undef SKIP
};

struct count {
	uint64_t n;
	const char *key, *words;
	bool always; /* said when it is 0, too */
};

struct group {
	const char *name;
	struct count counts[8]; /* ended by one without words */
};

enum { GROUPS = 3 };

static void fill_groups(const struct import_counts *c, struct group out[GROUPS])
{
	out[0] = (struct group){ "threads", {
		{ c->threads_new, "new", "new", true },
		{ c->threads_changed, "changed", "changed", true },
		{ c->threads_same, "unchanged", "unchanged", true },
		{ c->threads_gone, "gone", "gone at the venue", false },
		{ c->threads_refused, "refused", "kept out by a tombstone", false },
		{ c->solved, "solved", "solved", false },
	} };
	out[1] = (struct group){ "posts", {
		{ c->put.posts_new, "new", "new", true },
		{ c->put.posts_changed, "changed", "changed", true },
		{ c->put.posts_same, "unchanged", "unchanged", true },
		{ c->put.posts_gone, "gone", "gone at the venue", false },
		{ c->put.posts_refused, "refused", "kept out by a tombstone", false },
		{ c->replies, "replies", "replies", false },
		{ c->authors_unknown, "deleted_accounts", "by deleted accounts", false },
	} };
	out[2] = (struct group){ "products", {
		{ c->products_new, "new", "new", true },
		{ c->products_changed, "changed", "changed", true },
		{ c->products_same, "unchanged", "unchanged", true },
	} };
}

/* A group in which nothing happened isn't worth its words. */
static bool is_empty(const struct group *g)
{
	for (const struct count *c = g->counts; c->words; c++)
		if (c->n)
			return false;
	return true;
}

static void add_group(const struct group *g, struct buf *out)
{
	const char *between = ": ";

	buf_addf(out, "%s%s", out->n ? "; " : "", g->name);
	for (const struct count *c = g->counts; c->words; c++) {
		if (!c->n && !c->always)
			continue;
		buf_addf(out, "%s%" PRIu64 " %s", between, c->n, c->words);
		between = ", ";
	}
}

void import_counts_text(const struct import_counts *c, struct buf *out)
{
	struct group groups[GROUPS];
	const char *between = "; left out: ";

	fill_groups(c, groups);
	/* What was read may hold products alone. */
	for (size_t i = 0; i < GROUPS; i++)
		if (!is_empty(&groups[i]) || (i == 0 && is_empty(&groups[2])))
			add_group(&groups[i], out);
	for (size_t i = 0; i < ARRAY_LEN(skips); i++) {
		if (!c->skipped[i])
			continue;
		buf_addf(out, "%s%" PRIu64 " %s", between, c->skipped[i], skips[i].words);
		between = ", ";
	}
	if (c->put.labels_stale)
		buf_addf(out, "; labels to review: %" PRIu64, c->put.labels_stale);
}

void import_counts_json(const struct import_counts *c, struct jsonw *w)
{
	struct group groups[GROUPS];

	fill_groups(c, groups);
	jsonw_object(w);
	for (size_t i = 0; i < GROUPS; i++) {
		jsonw_key(w, groups[i].name);
		jsonw_object(w);
		for (const struct count *n = groups[i].counts; n->words; n++)
			jsonw_key_int(w, n->key, (int64_t)n->n);
		jsonw_object_end(w);
	}
	jsonw_key(w, "skipped");
	jsonw_object(w);
	for (size_t i = 0; i < ARRAY_LEN(skips); i++)
		jsonw_key_int(w, skips[i].key, (int64_t)c->skipped[i]);
	jsonw_object_end(w);
	jsonw_key_int(w, "labels_to_review", (int64_t)c->put.labels_stale);
	jsonw_object_end(w);
}
