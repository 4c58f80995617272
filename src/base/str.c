/* Views of bytes.  Uses no other module. */
#include "base/str.h"

#include <stdlib.h>

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c)
		return c;
	return a.n < b.n ? -1 : a.n > b.n;
}

static int compare(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

void str_sort(struct str *items, size_t n)
{
	if (n)
		qsort(items, n, sizeof(*items), compare);
}

bool str_among(const struct str *sorted, size_t n, struct str s)
{
	return n && bsearch(&s, sorted, n, sizeof(s), compare);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq(str_slice(s, 0, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_slice(s, s.n - suffix.n, s.n), suffix);
}

bool str_is_slug(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') &&
		    s.p[i] != '-')
			return false;
	return s.n >= 1 && s.n <= 64;
}

static bool alphanumeric(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool str_is_language(struct str s)
{
	bool first = true;

	if (s.n > 35)
		return false;
	for (; str_present(s); first = false) {
		struct str part = str_split(&s, '-');

		if (part.n < (first ? 2 : 1) || part.n > 8)
			return false;
		for (size_t i = 0; i < part.n; i++)
			if (!alphanumeric(part.p[i]) || (first && part.p[i] <= '9'))
				return false;
	}
	return !first;
}

static unsigned char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : (unsigned char)c;
}

bool str_ieq(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

struct str str_trim(struct str s)
{
	while (s.n && blank(s.p[0]))
		s.p++, s.n--;
	while (s.n && blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return str_make(from ? s.p + from : s.p, to - from);
}

size_t str_find(struct str s, struct str needle)
{
	const char *at;

	if (!needle.n)
		return 0;
	at = s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
	return at ? (size_t)(at - s.p) : s.n;
}

size_t str_index(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

	return at ? (size_t)(at - s.p) : s.n;
}

struct str str_split(struct str *rest, char c)
{
	size_t at = str_index(*rest, c);
	struct str part = str_slice(*rest, 0, at);

	*rest = at < rest->n ? str_slice(*rest, at + 1, rest->n) : STR_NONE;
	return part;
}

size_t str_until(struct str s, const bool set[256])
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;

	/* Most text has none for long stretches. */
	while (s.n - i >= 4 && !(set[p[i]] | set[p[i + 1]] | set[p[i + 2]] | set[p[i + 3]]))
		i += 4;
	while (i < s.n && !set[p[i]])
		i++;
	return i;
}
