/*
 * Phrases: one automaton for all.  What a phrase's hit means is the caller's.
 *
 * Both phrases and texts are brought into one form first: folded, blanks as
 * one space, typographic apostrophes as ', invisible characters left out.  The
 * automaton finds the part of each phrase before its first inner wildcard;
 * what follows is compared from there, at most WILD_BYTES for each wildcard,
 * so that a search is linear in the text.
 */
#include "text/phrases.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

/* A wildcard stands for no more than this of a word: there are no longer ones. */
enum { WILD_BYTES = 128 };
enum { WILD = '\x01' }; /* in a normal form; no control is left in one */
enum { NONE = UINT32_MAX };

struct phrase {
	char *form;    /* owned; normal form with WILD for * */
	uint32_t n;    /* bytes of form */
	uint32_t head; /* where in form the automaton's part begins: 0 or 1 */
	uint32_t rest; /* and ends */
	uint32_t next; /* another phrase with the same part, or NONE */
	char *word;    /* owned; the longest stretch of form without blanks and WILD */
};

/* While phrases are added: a trie of first children and siblings. */
struct branch {
	uint32_t child, sibling, phrase;
	unsigned char byte;
};

/* Compiled: the children of a state stand side by side, in order of bytes. */
struct state {
	uint32_t child;    /* the first one */
	uint32_t fail;
	uint32_t phrase;   /* that ends here, or NONE */
	uint32_t shorter;  /* next state on the way of fail links with a phrase, or 0 */
	uint16_t children;
	unsigned char byte;
};

struct phrases {
	struct phrase *items; /* owned */
	size_t n, cap;
	struct branch *trie;  /* owned; NULL once compiled */
	size_t branches, branch_cap;
	struct state *states; /* owned; [0] is the root */
	uint32_t root[256];   /* the root's children by byte, or 0 */
	/* normal() and utf8_wordlike() of ASCII, which most texts are nearly all of */
	unsigned char ascii[128];
	bool word[128];
};

/* A text in normal form. */
struct form {
	struct buf text;
	uint32_t *at;  /* owned; for each byte and the end, where it was */
	bool *word;    /* owned; whether it belongs to a word */
	size_t cap;
};

/* 0 for what is left out. */
static uint32_t normal(uint32_t c)
{
	if (c == UTF8_BAD)
		return 0xfffd;
	if (utf8_blank(c))
		return ' ';
	if (c < 0x80)
		return c < 0x20 || c == 0x7f ? 0 : utf8_fold(c);
	if (c == 0x2018 || c == 0x2019)
		return '\'';
	return utf8_invisible(c) ? 0 : utf8_fold(c);
}

/* Room for n more bytes and the end. */
static void form_room(struct form *f, size_t n)
{
	size_t need = f->text.n + n + 1;

	buf_room(&f->text, n);
	if (need <= f->cap)
		return;
	f->cap = need + need / 2;
	f->at = xreallocarray(f->at, f->cap, sizeof(*f->at));
	f->word = xreallocarray(f->word, f->cap, sizeof(*f->word));
}

/* Up to the first byte from `from` on that isn't ASCII, or the end: where that is.
 * Nothing gets longer, so that there is room. */
static size_t add_ascii(struct form *f, const struct phrases *p, struct str s, size_t from)
{
	size_t n = f->text.n;
	char *text = f->text.p;

	for (; from < s.n && (unsigned char)s.p[from] < 0x80; from++) {
		char c = (char)p->ascii[(unsigned char)s.p[from]];

		if (!c || (c == ' ' && n && text[n - 1] == ' '))
			continue;
		text[n] = c;
		f->at[n] = (uint32_t)from;
		f->word[n++] = p->word[(unsigned char)c];
	}
	f->text.n = n;
	return from;
}

