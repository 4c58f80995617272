/* A thread's words, read only when asked for. */
#include "select/reading.h"

#include "base/mem.h"

#include <stdlib.h>

void reading_init(struct reading *r)
{
	r->arena = (struct arena)ARENA_INIT;
	buf_init(&r->visible);
	if (r->vocabulary)
		r->found = xcalloc(phrases_count(r->vocabulary->phrases) + 1,
				   sizeof(*r->found));
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
	r->kept = r->texts ? texts_find(r->texts, row) : NULL;
	r->parts = r->kept ? text_parts(r->kept, &r->parts_n) : NULL;
	r->searched = false;
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

const struct thread *reading_post(struct reading *r, struct str post)
{
	if (r->state != READING_NOTHING)
		return reading_thread(r);
	arena_reset(&r->arena);
	if (archive_thread_post(r->archive, r->row, post, r->venues, r->venues_n, &r->arena,
				&r->thread, r->diags) < 0)
		return NULL;
	return &r->thread;
}

static struct str visible(struct reading *r, const struct post *post)
{
	struct body_tree tree;

	body_read(&r->arena, post->format, post->body, &tree);
	buf_reset(&r->visible);
	body_visible(&tree, VISIBLE_NO_QUOTES, &r->visible);
	return arena_str(&r->arena, buf_str(&r->visible));
}

/* Its title and its posts. */
static int read_parts(struct reading *r)
{
	const struct thread *t = reading_thread(r);
	struct str *parts;

	if (!t)
		return -1;
	parts = arena_array(&r->arena, struct str, t->posts_n + 1);
	parts[0] = t->title;
	r->parts_n = 1;
	for (size_t i = 0; i < t->posts_n; i++)
		if (!t->posts[i].gone && !t->posts[i].hidden)
			parts[r->parts_n++] = visible(r, &t->posts[i]);
	r->parts = parts;
	if (r->kept)
		text_keep(r->texts, r->kept, parts, r->parts_n);
	return 0;
}

int reading_has(void *ctx, uint32_t phrase)
{
	struct reading *r = ctx;
	enum verdict known = r->kept ? text_phrase(r->texts, r->kept, phrase)
				     : VERDICT_UNKNOWN;

	if (known != VERDICT_UNKNOWN)
		return known == VERDICT_YES;
	if (!r->parts && read_parts(r) < 0)
		return -1;
	if (!r->searched) {
		parts_find(r->vocabulary, r->parts, r->parts_n, r->found);
		r->searched = true;
		if (r->kept)
			text_set_phrases(r->texts, r->kept, r->found);
	}
	return r->found[phrase];
}

int reading_matches(void *ctx, uint32_t pattern)
{
	struct reading *r = ctx;
	enum verdict known = r->kept ? text_pattern(r->texts, r->kept, pattern)
				     : VERDICT_UNKNOWN;

	if (known == VERDICT_UNKNOWN) {
		if (!r->parts && read_parts(r) < 0)
			return -1;
		known = parts_match(r->vocabulary, pattern, r->parts, r->parts_n);
		if (r->kept)
			text_set_pattern(r->texts, r->kept, pattern, known);
	}
	return known == VERDICT_STOPPED ? MATCH_STOPPED : known == VERDICT_YES;
}

void texts_read_ahead(struct texts *t, size_t i, struct archive *a,
		      const struct venue *venues, size_t venues_n)
{
	struct diags unasked = DIAGS_INIT;
	struct reading r = { .archive = a, .venues = venues, .venues_n = venues_n,
			     .texts = t, .diags = &unasked };
	int64_t row;

	if (!texts_lacks(t, i, &row))
		return;
	reading_init(&r);
	reading_begin(&r, row);
	read_parts(&r);
	reading_release(&r);
	diags_release(&unasked);
}
