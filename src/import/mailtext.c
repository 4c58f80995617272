/* What a message's author says, and what only stands beside it. */
#include "import/mailtext.h"

#include "base/mem.h"
#include "import/mailname.h"

#include <stdlib.h>

enum what { SAID, QUOTED, ADDRESSED, LEFT_OUT }; /* ADDRESSED: quoted, and addresses go */

struct line {
	struct str text;
	enum what what;
};

struct lines_of {
	struct line *items; /* owned */
	size_t n, cap;
};

/* --- Lines --- */

static bool is_blank(struct str line)
{
	return !str_trim(line).n;
}

static bool is_marked(struct str line)
{
	return str_starts(str_trim(line), STR(">"));
}

static bool is_quote(const struct line *line)
{
	return line->what == QUOTED || line->what == ADDRESSED || is_marked(line->text);
}

static bool starts(struct str s, const char *prefix)
{
	struct str p = str_of(prefix);

	return str_ieq(str_slice(s, 0, p.n), p);
}

static bool ends(struct str s, const char *suffix)
{
	struct str p = str_of(suffix);

	return s.n >= p.n && str_ieq(str_slice(s, s.n - p.n, s.n), p);
}

static bool holds(struct str s, const char *part)
{
	struct str p = str_of(part);

	for (size_t i = 0; i + p.n <= s.n; i++)
		if (str_ieq(str_slice(s, i, i + p.n), p))
			return true;
	return false;
}

static bool any(struct str s, bool (*test)(struct str s, const char *word),
		const char *const *words)
{
	for (; *words; words++)
		if (test(s, *words))
			return true;
	return false;
}

static bool is_all(struct str s, char c)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != c)
			return false;
	return s.n > 0;
}

static void split_lines(struct lines_of *l, struct str text)
{
	while (text.n) {
		struct str line = str_split(&text, '\n');

		line.n -= str_ends(line, STR("\r"));
		GROW(l->items, l->n, l->cap);
		l->items[l->n++] = (struct line){ line, SAID };
	}
}

/* What is left out stays so. */
static void mark(struct lines_of *l, size_t from, size_t to, enum what what)
{
	for (; from < to; from++)
		if (l->items[from].what != LEFT_OUT)
			l->items[from].what = what;
}

/* The end of what stands at from: before a quotation, or the end of the text; from when
 * more than max lines aren't blank. */
static size_t short_end(const struct lines_of *l, size_t from, size_t max)
{
	size_t i = from;

	for (; i < l->n && !is_quote(&l->items[i]); i++)
		if (l->items[i].what == SAID && !is_blank(l->items[i].text) && !max--)
			return from;
	return i;
}

/* --- Pipermail --- */

/* "Name: drawing.png", "URL : <...>": what the note says of an attachment. */
static bool is_field(struct str line)
{
	static const char *const names[] = { "Name", "Type", "Size", "Desc", "URL", "From",
					     "Subject", "Date", NULL };
	size_t colon = str_index(line, ':');

	for (size_t i = 0; names[i]; i++)
		if (colon < line.n && str_ieq(str_trim(str_slice(line, 0, colon)),
					      str_of(names[i])))
			return true;
	return false;
}

static struct str field_value(struct str line)
{
	return str_trim(str_slice(line, str_index(line, ':') + 1, line.n));
}

/* The note that begins at i; its end. */
static size_t read_note(struct mailtext *t, const struct lines_of *l, size_t i)
{
	struct str head = l->items[i].text, name = STR_NONE;

	for (i++; i < l->n && is_field(l->items[i].text); i++)
		if (starts(l->items[i].text, "Name") || starts(l->items[i].text, "Subject"))
			name = field_value(l->items[i].text);
	if (starts(head, "An HTML attachment"))
		t->html_scrubbed = true;
	else
		mailtext_add_file(t, name.n ? name : STR("message"));
	return i;
}

static void find_notes(struct mailtext *t, struct lines_of *l)
{
	for (size_t i = 0; i < l->n; i++) {
		size_t end = i + 1;

		if (!str_is(l->items[i].text, "-------------- next part --------------"))
			continue;
		if (end < l->n && ends(l->items[end].text, "was scrubbed..."))
			end = read_note(t, l, end);
		mark(l, i, end, LEFT_OUT);
		i = end - 1;
	}
}

/* --- Quotations without a mark --- */