/* The character there, which isn't ASCII; where it ends. */
static size_t add_other(struct form *f, struct str s, size_t from)
{
	const char *at = s.p + from;
	uint32_t c = normal(utf8_next(&at, str_end(s)));
	size_t n = f->text.n;

	if (c && !(c == ' ' && n && f->text.p[n - 1] == ' ')) {
		utf8_add(&f->text, c);
		for (bool word = utf8_wordlike(c); n < f->text.n; n++) {
			f->at[n] = (uint32_t)from;
			f->word[n] = word;
		}
	}
	return (size_t)(at - s.p);
}

static void form_make(struct form *f, const struct phrases *p, struct str s)
{
	*f = (struct form){ .text = BUF_INIT };
	if (s.n >= UINT32_MAX / 4)
		die("text of %zu bytes is too long to search", s.n);
	form_room(f, s.n + 4);
	for (size_t from = add_ascii(f, p, s, 0); from < s.n; from = add_ascii(f, p, s, from)) {
		from = add_other(f, s, from);
		/* A bad byte has become three. */
		form_room(f, s.n - from + 4);
	}
	f->text.p[f->text.n] = '\0';
	f->at[f->text.n] = (uint32_t)s.n;
	f->word[f->text.n] = false;
}

static void form_release(struct form *f)
{
	buf_release(&f->text);
	free(f->at);
	free(f->word);
}

static uint32_t add_branch(struct phrases *p, unsigned char byte)
{
	GROW(p->trie, p->branches, p->branch_cap);
	p->trie[p->branches] = (struct branch){ NONE, NONE, NONE, byte };
	return (uint32_t)p->branches++;
}

struct phrases *phrases_new(void)
{
	struct phrases *p = xcalloc(1, sizeof(*p));

	add_branch(p, 0);
	for (unsigned char c = 0; c < 0x80; c++) {
		p->ascii[c] = (unsigned char)normal(c);
		p->word[c] = utf8_wordlike(c);
	}
	return p;
}

/* Siblings are kept in the order of their bytes. */
static uint32_t descend(struct phrases *p, uint32_t at, unsigned char byte)
{
	uint32_t before = NONE, c = p->trie[at].child, made;

	while (c != NONE && p->trie[c].byte < byte) {
		before = c;
		c = p->trie[c].sibling;
	}
	if (c != NONE && p->trie[c].byte == byte)
		return c;
	made = add_branch(p, byte);
	p->trie[made].sibling = c;
	if (before == NONE)
		p->trie[at].child = made;
	else
		p->trie[before].sibling = made;
	return made;
}

static bool is_space_at(struct str s, size_t i)
{
	return i >= s.n || s.p[i] == ' ';
}

/* As many * in a row are as good as one. */
static void single_stars(struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		if (b->p[i] != '*' || !n || b->p[n - 1] != '*')
			b->p[n++] = b->p[i];
	buf_cut(b, n);
}

/*
 * The normal form of a phrase: a * at either end of a word becomes WILD, one
 * elsewhere stays; words that are nothing but * at the ends of the phrase
 * demand nothing and go.
 */
static void normal_form(struct buf *out, const struct phrases *p, struct str phrase)
{
	struct form f;
	struct str s;

	form_make(&f, p, phrase);
	single_stars(&f.text);
	s = str_trim(buf_str(&f.text));
	while (s.n && s.p[0] == '*' && is_space_at(s, 1))
		s = str_trim(str_slice(s, 1, s.n));
	while (s.n > 1 && s.p[s.n - 1] == '*' && s.p[s.n - 2] == ' ')
		s = str_trim(str_slice(s, 0, s.n - 1));
	for (size_t i = 0; i < s.n; i++) {
		bool edge = i == 0 || s.p[i - 1] == ' ' || is_space_at(s, i + 1);

		buf_addc(out, s.p[i] == '*' && edge ? WILD : s.p[i]);
	}
	form_release(&f);
}

static bool has_word(struct str s)
{
	const char *p = s.p, *end = str_end(s);

	while (p < end)
		if (utf8_wordlike(utf8_next(&p, end)))
			return true;
	return false;
}

