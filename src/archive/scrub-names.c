/*
 * Names of the forgotten.  What a name is comes from hashes alone, so that each word
 * of a text is hashed too; what was found out of the last ones is kept, since a
 * text has few words that are many.
 */
#include "archive/scrub.h"

#include "archive/handle.h"
#include "base/mem.h"
#include "base/seen.h"
#include "base/utf8.h"

#include <stdlib.h>

enum {
	WORDS_MAX = 8,    /* of a name that is looked for */
	SEGMENT_MAX = 64, /* bytes of a part of a path */
	DISTINCT_MIN = 4, /* letters of a name that is one by its form */
	LONG = 8,         /* letters of a name that is one by its length */
	/* Words that are remembered, and up to which length. */
	MEMO = 1 << 16,
	MEMO_WORD = 46
};

/* What a word without case may be: a name anywhere, the first word of one. */
enum { ANYWHERE = 1, BEGINS = 2 };

struct memo {
	unsigned char n, is; /* n 0: free */
	char word[MEMO_WORD];
};

struct scrub_names {
	struct archive *a;
	struct str venue, thread; /* borrowed */
	bool took_part;           /* somebody forgotten did in this thread */
	bool loaded;
	bool any_short; /* some name anywhere, or its first word, has few letters */
	struct seen known;  /* hashes of all names */
	struct memo *memo;  /* owned: MEMO of them; NULL: not needed yet */
	struct buf word, words; /* of the call */
	bool asks;     /* somebody wants to know of unsure ones */
	size_t unsure; /* in the last text */
};

struct scrub_names *scrub_names_new(struct archive *a)
{
	struct scrub_names *n = xcalloc(1, sizeof(*n));

	n->a = a;
	buf_init(&n->word);
	buf_init(&n->words);
	return n;
}

void scrub_names_free(struct scrub_names *n)
{
	seen_release(&n->known);
	free(n->memo);
	buf_release(&n->word);
	buf_release(&n->words);
	free(n);
}

void scrub_names_ask(struct scrub_names *n)
{
	n->asks = true;
}

size_t scrub_names_unsure(const struct scrub_names *n)
{
	return n->unsure;
}

/* --- Hashes --- */

static struct str hash_str(const unsigned char *hash)
{
	return str_make((const char *)hash, SHA256_SIZE);
}

static int note_hash(void *ctx, const unsigned char *hash)
{
	struct seen *known = ctx;

	seen_add(known, hash_str(hash), STR(""), 1);
	return 0;
}

static bool is_known(const struct scrub_names *n, struct str venue, struct str thread,
		     struct str name)
{
	unsigned char hash[SHA256_SIZE];

	for (size_t i = 0; i < n->a->keys_n; i++) {
		tombstone_hash(&n->a->keys[i], TOMBSTONE_NAME, venue, thread, name, hash);
		if (seen_get(&n->known, hash_str(hash), STR("")))
			return true;
	}
	return false;
}

/* Stands for all short names: where there is none, short words needn't be hashed, and
 * half of a text are such. */
#define ANY_SHORT STR(" ")

static int learn(struct scrub_names *n, struct str venue, struct str thread,
		 struct str name, struct diags *diags)
{
	unsigned char hash[SHA256_SIZE];

	if (!venue.n && name.n <= DISTINCT_MIN && !n->any_short) {
		n->any_short = true;
		if (learn(n, venue, thread, ANY_SHORT, diags) < 0)
			return -1;
	}

	tombstone_hash(&n->a->keys[0], TOMBSTONE_NAME, venue, thread, name, hash);
	if (seen_add(&n->known, hash_str(hash), STR(""), 1))
		return 0;
	free(n->memo);
	n->memo = NULL;
	return tombstone_add(n->a, TOMBSTONE_NAME, venue, thread, name, diags);
}

int scrub_names_enter(struct scrub_names *n, struct str venue, struct str thread,
		      struct diags *diags)
{
	if (!n->loaded && tombstone_each(n->a, TOMBSTONE_NAME, note_hash, &n->known, diags) < 0)
		return -1;
	if (!n->loaded)
		n->any_short = is_known(n, STR(""), STR(""), ANY_SHORT);
	n->loaded = true;
	n->venue = venue;
	n->thread = thread;
	n->took_part = n->known.n && is_known(n, venue, thread, STR(""));
	return 0;
}

/* --- Words of names --- */

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static void add_folded(struct buf *out, struct str s)
{
	const char *p = s.p, *end = str_end(s);

	buf_room(out, s.n);
	while (p < end) {
		const char *from = p;
		uint32_t c;

		if ((unsigned char)*p < 0x80) {
			buf_addc(out, (char)(is_upper(*p) ? *p + ('a' - 'A') : *p));
			p++;
			continue;
		}
		c = utf8_next(&p, end);
		if (c == UTF8_BAD)
			buf_addc(out, *from);
		else
			utf8_add(out, utf8_fold(c));
	}
}