static bool is_attribution(struct str line)
{
	static const char *const last[] = {
		" wrote:", " writes:", " \xc3\xa9""crit :", " \xc3\xa9""crit:",
		" \xc3\xa9""crit\xc2\xa0:", " escribi\xc3\xb3:", " ha scritto:",
		" escreveu:", " skrev:", " schreef:", " schrieb:", NULL,
	};
	static const char *const within[] = { " schrieb ", " schreef ", NULL };

	line = str_trim(line);
	return ends(line, ":") && (any(line, ends, last) || any(line, holds, within) ||
				   str_ieq(line, STR("wrote:")));
}

/* Where the attribution that ends at i begins: up to two lines higher, where it opens. */
static size_t attribution_start(const struct lines_of *l, size_t i)
{
	static const char *const openers[] = { "On ", "Am ", "Op ", "Le ", "El ", "Il ",
					       "Em ", "Den ", NULL };

	for (size_t up = 0; up < 3 && up <= i; up++) {
		struct str line = l->items[i - up].text;

		if (is_blank(line) || is_marked(line))
			break;
		if (any(line, starts, openers))
			return i - up;
	}
	return i;
}

static bool has_digit(struct str s)
{
	static const bool digit[256] = { ['0' ... '9'] = true };

	return str_until(s, digit) < s.n;
}

/* Whether what an attribution at [from, i] is of is marked, a blank line or two below. */
static bool quotes_follow(const struct lines_of *l, size_t i)
{
	size_t below = i + 1;

	while (below < l->n && below < i + 3 && is_blank(l->items[below].text))
		below++;
	return below == l->n || is_marked(l->items[below].text);
}

/* What is opened with a date is copied by a program, not said. */
static bool is_dated(const struct lines_of *l, size_t from, size_t i)
{
	if (!starts(l->items[from].text, "On "))
		return false;
	for (; from <= i; from++)
		if (has_digit(l->items[from].text))
			return true;
	return false;
}

static bool is_rule(struct str line)
{
	static const char *const words[] = {
		"Original Message", "Forwarded message", "Original-Nachricht",
		"Urspr\xc3\xbcngliche Nachricht", "Weitergeleitete Nachricht",
		"Oorspronkelijk bericht", "Doorgestuurd bericht", "Message d'origine",
		"Mensaje original", "Messaggio originale", NULL,
	};

	line = str_trim(line);
	return str_ieq(line, STR("Begin forwarded message:")) ||
	       (starts(line, "--") && ends(line, "--") && any(line, holds, words));
}

/* A header as Outlook copies it: From, then a date and a subject. */
static bool is_header(const struct lines_of *l, size_t i)
{
	static const char *const from[] = { "From:", "*From:", "Von:", "Van:", "De:", "Da:",
					    NULL };
	static const char *const date[] = { "Sent:", "*Sent:", "Date:", "*Date:",
					    "Gesendet:", "Datum:", "Verzonden:",
					    "Envoy\xc3\xa9", "Enviado", "Inviato", NULL };
	static const char *const subject[] = { "Subject:", "*Subject:", "Betreff:",
					       "Onderwerp:", "Objet", "Asunto:",
					       "Oggetto:", NULL };
	bool dated = false, titled = false;

	if (!any(l->items[i].text, starts, from))
		return false;
	for (size_t end = i + 7; ++i < end && i < l->n && !is_blank(l->items[i].text);) {
		dated |= any(l->items[i].text, starts, date);
		titled |= any(l->items[i].text, starts, subject);
	}
	return dated && titled;
}

/* All from i on is another's; the header there, if there is one, has addresses. */
static void quote_rest(struct lines_of *l, size_t i)
{
	size_t end = i;

	while (end < l->n && !is_blank(l->items[end].text) && end < i + 8)
		end++;
	mark(l, i, end, ADDRESSED);
	mark(l, end, l->n, QUOTED);
}

/* From the line behind i on, unless that is marked. */
static bool quote_below(struct lines_of *l, size_t i)
{
	if (quotes_follow(l, i))
		return false;
	quote_rest(l, i + 1);
	return true;
}

