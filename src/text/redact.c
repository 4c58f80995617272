/*
 * Redaction: which text is looked at, what becomes of the finds.  What an
 * address or a number looks like is redact-email.c's and redact-number.c's.
 */
#include "text/redact.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "redact-find.h"
#include "text/saying.h"

#include <stdlib.h>

const char *const redact_words[] = { "email", "phone", "card", NULL };
const char *const redact_names[] = { "email", "phone number", "card number", NULL };

/* Bytes that patterns may be given to search in one body; see the header. */
enum { PATTERN_WORK = 1 << 28 };

/* What a line is made of: texts and breaks. */
struct piece {
	struct node *node;
	struct str text;
	size_t at; /* in the line */
};

/* One line at a time, in the same memory. */
struct work {
	const struct redactor *r;
	struct arena *arena;
	struct redacted *done; /* or NULL */
	size_t budget;         /* of PATTERN_WORK, what is left */
	struct looks looks;
	struct spans spans;
	struct piece *pieces;  /* owned */
	size_t n, cap, length;
	size_t digits;         /* in the line, about */
	bool at;               /* it may hold an @ */
	bool cut;              /* something was taken out of the tree */
	struct buf text;
};

void spans_add(struct spans *s, size_t from, size_t to, size_t item)
{
	GROW(s->items, s->n, s->cap);
	s->items[s->n++] = (struct span){ from, to, item };
}

static void work_init(struct work *w, const struct redactor *r, struct arena *a,
		      struct redacted *done)
{
	*w = (struct work){ .r = r, .arena = a, .done = done, .looks = LOOKS_INIT,
			    .budget = PATTERN_WORK, .text = BUF_INIT };
}

static void work_release(struct work *w)
{
	looks_release(&w->looks);
	free(w->spans.items);
	free(w->pieces);
	buf_release(&w->text);
}

/* --- is a look worth it? --- */

enum { PLAIN, DIGIT, AT, OPEN, FOREIGN };

/* First bytes of digits and signs beyond ASCII count as both. */
static const unsigned char signs[256] = {
	['0' ... '9'] = DIGIT, ['@'] = AT, ['%'] = FOREIGN,
	['('] = OPEN, ['['] = OPEN, ['{'] = OPEN,
	[0xd9] = FOREIGN, [0xdb] = FOREIGN, [0xdf ... 0xe1] = FOREIGN,
	[0xea] = FOREIGN, [0xef] = FOREIGN, [0xf0] = FOREIGN,
};

/* No phone number has fewer digits. */
enum { DIGITS_LEAST = 8 };

/* "(at)", or what may become one in the next piece. */
static bool opens_at(struct str s, size_t i)
{
	return i + 1 >= s.n || s.p[i + 1] == ' ' || (s.p[i + 1] | 0x20) == 'a';
}

static void notice(struct work *w, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char sign = signs[(unsigned char)s.p[i]];

		if (sign == PLAIN)
			continue;
		w->digits += sign == DIGIT || sign == FOREIGN;
		w->at = w->at || sign == AT || sign == FOREIGN ||
			(sign == OPEN && opens_at(s, i));
	}
}

static bool worth(const struct work *w, enum redact_kind kind)
{
	return kind == REDACT_EMAIL ? w->at
				    : kind == REDACT_PATTERN || w->digits >= DIGITS_LEAST;
}

static bool worth_a_look(const struct work *w)
{
	for (size_t i = 0; i < w->r->n; i++)
		if (worth(w, w->r->items[i].kind))
			return true;
	return false;
}

/* --- finding --- */

static void find_pattern(struct work *w, size_t item)
{
	const struct redact_item *it = &w->r->items[item];
	struct str text = buf_str(&w->looks.text);
	size_t start = 0, from, to;
	int found = 1;

	while (text.n <= w->budget &&
	       (found = regex_find(it->regex, text, start, &from, &to)) > 0) {
		const char *next = text.p + to;

		w->budget -= text.n;
		if (to > from)
			spans_add(&w->spans, from, to, item);
		else if (to < text.n)
			utf8_next(&next, text.p + text.n);
		else
			return;
		start = (size_t)(next - text.p);
	}
	if (!found)
		return;
	spans_add(&w->spans, 0, text.n, item);
	if (found < 0 && w->done)
		w->done->stopped = it;
}