/* Whether the word can't be taken for one of the language's. */
static bool is_distinct(struct str s)
{
	size_t letters = utf8_count(s);

	if (letters < DISTINCT_MIN)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_' || s.p[i] == '-' ||
		    s.p[i] == '.' || (i && is_upper(s.p[i]) && !is_upper(s.p[i - 1])))
			return true;
	return letters >= LONG;
}

/* --- Learning --- */

/* As it is written, and with a capital, in this thread. */
static int learn_here(struct scrub_names *n, struct str name, struct diags *diags)
{
	char first = name.p[0];

	if (utf8_count(name) < 2)
		return 0;
	if (learn(n, n->venue, n->thread, name, diags) < 0)
		return -1;
	if (first < 'a' || first > 'z')
		return 0;
	buf_reset(&n->word);
	buf_addc(&n->word, (char)(first - ('a' - 'A')));
	buf_addstr(&n->word, str_slice(name, 1, name.n));
	return learn(n, n->venue, n->thread, buf_str(&n->word), diags);
}

static int learn_word(struct scrub_names *n, struct str name, struct diags *diags)
{
	bool distinct = is_distinct(name);

	if (str_ieq(name, STR("removed")))
		return 0; /* it stands in every mark */
	buf_reset(&n->word);
	add_folded(&n->word, name);
	if (learn(n, distinct ? STR("") : n->venue, STR(""), buf_str(&n->word), diags) < 0)
		return -1;
	return distinct ? 0 : learn_here(n, name, diags);
}

/* Words that begin names and aren't one. */
static bool is_particle(struct str word)
{
	static const char *const particles[] = {
		"the", "mr", "mrs", "ms", "dr", "prof", "user", "von", "van", "der", "and", "for",
		"removed",
	};

	for (size_t i = 0; i < ARRAY_LEN(particles); i++)
		if (str_ieq(word, str_of(particles[i])))
			return true;
	return word.n < 3;
}

/* All words as one, as accounts and addresses have them. */
static int learn_joined(struct scrub_names *n, const struct str *words, size_t count,
			struct diags *diags)
{
	static const char *const joints[] = { "-", "_", ".", "" };

	for (size_t k = 0; k < ARRAY_LEN(joints); k++) {
		buf_reset(&n->words);
		for (size_t i = 0; i < count; i++) {
			buf_adds(&n->words, i ? joints[k] : "");
			add_folded(&n->words, words[i]);
		}
		if (utf8_count(buf_str(&n->words)) >= DISTINCT_MIN &&
		    learn(n, STR(""), STR(""), buf_str(&n->words), diags) < 0)
			return -1;
	}
	return 0;
}

/* With what stands between the words: "john q. public", "o'brien". */
static int learn_written(struct scrub_names *n, const struct str *words, size_t count,
			 struct diags *diags)
{
	struct str name = str_make(words[0].p, (size_t)(str_end(words[count - 1]) - words[0].p));

	buf_reset(&n->words);
	for (size_t i = 0; i < count; i++) {
		add_folded(&n->words, words[i]);
		if (i + 1 < count &&
		    !scrub_gap(name, (size_t)(str_end(words[i]) - name.p), &n->words))
			return 0;
	}
	return learn(n, STR(""), STR(""), buf_str(&n->words), diags);
}

static int learn_words(struct scrub_names *n, const struct str *words, size_t count,
		       struct diags *diags)
{
	buf_reset(&n->words);
	for (size_t i = 0; i < count; i++) {
		add_folded(&n->words, words[i]);
		buf_addc(&n->words, ' ');
		/* "jane " begins a longer name. */
		if (i == 0 && learn(n, STR(""), STR(""), buf_str(&n->words), diags) < 0)
			return -1;
	}
	buf_cut(&n->words, n->words.n - 1);
	if (learn(n, STR(""), STR(""), buf_str(&n->words), diags) < 0 ||
	    learn_joined(n, words, count, diags) < 0 ||
	    learn_written(n, words, count, diags) < 0)
		return -1;
	/* In a thread one says "Jane". */
	for (size_t i = 0; i < count; i++)
		if (!is_particle(words[i]) && learn_here(n, words[i], diags) < 0)
			return -1;
	return 0;
}

static size_t split(struct str name, struct str words[WORDS_MAX])
{
	size_t at = 0, count = 0;

	while (count < WORDS_MAX) {
		struct str word = scrub_word(name, at);

		if (!word.n)
			break;
		words[count++] = word;
		at = (size_t)(str_end(word) - name.p);
	}
	return count;
}

