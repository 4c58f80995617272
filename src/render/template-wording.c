/*
 * The text of a theme's words: its tags, and which words are in which.  What
 * files it comes from is wording.c's; template-compile.c puts it into templates.
 */
#include "template-impl.h"

/* Words in each other, and all that one may bring along: more is a mistake, and
 * templates stay as long as they look. */
enum { DEPTH_MAX = 8, HELD_MAX = 100 };

/* A tag in the text of a YAML node. */
struct reading {
	struct arena *arena;
	const struct source *source;
	const struct ynode *node;
	size_t searched; /* of the node's bytes */
	struct diags *diags;
};

/* The text isn't always what stands in the file: where raw isn't found as it is,
 * the whole node stands for it. */
static struct place find_place(struct reading *r, struct str raw)
{
	struct str written = str_slice(source_text(r->source), r->node->at,
				       r->node->at + r->node->n);
	struct str rest = str_slice(written, r->searched, written.n);
	size_t found = str_find(rest, raw);

	if (found == rest.n)
		return place_in(r->source, r->node->at, r->node->n);
	r->searched += found + raw.n;
	return place_in(r->source, r->node->at + r->searched - raw.n, raw.n);
}

/* raw is a tag with its braces; NULL with a diagnostic. */
static const struct tag *read_tag(struct reading *r, struct str raw)
{
	struct str inside = str_trim(str_slice(raw, 2, raw.n - 2));
	struct tag *tag = arena_new(r->arena, struct tag);
	struct place where = find_place(r, raw);

	*tag = (struct tag){ .kind = TAG_VARIABLE, .source = r->source, .at = where.at,
			     .n = where.n, .partner = TAG_NONE };
	source_position(r->source, where.at, &tag->line, &tag->column);
	if (name_read(r->arena, TEMPLATE_HTML, inside, &tag->name) &&
	    (!name_in_words(&tag->name) || tag->name.n == 2))
		return tag;
	diag_add(r->diags, DIAG_SYNTAX, where, "'%.*s' can't stand in a word",
		 STR_ARG(raw));
	diag_hint(r->diags, "a word is text with tags like {{name}} and {{words.name}}");
	return NULL;
}

int word_form_read(struct arena *a, struct word_form *form, const struct source *source,
		   const struct ynode *node, struct diags *diags)
{
	struct reading r = { a, source, node, 0, diags };
	struct str rest = node->text;
	size_t n = 1;

	for (size_t i = 0; i + 1 < rest.n; i++)
		n += 2 * str_starts(str_slice(rest, i, rest.n), STR("{{"));
	*form = (struct word_form){ .text = node->text,
				    .parts = arena_array(a, struct word_part, n) };
	while (rest.n) {
		size_t open = str_find(rest, STR("{{"));
		struct str tag = str_slice(rest, open, rest.n);
		size_t close = str_find(tag, STR("}}"));

		if (open)
			form->parts[form->n++].text = str_slice(rest, 0, open);
		if (!tag.n)
			break;
		if (close == tag.n)
			return diag_add(diags, DIAG_SYNTAX, find_place(&r, STR("{{")),
					"the tag isn't closed: no '}}' behind it");
		tag = str_slice(tag, 0, close + 2);
		form->parts[form->n].tag = read_tag(&r, tag);
		if (!form->parts[form->n++].tag)
			return -1;
		rest = str_slice(rest, open + tag.n, rest.n);
	}
	return 0;
}

bool word_has_tag(const struct word *word, struct str name)
{
	for (int p = 0; p < PLURAL_COUNT; p++)
		for (size_t i = 0; i < word->forms[p].n; i++) {
			const struct tag *tag = word->forms[p].parts[i].tag;

			if (tag && str_eq(tag->name.whole, name))
				return true;
		}
	return false;
}

static int check_word(struct wording *w, struct word *word, size_t above,
		      struct diags *diags);

/* tag is one of the word's; that it names a word is not known. */
static int check_tag(struct wording *w, struct word *word, const struct tag *tag,
		     size_t above, struct diags *diags)
{
	struct word *inner;

	if (!tag || !name_in_words(&tag->name))
		return 0;
	inner = wording_find(w, tag->name.parts[1]);
	if (!inner) {
		diag_add(diags, DIAG_MISSING_KEY, tag_place(tag), "no word '%.*s'",
			 STR_ARG(tag->name.parts[1]));
		wording_hint(w, tag->name.parts[1], diags);
		return -1;
	}
	if (inner->mark == WORD_OPEN || above == DEPTH_MAX)
		return diag_add(diags, DIAG_TOO_DEEP, tag_place(tag),
				"words hold each other in a circle, or more than %d deep",
				DEPTH_MAX);
	if (check_word(w, inner, above + 1, diags) < 0)
		return -1;
	word->size += inner->size;
	if (word->depth <= inner->depth)
		word->depth = inner->depth + 1;
	return 0;
}

/* Each word is looked into once, however many hold it. */
static int check_word(struct wording *w, struct word *word, size_t above,
		      struct diags *diags)
{
	int status = 0;

	if (word->mark == WORD_DONE)
		return 0;
	word->mark = WORD_OPEN;
	word->size = word->depth = 1;
	for (int p = 0; p < PLURAL_COUNT; p++)
		for (size_t i = 0; i < word->forms[p].n && word->size <= HELD_MAX; i++)
			if (check_tag(w, word, word->forms[p].parts[i].tag, above, diags) < 0)
				status = -1;
	word->mark = WORD_DONE;
	if (word->depth <= DEPTH_MAX && word->size <= HELD_MAX)
		return status;
	return diag_add(diags, DIAG_TOO_DEEP, word->place,
			"'%.*s' holds more than %d words, or more than %d in each other",
			STR_ARG(word->name), HELD_MAX, DEPTH_MAX);
}

int wording_check(struct wording *w, struct diags *diags)
{
	int status = 0;

	for (size_t i = 0; i < w->n; i++)
		if (check_word(w, &w->items[i], 1, diags) < 0)
			status = -1;
	return status;
}
