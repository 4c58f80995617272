/* A thread's words, read only when asked for. */
#include "select/reading.h"

#include "base/mem.h"

#include <stdlib.h>

void reading_init(struct reading *r)
{
	r->arena = (struct arena)ARENA_INIT;
	buf_init(&r->visible);
	r->found = xcalloc(phrases_count(r->vocabulary->phrases) + 1, sizeof(*r->found));
}

void reading_release(struct reading *r)
{
	arena_release(&r->arena);
	buf_release(&r->visible);
	free(r->found);
}

void reading_begin(struct reading *r, int64_t row)
{
	r->row = row;
	r->state = READING_NOTHING;
}

const struct thread *reading_thread(struct reading *r)
{
	if (r->state == READING_NOTHING) {
		arena_reset(&r->arena);
		r->state = READING_THREAD;
		if (archive_thread(r->archive, r->row, r->venues, r->venues_n, &r->arena,
				   &r->thread, r->diags) < 0)
			r->state = READING_FAILED;
	}
	return r->state == READING_FAILED ? NULL : &r->thread;
}

static bool note_phrase(void *ctx, int phrase, size_t from, size_t to)
{
	bool *found = ctx;

	(void)from;
	(void)to;
	found[phrase] = true;
	return true;
}

/* Nothing is found across the end of a part: a title's last word and a post's
 * first make no phrase. */
static void read_parts(struct reading *r)
{
	const struct thread *t = &r->thread;

	r->parts = arena_array(&r->arena, struct str, t->posts_n + 1);
	r->parts[0] = t->title;
	r->text = (struct thread_text){ r->parts, 1, r->found };
	for (size_t i = 0; i < t->posts_n; i++) {
		struct body_tree tree;

		if (t->posts[i].gone || t->posts[i].hidden)
			continue;
		body_read(&r->arena, t->posts[i].format, t->posts[i].body, &tree);
		buf_reset(&r->visible);
		body_visible(&tree, VISIBLE_NO_QUOTES, &r->visible);
		r->parts[r->text.n++] = arena_str(&r->arena, buf_str(&r->visible));
	}
}

static void find_phrases(struct reading *r)
{
	size_t n = phrases_count(r->vocabulary->phrases);

	memset(r->found, 0, n * sizeof(*r->found));
	for (size_t i = 0; n && i < r->text.n; i++)
		phrases_search(r->vocabulary->phrases, r->parts[i], note_phrase,
			       r->found);
}

const struct thread_text *reading_text(void *ctx)
{
	struct reading *r = ctx;

	if (!reading_thread(r))
		return NULL;
	if (r->state == READING_THREAD) {
		read_parts(r);
		find_phrases(r);
		r->state = READING_TEXT;
	}
	return &r->text;
}