static char *longest_word(struct str form)
{
	struct str longest = STR("");

	for (size_t from = 0, i = 0; i <= form.n; i++)
		if (i == form.n || form.p[i] == ' ' || form.p[i] == WILD) {
			if (i - from > longest.n)
				longest = str_slice(form, from, i);
			from = i + 1;
		}
	return xmemdup0(longest.p, longest.n);
}

static int new_phrase(struct phrases *p, struct buf *form, uint32_t head, uint32_t rest,
		      uint32_t next)
{
	GROW(p->items, p->n, p->cap);
	p->items[p->n] = (struct phrase){
		.n = (uint32_t)form->n, .head = head, .rest = rest, .next = next,
		.word = longest_word(buf_str(form)),
	};
	p->items[p->n].form = buf_detach(form);
	return (int)p->n++;
}

int phrases_add(struct phrases *p, struct str phrase)
{
	struct buf form = BUF_INIT;
	uint32_t head, rest, at = 0;
	int id = -1;

	invariant(p->trie);
	normal_form(&form, p, phrase);
	if (!has_word(buf_str(&form))) {
		buf_release(&form);
		return -1;
	}
	head = form.p[0] == WILD;
	for (rest = head; rest < form.n && form.p[rest] != WILD; rest++)
		at = descend(p, at, (unsigned char)form.p[rest]);
	for (uint32_t i = p->trie[at].phrase; i != NONE; i = p->items[i].next)
		if (str_eq(str_make(p->items[i].form, p->items[i].n), buf_str(&form)))
			id = (int)i;
	if (id < 0) {
		id = new_phrase(p, &form, head, rest, p->trie[at].phrase);
		p->trie[at].phrase = (uint32_t)id;
	}
	buf_release(&form);
	return id;
}

static uint32_t child_of(const struct phrases *p, uint32_t state, unsigned char byte)
{
	const struct state *s = &p->states[state];

	if (!state)
		return p->root[byte];
	for (uint32_t c = s->child; c < s->child + s->children; c++)
		if (p->states[c].byte == byte)
			return c;
	return 0;
}

static uint32_t step(const struct phrases *p, uint32_t state, unsigned char byte)
{
	uint32_t c;

	while (!(c = child_of(p, state, byte)) && state)
		state = p->states[state].fail;
	return c;
}

/* Links the state of a child to where its text goes on without its parent's
 * first byte; breadth first, so that all shorter ones are linked. */
static void link_state(struct phrases *p, uint32_t parent, uint32_t c)
{
	struct state *s = &p->states[c];

	s->fail = parent ? step(p, p->states[parent].fail, s->byte) : 0;
	s->shorter = p->states[s->fail].phrase != NONE ? s->fail
						       : p->states[s->fail].shorter;
}

void phrases_compile(struct phrases *p)
{
	uint32_t *branch = xreallocarray(NULL, p->branches, sizeof(*branch));
	uint32_t n = 1;

	p->states = xcalloc(p->branches, sizeof(*p->states));
	p->states[0].phrase = NONE;
	branch[0] = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t first = n;

		for (uint32_t b = p->trie[branch[i]].child; b != NONE;
		     b = p->trie[b].sibling) {
			p->states[n].byte = p->trie[b].byte;
			p->states[n].phrase = p->trie[b].phrase;
			if (!i)
				p->root[p->trie[b].byte] = n;
			branch[n++] = b;
		}
		p->states[i].child = first;
		p->states[i].children = (uint16_t)(n - first);
		for (uint32_t c = first; c < n; c++)
			link_state(p, i, c);
	}
	free(branch);
	free(p->trie);
	p->trie = NULL;
}

size_t phrases_count(const struct phrases *p)
{
	return p->n;
}

struct str phrases_form(const struct phrases *p, int phrase)
{
	return str_make(p->items[phrase].form, p->items[phrase].n);
}

/* Blanks of any width and what a WILD stands for lie between the words; one that isn't
 * ASCII is in no text that is. */
