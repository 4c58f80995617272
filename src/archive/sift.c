/*
 * What of a thread may come into the archive: posts and authors that were forgotten
 * stay out, and so does what the other posts have of them.
 */
#include "archive/handle.h"
#include "archive/scrub.h"

#include "base/mem.h"

struct scrub *archive_scrub(struct archive *a)
{
	if (!a->scrub)
		a->scrub = scrub_new(a);
	return a->scrub;
}

void archive_scrub_drop(struct archive *a)
{
	scrub_free(a->scrub);
	a->scrub = NULL;
}

/* --- Threads --- */

enum { KEPT, REFUSED_POST, REFUSED_AUTHOR };

/* Whether post or author were forgotten; -1 on failure. */
static int judge(struct archive *a, const struct thread *t, const struct post *post,
		 struct diags *diags)
{
	struct str venue = t->venue->slug;
	int found = 0;

	if (post->author)
		found = tombstone_find(a, TOMBSTONE_AUTHOR, venue, post->author->id, STR_NONE,
				       diags);
	if (found)
		return found < 0 ? -1 : REFUSED_AUTHOR;
	found = tombstone_find(a, TOMBSTONE_POST, venue, t->id, post->id, diags);
	return found <= 0 ? found : REFUSED_POST;
}

static int learn_refused(struct archive *a, const struct thread *t, const int *verdicts,
			 struct diags *diags)
{
	struct scrub *s = archive_scrub(a);

	for (size_t i = 0; i < t->posts_n; i++) {
		const struct post *p = &t->posts[i];

		if (verdicts[i] == KEPT)
			continue;
		/* For what refers to it and doesn't say whose it is. */
		if (verdicts[i] == REFUSED_AUTHOR &&
		    tombstone_add(a, TOMBSTONE_POST, t->venue->slug, t->id, p->id, diags) < 0)
			return -1;
		if (scrub_learn_post(s, p->format, p->body, diags) < 0 ||
		    (i == 0 && scrub_learn_title(s, t->title, diags) < 0) ||
		    (verdicts[i] == REFUSED_AUTHOR &&
		     scrub_learn_author(s, p->author, diags) < 0))
			return -1;
	}
	return 0;
}

/* What leads to a post that stays out leads nowhere. */
static void drop_references(struct archive *a, struct thread *t, const bool *refused)
{
	struct str *ids = arena_array(&a->scratch, struct str, t->posts_n);
	size_t n = 0;

	for (size_t i = 0; i < t->posts_n; i++)
		if (refused[i])
			ids[n++] = t->posts[i].id;
	str_sort(ids, n);
	if (str_among(ids, n, t->solved_by))
		t->solved_by = STR_NONE;
	for (size_t i = 0; i < t->posts_n; i++)
		if (str_among(ids, n, t->posts[i].parent))
			t->posts[i].parent = STR_NONE;
}

static int scrub_head(struct archive *a, struct thread *t, struct diags *diags)
{
	struct scrub *s = archive_scrub(a);
	int gone = scrub_title_gone(s, diags);

	if (gone < 0 || scrub_url(s, t->url, &a->scratch, &t->url, diags) < 0)
		return -1;
	if (gone)
		t->title = STR(SCRUB_MARK);
	return gone ? 0 : scrub_text(s, t->title, &a->scratch, &t->title, diags);
}

static int scrub_post(struct archive *a, struct post *p, struct diags *diags)
{
	struct scrub *s = archive_scrub(a);

	if (scrub_url(s, p->url, &a->scratch, &p->url, diags) < 0)
		return -1;
	return scrub_body(s, p->format, p->body, &a->scratch, &p->body, diags) < 0 ? -1 : 0;
}

int sift_thread(struct archive *a, struct thread *t, bool *refused, struct diags *diags)
{
	int *verdicts, n = 0;
	struct scrub *s;

	if (!a->tombstones)
		return 0;
	verdicts = arena_array(&a->scratch, int, t->posts_n);
	for (size_t i = 0; i < t->posts_n; i++) {
		verdicts[i] = judge(a, t, &t->posts[i], diags);
		if (verdicts[i] < 0)
			return -1;
		refused[i] = verdicts[i] != KEPT;
		n += refused[i];
	}
	if (!n && !a->scrubs)
		return 0;
	s = archive_scrub(a);
	scrub_forget_pieces(s);
	if (scrub_enter(s, t->venue->slug, t->id, diags) < 0 ||
	    learn_refused(a, t, verdicts, diags) < 0 || scrub_head(a, t, diags) < 0)
		return -1;
	if (n)
		drop_references(a, t, refused);
	for (size_t i = 0; i < t->posts_n; i++)
		if (!refused[i] && scrub_post(a, &t->posts[i], diags) < 0)
			return -1;
	return n;
}

/* --- Labels --- */

static int sift_texts(struct archive *a, struct str venue, struct str id,
		      struct label *label, struct diags *diags)
{
	struct scrub *s = archive_scrub(a);

	if (scrub_enter(s, venue, id, diags) < 0 ||
	    scrub_quote(s, label->quote, &a->scratch, &label->quote, diags) < 0)
		return -1;
	return scrub_text(s, label->note, &a->scratch, &label->note, diags) < 0 ? -1 : 0;
}

int sift_label(struct archive *a, int64_t thread, struct label *label, struct diags *diags)
{
	static const char sql[] = "SELECT t.id, v.slug, t.ref FROM thread AS t, venue AS v "
				  "WHERE t.id = ? AND v.id = t.venue_id";
	struct str venue, id;
	struct query *q;
	int found;

	if (!a->tombstones)
		return 0;
	q = db_query(a->db, "thread", sql, diags);
	query_bind_int(q, thread);
	found = query_step(q);
	if (found != 1)
		return found;
	query_id(q);
	venue = query_text(q);
	id = query_text(q);
	if (query_failed(q))
		return -1;
	found = 0;
	if (label->post.n)
		found = tombstone_find(a, TOMBSTONE_POST, venue, id, label->post, diags);
	if (!found && a->scrubs && sift_texts(a, venue, id, label, diags) < 0)
		found = -1;
	query_end(q);
	return found;
}
