/*
 * A body in any of its formats, named by the first byte, and its bytes as a name:
 * what is left is UTF-8, holds nothing but marks that wasn't there, and keeps its
 * forms.  (A second pass may find more: what stood beside a number was none.)
 */
#include "body.h"

#include "text/redact.h"

static const struct redact_item fuzz_items[] = {
	{ .kind = REDACT_EMAIL }, { .kind = REDACT_PHONE }, { .kind = REDACT_CARD },
};

static struct redactor fuzz_redactor(void)
{
	return (struct redactor){ fuzz_items, ARRAY_LEN(fuzz_items), STR_NONE,
				  language_find(STR("en")) };
}

/* The length of the mark that s begins with, or 0. */
static size_t fuzz_mark(struct str s)
{
	static const char *const marks[] = { "[email removed]", "[phone number removed]",
					     "[card number removed]" };

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_starts(s, str_of(marks[i])))
			return strlen(marks[i]);
	return 0;
}

/* after is before but for marks in place of some of it. */
static void fuzz_compare(struct str before, struct str after)
{
	size_t at = 0;

	for (size_t i = 0; i < after.n; i++) {
		size_t mark = fuzz_mark(str_slice(after, i, after.n));

		if (mark) {
			i += mark - 1;
			continue;
		}
		while (at < before.n && before.p[at] != after.p[i])
			at++;
		invariant(at < before.n);
		at++;
	}
}

static void fuzz_name(struct str name)
{
	const struct redactor r = fuzz_redactor();
	struct arena a = ARENA_INIT;
	struct str once = redact_text(&r, &a, name, NULL);

	invariant(utf8_valid(once));
	fuzz_compare(name, once);
	arena_release(&a);
}

static void fuzz_tree(enum body_format format, struct str body)
{
	struct buf html = BUF_INIT, seen = BUF_INIT, left = BUF_INIT, again = BUF_INIT;
	const struct redactor r = fuzz_redactor();
	struct arena a = ARENA_INIT;
	struct body_tree tree;
	struct strict strict;
	const char *fallback;

	body_read(&a, format, body, &tree);
	body_visible(&tree, 0, &seen);
	redact_tree(&r, &a, tree.root, NULL);
	body_visible(&tree, 0, &left);
	invariant(utf8_valid(buf_str(&left)));
	fuzz_compare(buf_str(&seen), buf_str(&left));
	body_html(&tree, &fuzz_style, &html);
	if (strict_check(&strict, buf_str(&html)))
		fuzz_broken("%s in %s", strict.fault, html.p);
	buf_reset(&left);
	fuzz_read(&a, BODY_HTML, buf_str(&html), &again, &left, &fallback);
	if (!fallback && !str_eq(buf_str(&html), buf_str(&again)))
		fuzz_broken("changes when read again: %s\nto: %s", html.p, again.p);
	buf_release(&html);
	buf_release(&seen);
	buf_release(&left);
	buf_release(&again);
	arena_release(&a);
}

static void target(struct str in)
{
	struct buf whole = BUF_INIT;

	if (!in.n)
		return;
	utf8_add_repaired(&whole, str_slice(in, 1, in.n));
	fuzz_name(buf_str(&whole));
	fuzz_tree((enum body_format)((unsigned char)in.p[0] % 3), buf_str(&whole));
	buf_release(&whole);
}