static int span_cmp(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to > y->to ? -1 : 1;
	return x->item < y->item ? -1 : x->item > y->item;
}

/* Overlapping ones become one, which is the longest one's. */
static void merge(struct spans *s)
{
	size_t n = 0, longest = 0;

	if (s->n)
		qsort(s->items, s->n, sizeof(*s->items), span_cmp);
	for (size_t i = 0; i < s->n; i++) {
		const struct span next = s->items[i];
		struct span *last = n ? &s->items[n - 1] : NULL;

		if (!last || next.from >= last->to) {
			longest = next.to - next.from;
			s->items[n++] = next;
			continue;
		}
		if (next.to - next.from > longest) {
			longest = next.to - next.from;
			last->item = next.item;
		}
		if (next.to > last->to)
			last->to = next.to;
	}
	s->n = n;
}

/* Looks at what has been added to w->looks; the spans are bytes of the pieces. */
static size_t find(struct work *w)
{
	struct looks *l = &w->looks;

	w->spans.n = 0;
	for (size_t i = 0; l->text.n && i < w->r->n; i++) {
		if (!worth(w, w->r->items[i].kind))
			continue;
		switch (w->r->items[i].kind) {
		case REDACT_EMAIL:
			find_emails(l, w->r->spared, i, &w->spans);
			break;
		case REDACT_PHONE:
			find_phones(l, i, &w->spans);
			break;
		case REDACT_CARD:
			find_cards(l, i, &w->spans);
			break;
		case REDACT_PATTERN:
			find_pattern(w, i);
			break;
		}
	}
	merge(&w->spans);
	for (size_t i = 0; i < w->spans.n; i++) {
		struct span *s = &w->spans.items[i];

		s->from = l->at[s->from];
		s->to = l->at[s->to];
		if (w->done && w->done->counts)
			w->done->counts[s->item]++;
	}
	return w->spans.n;
}

/* --- cutting --- */

static void add_mark(struct work *w, const struct redact_item *it)
{
	static const enum saying marks[] = {
		[REDACT_EMAIL] = SAY_EMAIL_REMOVED,
		[REDACT_PHONE] = SAY_PHONE_REMOVED,
		[REDACT_CARD] = SAY_CARD_REMOVED,
		[REDACT_PATTERN] = SAY_REMOVED,
	};

	language_say(w->r->language, &w->text, marks[it->kind], SLOTS({ "name", it->name }));
}

/*
 * The text, which lies at `at` in the line, without what the spans cover; where
 * one begins, its mark.  *next is the first span that ends behind `at`.
 */
static struct str cut(struct work *w, struct str text, size_t at, size_t *next)
{
	size_t done = 0, i = *next;

	buf_reset(&w->text);
	for (; i < w->spans.n && w->spans.items[i].from < at + text.n; i++) {
		const struct span *s = &w->spans.items[i];

		if (s->from >= at) {
			buf_add(&w->text, text.p + done, s->from - at - done);
			add_mark(w, &w->r->items[s->item]);
		}
		done = s->to - at < text.n ? s->to - at : text.n;
		if (s->to > at + text.n)
			break;
	}
	*next = i;
	buf_add(&w->text, text.p + done, text.n - done);
	return arena_str(w->arena, buf_str(&w->text));
}

struct str redact_text(const struct redactor *r, struct arena *a, struct str s,
		       struct redacted *done)
{
	struct work w;
	size_t next = 0;

	if (!r->n || !s.n)
		return s;
	work_init(&w, r, a, done);
	notice(&w, s);
	if (worth_a_look(&w)) {
		looks_add(&w.looks, s, 0);
		if (find(&w))
			s = cut(&w, s, 0, &next);
	}
	work_release(&w);
	return s;
}

static bool is_call(struct str url)
{
	static const struct str schemes[] = {
		{ "tel:", 4 }, { "sms:", 4 }, { "callto:", 7 }, { "facetime:", 9 },
	};

	for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
		if (str_ieq(str_slice(url, 0, schemes[i].n), schemes[i]))
			return true;
	return false;
}

