#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * A borrowed view of n bytes, not necessarily terminated.  p is NULL only in
 * the absent string STR_NONE; the empty string has a pointer.  What it
 * borrows from is said where the view is declared.
 */
struct str {
	const char *p;
	size_t n;
};

#define STR_NONE ((struct str){ NULL, 0 })
#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
/* For printf: ("%.*s", STR_ARG(s)) */
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

static inline struct str str_of(const char *s)
{
	return (struct str){ s, s ? strlen(s) : 0 };
}

static inline struct str str_make(const char *p, size_t n)
{
	return (struct str){ p, n };
}

/* Behind the last byte; for loops from s.p, which may be NULL. */
static inline const char *str_end(struct str s)
{
	return s.n ? s.p + s.n : s.p;
}

static inline bool str_present(struct str s)
{
	return s.p != NULL;
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_is(struct str a, const char *s)
{
	return str_eq(a, str_of(s));
}

/* Byte order, shorter first on a common prefix; never depends on the locale. */
int str_cmp(struct str a, struct str b);
/* Arrays in that order. */
void str_sort(struct str *items, size_t n);
bool str_among(const struct str *sorted, size_t n, struct str s);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* ASCII letters compared without case. */
bool str_ieq(struct str a, struct str b);
/* Without blanks (space, tab, CR, LF, FF) at both ends. */
struct str str_trim(struct str s);
/* 1 to 64 of a-z, 0-9 and '-': the name of a venue, product, page or label. */
bool str_is_slug(struct str s);
/* The shape of a BCP 47 tag (RFC 5646, section 2.1): a language of two to eight
 * letters, then subtags of one to eight letters and digits, with '-' between; 35
 * characters at most, as section 4.4.1 finds enough. */
bool str_is_language(struct str s);
/* Bytes [from, to), clamped to s; absent when s is. */
struct str str_slice(struct str s, size_t from, size_t to);
/* First place of needle in s, or s.n when there is none. */
size_t str_find(struct str s, struct str needle);
/* First place of byte c in s, or s.n. */
size_t str_index(struct str s, char c);
/* First place of a byte of the set, or s.n. */
size_t str_until(struct str s, const bool set[256]);
/*
 * Takes the part before the next byte c off *rest and returns it; the last
 * part leaves *rest absent.  Loop: while (str_present(rest)) part = ...
 */
struct str str_split(struct str *rest, char c);

#endif