int scrub_names_learn(struct scrub_names *n, const struct author *author,
		      struct diags *diags)
{
	struct str words[WORDS_MAX];
	size_t count = split(author->name, words);
	bool is_number = author->id.n != AUTHOR_HASH;

	n->took_part = true;
	if (learn(n, n->venue, n->thread, STR(""), diags) < 0)
		return -1;
	if (count == 1 && learn_word(n, words[0], diags) < 0)
		return -1;
	if (count > 1 && learn_words(n, words, count, diags) < 0)
		return -1;
	/* An account that reads like a name is one: "u17" and "4711" aren't. */
	for (size_t i = 0; i < author->id.n; i++)
		is_number &= i == 0 || (author->id.p[i] >= '0' && author->id.p[i] <= '9');
	if (is_number || split(author->id, words) != 1 || words[0].n != author->id.n)
		return 0;
	return learn_word(n, words[0], diags);
}

int scrub_names_learn_anywhere(struct scrub_names *n, struct str name,
			       struct diags *diags)
{
	struct str words[WORDS_MAX];
	size_t count = split(name, words);

	if (count > 1)
		return learn_words(n, words, count, diags);
	buf_reset(&n->word);
	add_folded(&n->word, count ? words[0] : STR(""));
	return n->word.n && !str_is(buf_str(&n->word), "removed")
		       ? learn(n, STR(""), STR(""), buf_str(&n->word), diags)
		       : 0;
}

int scrub_names_learn_slug(struct scrub_names *n, struct str slug, struct diags *diags)
{
	size_t joints = 0;

	for (size_t i = 0; i < slug.n; i++)
		joints += slug.p[i] == '-';
	/* Two words may name a product. */
	if (joints < 2)
		return 0;
	return learn(n, STR(""), STR(""), scrub_word(slug, 0), diags);
}

/* --- Finding --- */

static unsigned what_is(struct scrub_names *n, struct str word)
{
	unsigned is = is_known(n, STR(""), STR(""), word) ? ANYWHERE : 0;

	buf_addc(&n->word, ' ');
	if (is_known(n, STR(""), STR(""), buf_str(&n->word)))
		is |= BEGINS;
	return is;
}

/* FNV-1a; a word that takes another's place costs time, no more. */
static size_t memo_place(struct str word)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < word.n; i++)
		h = (h ^ (unsigned char)word.p[i]) * 16777619u;
	return (h ^ h >> 16) & (MEMO - 1);
}

/* The same, remembered. */
static unsigned look_up(struct scrub_names *n, struct str written)
{
	struct memo *m;
	struct str word;

	if (written.n < DISTINCT_MIN && !n->any_short)
		return 0;
	buf_reset(&n->word);
	add_folded(&n->word, written);
	word = buf_str(&n->word);
	if (word.n > MEMO_WORD)
		return what_is(n, word);
	if (!n->memo)
		n->memo = xcalloc(MEMO, sizeof(*n->memo));
	m = &n->memo[memo_place(word)];
	if (m->n != word.n || memcmp(m->word, word.p, word.n)) {
		m->n = (unsigned char)word.n;
		memcpy(m->word, word.p, word.n);
		m->is = (unsigned char)what_is(n, word);
	}
	return m->is;
}

/* The longest name of several words that begins with this one; its end in text, or 0. */
static size_t several_words(struct scrub_names *n, struct str text, struct str word)
{
	size_t end = (size_t)(str_end(word) - text.p), found = 0;

	buf_reset(&n->words);
	add_folded(&n->words, word);
	for (int i = 1; i < WORDS_MAX; i++) {
		size_t behind = scrub_gap(text, end, &n->words);
		struct str next = scrub_word(text, behind);

		if (!behind || !next.n || next.p != text.p + behind)
			break;
		add_folded(&n->words, next);
		end = (size_t)(str_end(next) - text.p);
		if (is_known(n, STR(""), STR(""), buf_str(&n->words)))
			found = end;
	}
	return found;
}

/* The end of the address of somebody forgotten, or 0. */
static size_t address_that_goes(const struct scrub_names *n, struct str text, size_t at)
{
	char id[AUTHOR_HASH + 1];
	size_t end = scrub_address(text, at, id);

	return end && is_known(n, STR(""), STR(""), str_of(id)) ? end : 0;
}

