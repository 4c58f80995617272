/* Where sentences end.  What they mean is no matter here; nor is their language,
 * but for the abbreviations. */
#include "text/sentence.h"

#include "base/mem.h"
#include "base/utf8.h"

/* Words with a full stop that ends no sentence; in lower case. */
static const char *const abbreviations[] = {
	"e.g", "i.e", "eg", "ie", "etc", "vs", "cf", "resp", "approx", "incl", "excl",
	"esp", "fig", "figs", "vol", "ver", "nr", "pp", "eq", "mr", "mrs", "ms", "dr",
	"prof", "jr", "sr", "st", "a.k.a", "aka", "jan", "feb", "apr", "aug",
	"sept", "oct", "nov", "dec", "z.b", "d.h", "u.a", "bzw", "ca", "evtl", "ggf",
	"inkl", "bijv", "o.a", "m.b.t", "n.b", "p.s", "w.r.t", "dept", "ext", "min", "max",
};

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_letter(char c)
{
	return is_upper(c) || is_lower(c) || (unsigned char)c >= 0x80;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool ends_sentence(char c)
{
	return c == '.' || c == '!' || c == '?';
}

static char byte_at(struct str s, size_t i)
{
	return i < s.n ? s.p[i] : '\n';
}

/* The word that the byte at `at` ends or stands behind. */
static struct str word_before(struct str text, size_t from, size_t at)
{
	size_t start = at;

	while (start > from && !is_blank(text.p[start - 1]) &&
	       !strchr("([{\"'", text.p[start - 1]) && at - start < 64)
		start--;
	return str_slice(text, start, at);
}

static struct str word_behind(struct str text, size_t at)
{
	size_t end = at;

	while (end < text.n && !is_blank(text.p[end]) && end - at < 64)
		end++;
	return str_slice(text, at, end);
}

static bool is_abbreviation(struct str word)
{
	if (word.n == 1 && is_letter(word.p[0]) && word.p[0] != 'I')
		return true;
	for (size_t i = 0; i < ARRAY_LEN(abbreviations); i++)
		if (str_ieq(word, str_of(abbreviations[i])))
			return true;
	return false;
}

/* "1." at the start of a sentence numbers it. */
static bool is_number(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] < '0' || word.p[i] > '9')
			return false;
	return word.n > 0;
}

static bool all_lower(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (!is_lower(word.p[i]) && word.p[i] != '\'')
			return false;
	return word.n > 1;
}

/* A capital, then nothing that names, calls or addresses have. */
static bool starts_plainly(struct str word)
{
	if (!word.n || !is_upper(word.p[0]))
		return false;
	for (size_t i = 1; i < word.n; i++)
		if (is_upper(word.p[i]) || strchr("._()/\\=:<>&@#", word.p[i]))
			return i + 1 == word.n && ends_sentence(word.p[i]);
	return true;
}

/* The first byte behind stops and what closes with them. */
static size_t behind_stops(struct str text, size_t at)
{
	while (at < text.n && ends_sentence(text.p[at]))
		at++;
	while (at < text.n && strchr(")]\"'*", text.p[at]))
		at++;
	if (str_starts(str_slice(text, at, text.n), STR("\xe2\x80\x9d")) ||
	    str_starts(str_slice(text, at, text.n), STR("\xe2\x80\x99")))
		at += 3;
	return at;
}

/* "Sorry.That" was meant to have a blank. */
static bool blank_is_missing(struct str text, size_t from, size_t at, size_t behind)
{
	struct str before = word_before(text, from, at), next = word_behind(text, behind);

	if (!starts_plainly(next))
		return false;
	return text.p[at] == '.' ? behind == at + 1 && all_lower(before)
				 : str_index(before, '/') == before.n;
}

/* Whether stops at `at`, with `behind` the first byte behind them, end the sentence
 * that began at from. */
