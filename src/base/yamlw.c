/* Texts into YAML.  How it is read is ydoc.c's. */
#include "base/yamlw.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <inttypes.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What some reader of YAML 1.1 takes for a flag or for nothing. */
static bool is_word_of_yaml(struct str s)
{
	static const char *const words[] = { "y", "yes", "true", "on", "n", "no", "false",
					     "off", "null" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ieq(s, str_of(words[i])))
			return true;
	return false;
}

/* Less than YAML allows without quotes, but all that is usual: words, and addresses,
 * whose ':' has no blank behind it. */
static bool is_plain(struct str s)
{
	if (!s.n || !is_letter(s.p[0]) || is_word_of_yaml(s))
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (!is_letter(s.p[i]) && !(s.p[i] >= '0' && s.p[i] <= '9') &&
		    !(s.p[i] && strchr(" .-_/@", s.p[i])) &&
		    !(s.p[i] == ':' && i + 1 < s.n && s.p[i + 1] != ' '))
			return false;
	return s.p[s.n - 1] != ' ';
}

/* YAML 1.1, 5.6: c in as few digits as it takes. */
static void add_escape(struct buf *out, uint32_t c)
{
	if (c < 0x100)
		buf_addf(out, "\\x%02" PRIX32, c);
	else if (c < 0x10000)
		buf_addf(out, "\\u%04" PRIX32, c);
	else
		buf_addf(out, "\\U%08" PRIX32, c);
}

void yamlw_quoted(struct buf *out, struct str s)
{
	const char *at = s.p, *end = str_end(s);

	buf_addc(out, '"');
	while (at < end) {
		uint32_t c = utf8_next(&at, end);

		if (c == UTF8_BAD || !c)
			utf8_add(out, 0xfffd);
		else if (c != ' ' && (utf8_invisible(c) || utf8_blank(c)))
			add_escape(out, c);
		else if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", (char)c);
		else
			utf8_add(out, c);
	}
	buf_addc(out, '"');
}

void yamlw_text(struct buf *out, struct str s)
{
	if (is_plain(s))
		buf_addstr(out, s);
	else
		yamlw_quoted(out, s);
}