bool phrases_maybe(const struct phrases *p, int phrase, const char *plain)
{
	return strcasestr(plain, p->items[phrase].word) != NULL;
}

static size_t word_end(const struct form *f, size_t at)
{
	size_t last = at + WILD_BYTES;

	while (at < last && f->word[at])
		at++;
	return at;
}

static size_t word_start(const struct form *f, size_t at)
{
	size_t last = at < WILD_BYTES ? 0 : at - WILD_BYTES;

	while (at > last && f->word[at - 1])
		at--;
	return at;
}

static bool text_at(const struct form *f, size_t at, struct str literal)
{
	return literal.n <= f->text.n - at &&
	       !memcmp(f->text.p + at, literal.p, literal.n);
}

/* Not within a word. */
static bool boundary(const struct form *f, size_t at)
{
	return !at || !f->word[at - 1] || !f->word[at];
}

/*
 * Compares the pattern, literals and WILD, with the text from `at` on.  True
 * with *end behind it.  A WILD before a literal tries each place in the word;
 * the first one that fits is as good as any further one, since a word's own
 * end or another WILD comes next.
 */
static bool match_rest(const struct form *f, struct str pattern, size_t at, size_t *end)
{
	while (pattern.n) {
		size_t n = 0, last = at;
		struct str literal;

		if (pattern.p[0] == WILD) {
			last = word_end(f, at);
			pattern = str_slice(pattern, 1, pattern.n);
			if (!pattern.n || pattern.p[0] == ' ')
				at = last;
		}
		while (n < pattern.n && pattern.p[n] != WILD)
			n++;
		literal = str_slice(pattern, 0, n);
		pattern = str_slice(pattern, n, pattern.n);
		while (at <= last &&
		       !(text_at(f, at, literal) &&
			 (pattern.n || boundary(f, at + n))))
			at++;
		if (at > last)
			return false;
		at += n;
	}
	*end = at;
	return boundary(f, at);
}

struct search {
	const struct phrases *phrases;
	const struct form *form;
	bool (*hit)(void *ctx, int phrase, size_t from, size_t to);
	void *ctx;
};

/* The automaton's part of phrase i ends before byte `at`. */
static bool report(const struct search *s, uint32_t i, size_t at)
{
	const struct phrase *p = &s->phrases->items[i];
	struct str rest = str_make(p->form + p->rest, p->n - p->rest);
	size_t from = at - (p->rest - p->head), to;

	if (!match_rest(s->form, rest, at, &to))
		return true;
	if (p->head)
		from = word_start(s->form, from);
	else if (!boundary(s->form, from))
		return true;
	return s->hit(s->ctx, (int)i, s->form->at[from], s->form->at[to]);
}

static bool report_state(const struct search *s, uint32_t state, size_t at)
{
	const struct state *states = s->phrases->states;
	uint32_t t = states[state].phrase != NONE ? state : states[state].shorter;

	for (; t; t = states[t].shorter)
		for (uint32_t i = states[t].phrase; i != NONE;
		     i = s->phrases->items[i].next)
			if (!report(s, i, at))
				return false;
	return true;
}

void phrases_search(const struct phrases *p, struct str text,
		    bool (*hit)(void *ctx, int phrase, size_t from, size_t to),
		    void *ctx)
{
	struct form form;
	struct search s = { p, &form, hit, ctx };
	uint32_t state = 0;
	bool more = true;

	invariant(p->states);
	form_make(&form, p, text);
	for (size_t i = 0; i < form.text.n && more; i++) {
		unsigned char byte = (unsigned char)form.text.p[i];

		state = state ? step(p, state, byte) : p->root[byte];
		more = !state || report_state(&s, state, i + 1);
	}
	form_release(&form);
}

void phrases_free(struct phrases *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++) {
		free(p->items[i].form);
		free(p->items[i].word);
	}
	free(p->items);
	free(p->trie);
	free(p->states);
	free(p);
}