static void find_quotes(struct lines_of *l)
{
	for (size_t i = 0; i < l->n; i++) {
		struct str line = l->items[i].text;
		size_t from = i;

		if (is_marked(line) || l->items[i].what == LEFT_OUT)
			continue;
		if (is_header(l, i)) {
			quote_rest(l, i);
			return;
		}
		if (is_attribution(line)) {
			from = attribution_start(l, i);
			if (!quotes_follow(l, i) && !is_dated(l, from, i))
				continue;
		} else if (!is_rule(line)) {
			continue;
		}
		mark(l, from, i + 1, ADDRESSED);
		if (quote_below(l, i))
			return;
	}
}

/* --- Footers and signatures --- */

static bool is_footer(const struct lines_of *l, size_t from, size_t to)
{
	static const char *const words[] = { "mailing list", "listinfo", "unsubscribe",
					     NULL };

	for (; from < to; from++)
		if (any(l->items[from].text, holds, words))
			return true;
	return false;
}

static void find_ends(struct lines_of *l)
{
	for (size_t i = 0; i < l->n; i++) {
		struct str line = l->items[i].text;
		size_t end = i + 1;

		if (is_quote(&l->items[i]) || l->items[i].what == LEFT_OUT)
			continue;
		if (str_is(line, "-- "))
			end = short_end(l, i + 1, 8);
		else if (str_is(line, "--"))
			end = short_end(l, i + 1, 4);
		else if (line.n >= 20 && is_all(str_trim(line), '_'))
			end = short_end(l, i + 1, 10);
		if (end > i + 1 && (line.p[0] == '-' || is_footer(l, i, end)))
			mark(l, i, end, LEFT_OUT);
	}
}

/* --- The text --- */

static void add_line(struct buf *out, const struct line *line)
{
	bool marked = is_marked(line->text);

	if (line->what == QUOTED || (line->what == ADDRESSED && !marked))
		buf_adds(out, is_blank(line->text) ? ">" : "> ");
	if (line->what == ADDRESSED || is_attribution(line->text))
		mailname_add_hidden(out, line->text);
	else
		buf_addstr(out, line->text);
	buf_addc(out, '\n');
}

/* Without blank lines at both ends, or more than one between others. */
static void add_lines(struct buf *out, const struct lines_of *l)
{
	bool between = out->n > 0, due = between; /* a blank line */

	for (size_t i = 0; i < l->n; i++) {
		const struct line *line = &l->items[i];

		if (line->what == LEFT_OUT || (line->what == SAID && is_blank(line->text))) {
			due = true;
			continue;
		}
		if (due && between)
			buf_addc(out, '\n');
		between = true;
		due = false;
		add_line(out, line);
	}
}

void mailtext_add(struct mailtext *t, struct str text)
{
	struct lines_of l = { 0 };

	split_lines(&l, text);
	find_notes(t, &l);
	find_quotes(&l);
	find_ends(&l);
	add_lines(&t->text, &l);
	free(l.items);
}

void mailtext_add_file(struct mailtext *t, struct str name)
{
	size_t from = t->files.n;

	buf_addstr(&t->files, name);
	for (; from < t->files.n; from++)
		if (t->files.p[from] == '\n' || t->files.p[from] == '\r')
			t->files.p[from] = ' ';
	buf_addc(&t->files, '\n');
}

void mailtext_release(struct mailtext *t)
{
	buf_release(&t->text);
	buf_release(&t->files);
}

/* --- Flowed text --- */

static size_t quote_depth(struct str *line)
{
	size_t n = 0;

	while (n < line->n && line->p[n] == '>')
		n++;
	*line = str_slice(*line, n, line->n);
	return n;
}

void mailtext_unflow(struct buf *out, struct str text, bool delsp)
{
	bool flows = false; /* the line before goes on */
	size_t depth = 0;

	while (text.n) {
		struct str line = str_split(&text, '\n');
		size_t before = depth;
		bool on;

		line.n -= str_ends(line, STR("\r"));
		depth = quote_depth(&line);
		line = str_slice(line, str_starts(line, STR(" ")), line.n);
		on = str_ends(line, STR(" ")) && !str_is(line, "-- ");
		if (!flows || depth != before || str_is(line, "-- ")) {
			if (flows)
				buf_addc(out, '\n');
			for (size_t i = 0; i < depth; i++)
				buf_addc(out, '>');
			if (depth)
				buf_addc(out, ' ');
		}
		buf_addstr(out, str_slice(line, 0, line.n - (on && delsp)));
		flows = on;
		if (!on)
			buf_addc(out, '\n');
	}
	if (flows)
		buf_addc(out, '\n');
}
