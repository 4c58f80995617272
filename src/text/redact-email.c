/* E-mail addresses: the grammar is in include/text/redact.h. */
#include "redact-find.h"

#include "base/mem.h"

struct scan {
	const char *t; /* the text, terminated */
	size_t n;
	const unsigned char *is;
	struct str spared;
};

static bool in(char c, const char *set)
{
	return c && strchr(set, c);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool word_at(const struct scan *s, size_t i, bool dense)
{
	return s->is[i] & LOOKS_WORD && (dense || !(s->is[i] & LOOKS_DENSE));
}

/*
 * A word spelt out in brackets, "(at)", with a blank before and behind, inside
 * too: its length, or 0.
 */
static size_t bracketed(const struct scan *s, size_t i, const char *word)
{
	static const char open[] = "([{", close[] = ")]}";
	size_t from = i;
	const char *bracket;

	i += s->t[i] == ' ';
	if (s->t[i] != '(' && s->t[i] != '[' && s->t[i] != '{')
		return 0;
	bracket = strchr(open, s->t[i++]);
	i += s->t[i] == ' ';
	for (; *word; word++, i++)
		if (lower(s->t[i]) != *word)
			return 0;
	i += s->t[i] == ' ';
	if (s->t[i] != close[bracket - open])
		return 0;
	i++;
	return i - from + (s->t[i] == ' ');
}

/* The dot at i: its length, or 0. */
static size_t dot(const struct scan *s, size_t i, bool spelt)
{
	if (s->t[i] == '.')
		return 1;
	if (spelt && str_ieq(str_make(s->t + i, i + 5 <= s->n ? 5 : 0), STR(" dot ")))
		return 5;
	return bracketed(s, i, "dot");
}

/* What a last label isn't, although it could be by its letters: types of files,
 * and names that mean something in one house only. */
static bool is_no_domain(struct str label)
{
	static const char *const names[] = {
		"bmp", "class", "conf", "cpp", "css", "csv", "dll", "exe", "gif", "gz",
		"home", "hpp", "htm", "html", "ico", "ini", "internal", "jar", "java", "jpeg",
		"jpg", "js", "json", "jsx", "lan", "local", "localdomain", "localhost",
		"log", "pdf", "php", "png", "scss", "service", "svg", "tif", "tiff", "ts",
		"tsx", "txt", "webp", "xml", "yaml", "yml",
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_ieq(label, str_of(names[i])))
			return true;
	return false;
}

static bool is_top(struct str label)
{
	if (label.n > 4 && str_ieq(str_slice(label, 0, 4), STR("xn--")))
		return true;
	for (size_t i = 0; i < label.n; i++)
		if ((unsigned char)label.p[i] < 0x80 &&
		    (lower(label.p[i]) < 'a' || lower(label.p[i]) > 'z'))
			return false;
	return label.n >= 2 && !is_no_domain(label);
}

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* The end of the label at i, which ends with no hyphen. */
static size_t label_end(const struct scan *s, size_t i)
{
	bool dense = s->is[i] & LOOKS_DENSE;

	if (!word_at(s, i, true))
		return i;
	while (word_at(s, i, dense) || s->t[i] == '-')
		i++;
	while (s->t[i - 1] == '-')
		i--;
	return i;
}

/* The end of the domain at i, or 0 where there is none. */
static size_t domain_end(const struct scan *s, size_t i, bool spelt)
{
	size_t end = 0, labels = 0, numbers = 0;

	for (;;) {
		size_t to = label_end(s, i), gap;
		struct str label = str_make(s->t + i, to - i);

		if (to == i)
			return end;
		/* No version: package@1.2.beta. */
		if (labels && is_top(label) && !(labels > 1 && numbers == labels))
			end = to;
		labels++;
		numbers += all_digits(label);
		gap = dot(s, to, spelt);
		if (!gap)
			return end;
		i = to + gap;
	}
}

static size_t local_start(const struct scan *s, size_t end)
{
	bool dense = end && s->is[end - 1] & LOOKS_DENSE;
	size_t i = end;

	while (i && (word_at(s, i - 1, dense) || in(s->t[i - 1], "._%+-'")))
		i--;
	while (i < end && in(s->t[i], ".%+-'"))
		i++;
	return i;
}

/* Behind "scheme://": a name, or a password. */
static bool is_user_of_url(const struct scan *s, size_t i)
{
	static const struct str mailto = { "mailto:", 7 };

	while (i && (s->is[i - 1] & LOOKS_WORD || in(s->t[i - 1], "._%+-':~!$&*=;,")))
		i--;
	if (i < 3 || memcmp(s->t + i - 2, "//", 2) != 0 || s->t[i - 3] != ':')
		return false;
	i -= 2;
	return i < mailto.n || !str_ieq(str_make(s->t + i - mailto.n, mailto.n), mailto);
}

/* user@host of a social network, which is public on purpose. */
static bool is_handle(const struct scan *s, size_t i)
{
	return i && s->t[i - 1] == '@' && (i == 1 || !(s->is[i - 2] & LOOKS_WORD));
}

/* Where an address around the at sign [at, domain) ends, or 0; *from is where it
 * begins. */
static size_t address(const struct scan *s, size_t at, size_t domain, size_t *from)
{
	size_t end = domain_end(s, domain, domain - at > 1);
	struct str local;

	if (!end)
		return 0;
	*from = local_start(s, at);
	local = str_make(s->t + *from, at - *from);
	if (!local.n || str_is(local, "git") || is_handle(s, *from) ||
	    is_user_of_url(s, *from) ||
	    str_ieq(str_make(s->t + *from, end - *from), s->spared))
		return 0;
	return end;
}

void find_emails(const struct looks *l, struct str spared, size_t item, struct spans *out)
{
	const struct scan s = { l->text.p, l->text.n, l->is, spared };

	for (size_t i = 0; i < s.n; i++) {
		size_t n = s.t[i] == '@' ? 1 : bracketed(&s, i, "at");
		size_t from, end = n ? address(&s, i, i + n, &from) : 0;

		if (!end)
			continue;
		spans_add(out, from, end, item);
		i = end - 1;
	}
}
