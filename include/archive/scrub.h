#ifndef ARCHIVE_SCRUB_H
#define ARCHIVE_SCRUB_H

#include "archive/archive.h"

/*
 * What others quote of the forgotten, and their names in what others wrote,
 * replaced by a mark.  One and the same work is done to the rows of the archive
 * when somebody is forgotten and to posts that come in later, and it knows what to
 * look for from keyed hashes, so that the same export comes to the same rows.  For
 * the archive's own files.
 *
 * Text.  A removed post leaves the hash of each sentence of at least four words,
 * and of each shorter one bound to its thread.  While the post itself is at hand
 * (when it is forgotten; when an export still holds it) each run of four words
 * counts too (shingles: Broder, "On the resemblance and containment of documents",
 * 1997), so that a piece of a sentence is found.  Those runs aren't kept: whoever has
 * the key could go from one to the next and spell the post out, guessing one
 * word at a time.  A quotation is removed text when at least half of its words
 * stand in sentences that are known so; then its own hash is kept, bound to the
 * thread, for the day on which the venue no longer has the post.
 *
 * Names.  See scrub_learn_author().
 */
struct scrub;

#define SCRUB_MARK "[removed]"

struct scrub *scrub_new(struct archive *a); /* owned: scrub_free */
void scrub_free(struct scrub *s);           /* NULL is fine */

/* All that follows is about this thread; its strings are borrowed until the next. */
int scrub_enter(struct scrub *s, struct str venue, struct str thread, struct diags *diags);
/* Pieces of posts learnt so far no longer count. */
void scrub_forget_pieces(struct scrub *s);

/* What the post's author wrote in it: all of it but quotations. */
int scrub_learn_post(struct scrub *s, enum body_format format, struct str body,
		     struct diags *diags);
/* The thread's title is removed text: marks the thread, and the title's slug is a
 * name. */
int scrub_learn_title(struct scrub *s, struct str title, struct diags *diags);
/* 1: the title of this thread is removed text. */
int scrub_title_gone(struct scrub *s, struct diags *diags);
/*
 * The author's name and, where it can be read, their account took part in the thread.
 * A name counts anywhere when it can't be taken for a word (a digit, '_', '-', '.',
 * a capital inside, several words, or eight letters and more); else behind '@', in
 * what leads to a profile, where it says who is quoted, and in the threads in which
 * they took part.  An account that is the hash of an address counts where the address
 * stands.
 */
int scrub_learn_author(struct scrub *s, const struct author *author, struct diags *diags);

/* That name, wherever it stands. */
int scrub_learn_name(struct scrub *s, struct str name, struct diags *diags);

/* What is left of a body, of a text without quotations, of an address.  1: it differs
 * and is in the arena; 0: *out is the text itself; -1. */
int scrub_body(struct scrub *s, enum body_format format, struct str body,
	       struct arena *arena, struct str *out, struct diags *diags);
int scrub_text(struct scrub *s, struct str text, struct arena *arena, struct str *out,
	       struct diags *diags);
int scrub_url(struct scrub *s, struct str url, struct arena *arena, struct str *out,
	      struct diags *diags);
/* A curator's quote: as text, and the mark alone when it is removed text. */
int scrub_quote(struct scrub *s, struct str quote, struct arena *arena, struct str *out,
		struct diags *diags);

/* From now on, unsure names are counted. */
void scrub_ask(struct scrub *s);

/* So far. */
struct scrub_counts {
	size_t quotations, names; /* replaced */
	size_t unsure; /* capitalised words that may be a name, in threads of others */
};
const struct scrub_counts *scrub_counts(const struct scrub *s);

/* --- scrub-rows.c: titles, addresses, posts and labels of all threads.  Notes the
 * threads that it changes. --- */
int scrub_rows(struct scrub *s, struct archive *a, struct archive_forgotten *out,
	       struct diags *diags);

/* --- scrub-words.c --- */
/* The next word at or behind `from`: "jane_doe", "a.b-c".  Empty at the end. */
struct str scrub_word(struct str text, size_t from);
/*
 * Appends what stands between two words of a name, from a word's end on, in one form:
 * blanks, a line's end and marks of quotation are one blank, "O&#39;Brien" and
 * "O%27Brien" are "O'Brien".  Where it ends; 0 when it is more than names have.
 */
size_t scrub_gap(struct str text, size_t from, struct buf *out);

/* --- scrub-address.c --- */
/* The mail address, as written or spelt " at ", that begins at from: its end, and the id
 * of the account that is known by it.  0: there is none. */
size_t scrub_address(struct str text, size_t from, char id[AUTHOR_HASH + 1]);

/* --- scrub-names.c --- */
struct scrub_names;
struct scrub_names *scrub_names_new(struct archive *a);
void scrub_names_free(struct scrub_names *n);
int scrub_names_enter(struct scrub_names *n, struct str venue, struct str thread,
		      struct diags *diags);
int scrub_names_learn(struct scrub_names *n, const struct author *author,
		      struct diags *diags);
int scrub_names_learn_anywhere(struct scrub_names *n, struct str name,
			       struct diags *diags);
int scrub_names_learn_slug(struct scrub_names *n, struct str slug, struct diags *diags);
/* Appends text with names replaced by mark, or nothing when there are none.
 * introduces(ctx, at): byte `at` lies where it is said who is quoted; NULL: nowhere.
 * How many were replaced. */
int scrub_names_replace(struct scrub_names *n, struct str text, struct str mark,
			bool (*introduces)(void *ctx, size_t at), void *ctx,
			struct buf *out);
/* Words in the last text that may be a name; none unless asked for. */
void scrub_names_ask(struct scrub_names *n);
size_t scrub_names_unsure(const struct scrub_names *n);

#endif
