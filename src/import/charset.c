/* Text in other charsets.  Conversion itself is iconv's. */
#include "import/charset.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>

enum { NAME_MAX_BYTES = 40 };

static const char fallback[] = "CP1252";

/* What texts with a label are in. */
static const struct {
	const char *label, *name;
} meant[] = {
	{ "ansi_x3.4-1968", fallback }, { "ascii", fallback },
	{ "iso-8859-1", fallback },	{ "iso8859-1", fallback },
	{ "iso_8859-1", fallback },	{ "latin1", fallback },
	{ "us-ascii", fallback },	{ "iso-8859-9", "CP1254" },
	{ "big5", "BIG5-HKSCS" },	{ "euc-kr", "CP949" },
	{ "gb2312", "GB18030" },	{ "gbk", "GB18030" },
	{ "ks_c_5601-1987", "CP949" },	{ "shift-jis", "CP932" },
	{ "shift_jis", "CP932" },	{ "x-sjis", "CP932" },
	{ "utf8", "UTF-8" },
};

/* iconv's name for the label; NULL for what can't be one. */
static const char *name_of(struct str label, char name[NAME_MAX_BYTES])
{
	static const bool other[256] = {
		[0 ... '+'] = true, [','] = true, ['/'] = true, [';' ... '@'] = true,
		['[' ... '^'] = true, ['`'] = true, ['{' ... 255] = true,
	};

	for (size_t i = 0; i < ARRAY_LEN(meant); i++)
		if (str_ieq(label, str_of(meant[i].label)))
			return meant[i].name;
	if (!label.n || label.n >= NAME_MAX_BYTES || str_until(label, other) < label.n)
		return NULL;
	snprintf(name, NAME_MAX_BYTES, "%.*s", STR_ARG(label));
	return name;
}

/* One step: false when the byte at *from is none of that charset's.  A from of NULL
 * gives out what iconv held back, as some charsets make it. */
static bool step(iconv_t how, struct buf *out, char **from, size_t *left)
{
	for (;;) {
		size_t room = *left + 64;
		char *to = buf_room(out, room), *end = to;
		size_t got = iconv(how, from, left, &end, &room);

		out->n += (size_t)(end - to);
		out->p[out->n] = '\0';
		if (got != (size_t)-1)
			return true;
		if (errno != E2BIG)
			return false;
	}
}

static void add_utf8(struct buf *out, struct str s)
{
	if (utf8_valid(s))
		buf_addstr(out, s);
	else
		utf8_add_repaired(out, s);
}

/* -1 when iconv doesn't know the charset. */
static int convert(struct buf *out, const char *name, struct str bytes)
{
	iconv_t how = iconv_open("UTF-8", name);
	char *from = (char *)bytes.p;
	size_t left = bytes.n;

	if (how == (iconv_t)-1)
		return -1;
	while (left && !step(how, out, &from, &left)) {
		utf8_add(out, 0xfffd);
		from++;
		left--;
	}
	step(how, out, NULL, &left);
	iconv_close(how);
	return 0;
}

void charset_add(struct buf *out, struct str label, struct str bytes)
{
	char space[NAME_MAX_BYTES];
	const char *name = name_of(label, space);
	struct buf converted = BUF_INIT;

	if (!name)
		name = fallback;
	if (name == fallback && utf8_valid(bytes))
		name = "UTF-8";
	if (str_ieq(str_of(name), STR("UTF-8")) ||
	    (convert(&converted, name, bytes) < 0 && name == fallback))
		add_utf8(out, bytes);
	else if (!converted.n && bytes.n)
		charset_add(out, STR_NONE, bytes);
	else /* of some charsets iconv makes what isn't UTF-8: lone surrogates */
		add_utf8(out, buf_str(&converted));
	buf_release(&converted);
}
