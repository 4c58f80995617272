/* Escaping by context.  Which URLs may be linked to is url.c's. */
#include "render/html.h"

#include "base/mem.h"
#include "base/utf8.h"

/* What each byte below U+0080 becomes; NULL: itself.  "" leaves it out.  stop
 * marks the bytes at which a run of plain ones ends. */
struct escapes {
	bool stop[256];
	const char *of[128];
};

#define C0_STOP [0x00 ... 0x08] = true, [0x0b] = true, [0x0c] = true, [0x0e ... 0x1f] = true
#define COMMON_STOP \
	C0_STOP, ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, \
	['\''] = true, [0x80 ... 0xff] = true

#define C0_LEFT_OUT \
	[0x00] = "", [0x01] = "", [0x02] = "", [0x03] = "", [0x04] = "", \
	[0x05] = "", [0x06] = "", [0x07] = "", [0x08] = "", [0x0b] = "", \
	[0x0c] = "", [0x0e] = "", [0x0f] = "", [0x10] = "", [0x11] = "", \
	[0x12] = "", [0x13] = "", [0x14] = "", [0x15] = "", [0x16] = "", \
	[0x17] = "", [0x18] = "", [0x19] = "", [0x1a] = "", [0x1b] = "", \
	[0x1c] = "", [0x1d] = "", [0x1e] = "", [0x1f] = ""
#define MARKUP_ESCAPED \
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", \
	['\''] = "&#39;"

static const struct escapes in_text = { { COMMON_STOP, ['`'] = true }, {
	C0_LEFT_OUT, MARKUP_ESCAPED, ['`'] = "&#96;",
} };
static const struct escapes in_attr = { {
	COMMON_STOP, ['`'] = true, ['\t'] = true, ['\n'] = true, ['\r'] = true,
}, {
	C0_LEFT_OUT, MARKUP_ESCAPED, ['`'] = "&#96;",
	['\t'] = "&#9;", ['\n'] = "&#10;", ['\r'] = "&#13;",
} };
static const struct escapes in_xml = { { COMMON_STOP }, {
	C0_LEFT_OUT, MARKUP_ESCAPED,
} };

static void escape(struct buf *out, struct str s, const struct escapes *escapes)
{
	const char *at = s.p, *end = str_end(s), *run = at;

	while (at < end) {
		const char *from, *instead;

		while (at < end && !escapes->stop[(unsigned char)*at])
			at++;
		if (at == end)
			break;
		from = at;
		if ((unsigned char)*at < 0x80) {
			instead = escapes->of[(unsigned char)*at++];
		} else {
			uint32_t c = utf8_next(&at, end);

			instead = c == UTF8_BAD ? "\xef\xbf\xbd" : NULL;
			if (escapes == &in_xml && (c == 0xfffe || c == 0xffff))
				instead = "";
		}
		if (!instead)
			continue;
		buf_add(out, run, (size_t)(from - run));
		buf_adds(out, instead);
		run = at;
	}
	buf_add(out, run, (size_t)(end - run));
}

void html_text(struct buf *out, struct str s)
{
	escape(out, s, &in_text);
}

void html_attr(struct buf *out, struct str s)
{
	escape(out, s, &in_attr);
}

void xml_text(struct buf *out, struct str s)
{
	escape(out, s, &in_xml);
}
