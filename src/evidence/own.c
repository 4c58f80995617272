/*
 * What of a post its author wrote: quotations and code as the readers know them, and
 * as trackers, boards and mail programs leave them in plain text, are blanked out;
 * so are signatures.
 */
#include "evidence/evidence.h"

#include "base/mem.h"

/* Fills [from, to) with line feeds. */
static void blank(struct buf *own, size_t from, size_t to)
{
	memset(own->p + from, '\n', to - from);
}

static struct str behind(const struct buf *own, size_t at)
{
	return str_slice(buf_str(own), at, own->n);
}

static bool starts_ignoring_case(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_ieq(str_slice(s, 0, prefix.n), prefix);
}

/* --- Marks that are left in the text --- */

static const struct mark {
	struct str open, close;
	char ends; /* of the opening mark */
} marks[] = {
	{ STR("{code"), STR("{code}"), '}' },
	{ STR("{noformat"), STR("{noformat}"), '}' },
	{ STR("{quote"), STR("{quote}"), '}' },
	{ STR("[quote"), STR("[/quote]"), ']' },
	{ STR("[code"), STR("[/code]"), ']' },
	{ STR("```"), STR("```"), '`' },
};

static size_t find_ignoring_case(struct str s, struct str what)
{
	for (size_t i = 0; i + what.n <= s.n; i++)
		if (s.p[i] == what.p[0] && starts_ignoring_case(str_slice(s, i, s.n), what))
			return i;
	return s.n;
}

/* Blanks what the mark at `at` opens; where it ends.  One that nothing closes is
 * nothing but a word: the closing one was searched for once and for all. */
static size_t blank_marked(struct buf *own, size_t at, const struct mark *m, bool *unclosed)
{
	struct str rest = behind(own, at + m->open.n);
	size_t inner = str_index(str_slice(rest, 0, 200), m->ends);
	size_t end;

	if (inner == rest.n || inner == 200 || *unclosed)
		return at + m->open.n;
	inner++;
	end = find_ignoring_case(str_slice(rest, inner, rest.n), m->close);
	if (inner + end == rest.n) {
		*unclosed = true;
		blank(own, at, at + m->open.n + inner);
		return at + m->open.n + inner;
	}
	end += at + m->open.n + inner + m->close.n;
	blank(own, at, end);
	return end;
}

static void blank_marks(struct buf *own)
{
	static const bool opens[256] = { ['{'] = true, ['['] = true, ['`'] = true };
	bool unclosed[ARRAY_LEN(marks)] = { false };

	size_t at = str_until(buf_str(own), opens);

	while (at < own->n) {
		size_t next = at + 1;

		for (size_t i = 0; i < ARRAY_LEN(marks); i++)
			if (starts_ignoring_case(behind(own, at), marks[i].open)) {
				next = blank_marked(own, at, &marks[i], &unclosed[i]);
				break;
			}
		at = next + str_until(behind(own, next), opens);
	}
}

/* --- Lines --- */

/* "On Tuesday Kim wrote:", and what mail programs put above the mail below. */
static bool attributes(struct str line)
{
	static const struct str ends[] = { STR(" wrote:"), STR(" writes:"), STR(" schrieb:"),
					   STR(" schreef:"), STR(" said:") };

	for (size_t i = 0; i < ARRAY_LEN(ends) && line.n < 300; i++)
		if (str_ends(line, ends[i]))
			return true;
	return false;
}

static bool quotes(struct str line)
{
	return str_starts(line, STR("> ")) || str_is(line, ">") ||
	       str_starts(line, STR("bq. ")) || attributes(line);
}

/* From here on it is the mail that is answered. */
static bool begins_original(struct str line)
{
	static const struct str starts[] = { STR("-----Original Message"),
					     STR("---------- Forwarded message"),
					     STR("________________________________") };

	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (starts_ignoring_case(line, starts[i]))
			return true;
	return false;
}

/* A signature is short: a rule of dashes in the middle of a long post is none. */
enum { SIGNATURE_MAX = 600 };

static bool begins_signature(struct str line, size_t left)
{
	return left < SIGNATURE_MAX && (str_is(line, "--") || str_is(line, "__") ||
					str_is(line, "\xe2\x80\x94"));
}

static void blank_lines(struct buf *own)
{
	size_t at = 0;

	while (at < own->n) {
		size_t n = str_index(behind(own, at), '\n');
		struct str line = str_trim(str_slice(buf_str(own), at, at + n));

		if (begins_original(line) || begins_signature(line, own->n - at))
			blank(own, at, own->n);
		else if (quotes(line))
			blank(own, at, at + n);
		at += n + 1;
	}
}

/* --- "^GG", "-Becky", "/JP" at the end of a short message --- */

enum { INITIALS_MAX = 20 };

static bool is_initials(struct str word)
{
	if (word.n < 2 || word.n > INITIALS_MAX || !strchr("^-/*", word.p[0]) ||
	    word.p[1] < 'A' || word.p[1] > 'Z')
		return false;
	for (size_t i = 2; i < word.n; i++)
		if ((word.p[i] | 32) < 'a' || (word.p[i] | 32) > 'z')
			return false;
	return true;
}

static bool is_address(struct str word)
{
	return str_starts(word, STR("http://")) || str_starts(word, STR("https://"));
}

static void blank_initials(struct buf *own)
{
	struct str text = str_trim(buf_str(own));

	for (int words = 0; words < 3 && text.n; words++) {
		size_t at = text.n;
		struct str word;

		while (at > 0 && text.p[at - 1] != ' ' && text.p[at - 1] != '\n')
			at--;
		word = str_slice(text, at, text.n);
		if (is_initials(word))
			blank(own, (size_t)(word.p - own->p),
			      (size_t)(word.p - own->p) + word.n);
		else if (!is_address(word))
			return;
		text = str_trim(str_slice(text, 0, at));
	}
}

void evidence_prose(enum body_format format, struct str body, struct buf *visible,
		    struct buf *own)
{
	struct body_spans foreign = { .items = NULL };
	struct arena arena = ARENA_INIT;
	struct body_tree tree;
	size_t from = visible->n;

	invariant(own->n == 0);
	body_read(&arena, format, body, &tree);
	body_prose(&tree, visible, &foreign);
	buf_addstr(own, str_slice(buf_str(visible), from, visible->n));
	for (size_t i = 0; i < foreign.n; i++)
		blank(own, foreign.items[i].from - from, foreign.items[i].to - from);
	blank_marks(own);
	blank_lines(own);
	blank_initials(own);
	body_spans_release(&foreign);
	arena_release(&arena);
}