static bool stops_end(struct str text, size_t from, size_t at, size_t behind)
{
	bool dots = text.p[at] == '.' && byte_at(text, at + 1) == '.';
	size_t next = behind;
	struct str word;

	if (!is_blank(byte_at(text, behind)))
		return blank_is_missing(text, from, at, behind);
	while (next < text.n && text.p[next] == ' ')
		next++;
	if (next == text.n || text.p[next] == '\n' || text.p[at] != '.')
		return true;
	if (dots)
		return !is_lower(text.p[next]);
	word = word_before(text, from, at);
	if (is_number(word) && word.p == text.p + from)
		return false;
	return !is_abbreviation(word);
}

/* A smiley of letters and signs, or a pictogram: its length, or 0. */
static size_t smiley(struct str text, size_t at)
{
	static const char *const smileys[] = { ":)", ":-)", ":(", ":-(", ";)", ";-)", ":D",
					       ":-D", ":P", ":/", ":-/", ":|" };
	struct str rest = str_slice(text, at, text.n);
	const char *p = rest.p;

	for (size_t i = 0; i < ARRAY_LEN(smileys); i++)
		if (str_starts(rest, str_of(smileys[i])))
			return strlen(smileys[i]);
	if (rest.n && (unsigned char)rest.p[0] >= 0xe2) {
		uint32_t c = utf8_next(&p, str_end(rest));

		if ((c >= 0x2600 && c <= 0x27bf) || (c >= 0x1f300 && c <= 0x1faff))
			return (size_t)(p - rest.p);
	}
	return 0;
}

/* A smiley between blanks ends a sentence when a capital follows. */
static size_t smiley_end(struct str text, size_t at)
{
	size_t n = smiley(text, at), more;

	if (!n || !is_blank(byte_at(text, at - 1)))
		return 0;
	for (at += n; (more = smiley(text, at)) > 0;)
		at += more;
	return byte_at(text, at) == ' ' && is_upper(byte_at(text, at + 1)) ? at : 0;
}

/* An ellipsis of one character (U+2026) goes on before a small letter. */
static size_t ellipsis_end(struct str text, size_t at)
{
	if (!str_starts(str_slice(text, at, text.n), STR("\xe2\x80\xa6")))
		return 0;
	at += 3;
	return byte_at(text, at) == ' ' && is_upper(byte_at(text, at + 1)) ? at : 0;
}

/* Where a sentence that is too long is cut: at the last blank before at. */
static size_t cut(struct str text, size_t from, size_t at)
{
	size_t blank = at;

	while (blank > from && text.p[blank] != ' ')
		blank--;
	return blank > from ? blank : at;
}

/* The end of the sentence that begins at from. */
static size_t end_of(struct str text, size_t from)
{
	static const bool may_end[256] = {
		['.'] = true, ['!'] = true, ['?'] = true, [':'] = true, [';'] = true,
		['\n'] = true, [0xe2 ... 0xff] = true,
	};
	struct str rest = str_slice(text, 0, from + SENTENCE_MAX);
	size_t at = from, end;

	for (;;) {
		at += str_until(str_slice(rest, at, rest.n), may_end);
		if (at >= rest.n)
			return rest.n < text.n ? cut(text, from, rest.n) : text.n;
		if (text.p[at] == '\n')
			return at;
		if (ends_sentence(text.p[at])) {
			end = behind_stops(text, at);
			if (stops_end(text, from, at, end))
				return end;
			at = end;
			continue;
		}
		if (at > from && ((end = smiley_end(text, at)) || (end = ellipsis_end(text, at))))
			return end;
		at++;
	}
}

/* A cut that fell into a character goes back to its start. */
static size_t whole(struct str text, size_t from, size_t to)
{
	while (to < text.n && to > from + 1 && ((unsigned char)text.p[to] & 0xc0) == 0x80)
		to--;
	return to;
}

bool sentences_next(struct sentences *s, size_t *from, size_t *to)
{
	size_t at = s->at;

	while (at < s->text.n && is_blank(s->text.p[at]))
		at++;
	if (at == s->text.n)
		return false;
	*from = at;
	*to = s->at = whole(s->text, at, end_of(s->text, at));
	while (is_blank(s->text.p[*to - 1]))
		--*to;
	return true;
}
