/* What stands in front of subjects. */
#include "import/mailsubject.h"

#include "base/mem.h"

static const char *const replies[] = { "re", "aw", "antw", "sv", "rif", "odp", NULL };
static const char *const forwards[] = { "fwd", "fw", "wg", "tr", NULL };

/* A mark, with the number of a reply or without: its length, or 0. */
static size_t mark(struct str s, const char *const *words)
{
	static const bool number[256] = { ['0' ... '9'] = true, ['['] = true, [']'] = true,
					  ['('] = true, [')'] = true, ['^'] = true };

	for (; *words; words++) {
		size_t n = strlen(*words);

		if (!str_ieq(str_slice(s, 0, n), str_of(*words)))
			continue;
		while (n < s.n && number[(unsigned char)s.p[n]])
			n++;
		n += n < s.n && s.p[n] == ' ';
		if (n < s.n && s.p[n] == ':')
			return n + 1;
	}
	return 0;
}

/* A tag: its length, or 0. */
static size_t tag(struct str s)
{
	size_t n = str_index(s, ']');

	return s.n && s.p[0] == '[' && n < s.n ? n + 1 : 0;
}

static struct str after(struct str s, size_t n)
{
	return str_trim(str_slice(s, n, s.n));
}

void mailsubject_key(struct buf *out, struct str subject, bool *reply)
{
	struct str s = str_trim(subject);
	size_t from = out->n, n;

	*reply = false;
	for (; s.n; s = after(s, n)) {
		n = mark(s, replies);
		*reply |= n > 0;
		if (!n)
			n = mark(s, forwards);
		if (!n)
			n = tag(s);
		if (!n)
			break;
	}
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i] == '\t' ? ' ' : s.p[i];

		if (c == ' ' && out->n > from && out->p[out->n - 1] == ' ')
			continue;
		buf_addc(out, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
	}
}

static bool is_name(struct str words, const struct str *names, size_t n)
{
	enum { LONGEST = 64 };
	struct buf slug = BUF_INIT, name = BUF_INIT;
	bool found = false;

	buf_addslug(&slug, words, LONGEST);
	for (size_t i = 0; slug.n && i < n && !found; i++) {
		buf_reset(&name);
		buf_addslug(&name, names[i], LONGEST);
		found = str_eq(buf_str(&name), buf_str(&slug));
	}
	buf_release(&slug);
	buf_release(&name);
	return found;
}

struct str mailsubject_title(struct str subject, const struct str *names, size_t names_n)
{
	struct str s = str_trim(subject);
	size_t n;

	for (; s.n; s = after(s, n)) {
		n = mark(s, replies);
		if (!n)
			n = tag(s);
		if (!n || (s.p[0] == '[' && !is_name(str_slice(s, 1, n - 1), names, names_n)))
			break;
	}
	return s;
}