bool redact_url(const struct redactor *r, struct str url, struct redacted *done)
{
	struct redacted silent = { NULL, NULL };
	struct work w;
	bool holds = false;

	if (!r->n || !url.n)
		return false;
	work_init(&w, r, NULL, &silent);
	notice(&w, url);
	if (worth_a_look(&w)) {
		looks_add(&w.looks, url, LOOKS_URL);
		holds = find(&w);
	}
	for (size_t i = 0; i < r->n; i++)
		holds = holds || (r->items[i].kind == REDACT_PHONE && is_call(url));
	if (silent.stopped && done)
		done->stopped = silent.stopped;
	work_release(&w);
	return holds;
}

/* --- trees --- */

static void add_piece(struct work *w, struct node *node, struct str text)
{
	GROW(w->pieces, w->n, w->cap);
	w->pieces[w->n++] = (struct piece){ node, text, w->length };
	w->length += text.n;
	notice(w, text);
}

static void look_at_pieces(struct work *w)
{
	looks_reset(&w->looks);
	for (size_t i = 0; i < w->n; i++) {
		enum node_kind kind = w->pieces[i].node->kind;

		if (kind == NODE_BREAK)
			looks_break(&w->looks);
		else
			looks_add(&w->looks, w->pieces[i].text,
				  kind == NODE_CODE || kind == NODE_CODE_BLOCK ? LOOKS_CODE
									       : 0);
	}
}

/* A break within something that goes, goes too. */
static void cut_pieces(struct work *w)
{
	size_t next = 0;

	for (size_t i = 0; i < w->n && next < w->spans.n; i++) {
		const struct piece *p = &w->pieces[i];

		while (next < w->spans.n && w->spans.items[next].to <= p->at)
			next++;
		if (next == w->spans.n)
			break;
		if (p->node->kind != NODE_BREAK)
			p->node->text = cut(w, p->text, p->at, &next);
		else if (w->spans.items[next].from < p->at)
			*p->node = (struct node){ .kind = NODE_TEXT, .text = STR(""),
						  .next = p->node->next };
	}
	w->cut = true;
}

static void end_line(struct work *w)
{
	if (w->n && worth_a_look(w)) {
		look_at_pieces(w);
		if (find(w))
			cut_pieces(w);
	}
	w->n = w->length = w->digits = 0;
	w->at = false;
}

static void see_address(struct work *w, struct node *n)
{
	if (!n->url.n || !redact_url(w->r, n->url, w->done))
		return;
	n->url = STR_NONE;
}

static void see(struct work *w, struct node *n)
{
	bool block = node_is_block(n->kind);

	if (block)
		end_line(w);
	if (n->kind == NODE_ABBR)
		n->text2 = redact_text(w->r, w->arena, n->text2, w->done);
	else if (n->kind == NODE_BREAK || n->text.n)
		add_piece(w, n, n->text);
	see_address(w, n);
	for (struct node *c = n->first; c; c = c->next)
		see(w, c);
	if (block)
		end_line(w);
}

static bool is_empty(const struct node *n)
{
	if (n->kind == NODE_TEXT || n->kind == NODE_CODE)
		return !n->text.n;
	return !node_is_block(n->kind) && n->kind != NODE_BREAK && n->kind != NODE_IMAGE &&
	       !n->first;
}

/* Inline nodes with nothing left in them: the tree has none. */
static void drop_empty(struct node *n)
{
	struct node *c = n->first, *next;

	n->first = n->last = NULL;
	for (; c; c = next) {
		next = c->next;
		c->next = NULL;
		drop_empty(c);
		if (!is_empty(c))
			node_append(n, c);
	}
}

void redact_tree(const struct redactor *r, struct arena *a, struct node *root,
		 struct redacted *done)
{
	struct work w;

	if (!r->n)
		return;
	work_init(&w, r, a, done);
	see(&w, root);
	if (w.cut)
		drop_empty(root);
	work_release(&w);
}