static bool leads_to(struct str before)
{
	static const char *const leads[] = {
		"@", "/u/", "/users/", "/user/", "/profile/", "/profiles/", "/members/",
		"/member/", "/people/", "/letter_avatar/", "//github.com/", "//gitlab.com/",
		"//twitter.com/", "//x.com/", "username=\"", "username='", "quote=\"",
		"quote=", "author=\"", "author=",
	};
	struct str rest = before;

	if (!rest.n || !strchr("@/\"'=", rest.p[rest.n - 1]))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(leads); i++) {
		size_t n = strlen(leads[i]);

		if (before.n >= n &&
		    str_ieq(str_slice(before, before.n - n, before.n), str_of(leads[i])))
			return true;
	}
	/* /users/4711/jane, /user_avatar/forum.example/jane */
	rest.n--;
	while (rest.n && rest.p[rest.n - 1] != '/' && before.n - rest.n < SEGMENT_MAX)
		rest.n--;
	return str_ends(rest, STR("/users/")) || str_ends(rest, STR("/user_avatar/"));
}

/* "Jane wrote", "Jane:" at the end of a line or an element. */
static bool speaks(struct str behind)
{
	static const char *const verbs[] = { "wrote", "writes", "said", "says", "schrieb",
					     "schreef" };
	struct str rest = behind;

	while (rest.n && strchr("*_\"' ", rest.p[0]))
		rest = str_slice(rest, 1, rest.n);
	if (str_starts(rest, STR(":")))
		return rest.n == 1 || strchr("\r\n<*_", rest.p[1]);
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (str_starts(rest, str_of(verbs[i])))
			return rest.p > behind.p;
	return false;
}

/* What is said where: text, and who is quoted. */
struct scene {
	struct str text;
	bool (*introduces)(void *ctx, size_t at);
	void *ctx;
};

/* Whether the place says that the word is a name. */
static bool is_addressed(const struct scene *scene, struct str word)
{
	size_t at = (size_t)(word.p - scene->text.p);

	return leads_to(str_slice(scene->text, 0, at)) ||
	       speaks(str_slice(scene->text, at + word.n, scene->text.n)) ||
	       (scene->introduces && scene->introduces(scene->ctx, at));
}

/* Whether the word, or a piece of one, is a name that goes. */
static bool goes(struct scrub_names *n, const struct scene *scene, struct str word)
{
	bool addressed;

	if (look_up(n, word) & ANYWHERE)
		return true;
	if (n->took_part && is_known(n, n->venue, n->thread, word))
		return true;
	addressed = is_addressed(scene, word);
	if (!addressed && !(n->asks && is_upper(word.p[0])))
		return false;
	buf_reset(&n->word);
	add_folded(&n->word, word);
	if (!is_known(n, n->venue, STR(""), buf_str(&n->word)))
		return false;
	n->unsure += !addressed;
	return addressed;
}

/* The first part of a word that goes: all of it, it without a number at either end,
 * or what stands between dots and dashes.  Empty when none does. */
static struct str part_that_goes(struct scrub_names *n, const struct scene *scene,
				 struct str word)
{
	size_t from = 0, to = word.n, at = 0;

	if (goes(n, scene, word))
		return word;
	if (str_index(word, '-') == word.n && str_index(word, '.') == word.n)
		return str_slice(word, 0, 0);
	while (from < to && word.p[from] >= '0' && word.p[from] <= '9')
		from++;
	from += from && strchr(".-", word.p[from]);
	while (to > from && word.p[to - 1] >= '0' && word.p[to - 1] <= '9')
		to--;
	to -= to < word.n && to > from && strchr(".-", word.p[to - 1]);
	if ((from || to < word.n) && to > from && goes(n, scene, str_slice(word, from, to)))
		return str_slice(word, from, to);
	for (size_t i = 0; i <= word.n; i++) {
		if (i < word.n && word.p[i] != '.' && word.p[i] != '-')
			continue;
		if (i > at && goes(n, scene, str_slice(word, at, i)))
			return str_slice(word, at, i);
		at = i + 1;
	}
	return str_slice(word, 0, 0);
}

int scrub_names_replace(struct scrub_names *n, struct str text, struct str mark,
			bool (*introduces)(void *ctx, size_t at), void *ctx,
			struct buf *out)
{
	const struct scene scene = { text, introduces, ctx };
	size_t at = 0, copied = 0;
	int replaced = 0;

	n->unsure = 0;
	if (!n->known.n)
		return 0;
	for (;;) {
		struct str word = scrub_word(text, at), part;
		size_t end;

		if (!word.n)
			break;
		at = (size_t)(word.p - text.p);
		end = address_that_goes(n, text, at);
		if (!end && look_up(n, word) & BEGINS)
			end = several_words(n, text, word);
		part = end ? str_slice(text, at, end) : part_that_goes(n, &scene, word);
		at += part.n ? (size_t)(str_end(part) - word.p) : word.n;
		if (!part.n)
			continue;
		buf_addstr(out, str_slice(text, copied, (size_t)(part.p - text.p)));
		buf_addstr(out, mark);
		copied = (size_t)(str_end(part) - text.p);
		replaced++;
	}
	if (replaced)
		buf_addstr(out, str_slice(text, copied, text.n));
	return replaced;
}
