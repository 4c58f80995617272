/* The Atlassian Document Format to HTML: a walk over the tree, by rows.  json_parse()
 * bounds its depth. */
#include "import/adf.h"

#include "base/mem.h"
#include "base/when.h"
#include "render/html.h"

struct json_items {
	const struct json *items;
	size_t n;
};

static struct str text_of(const struct json *object, const char *key)
{
	const struct json *v = json_get(object, key);

	return v && v->kind == JSON_STR ? v->u.str : STR_NONE;
}

static int64_t number_of(const struct json *object, const char *key)
{
	const struct json *v = json_get(object, key);

	return v && v->kind == JSON_INT ? v->u.integer : 0;
}

static void add_link(struct str url, struct buf *out)
{
	buf_addlit(out, "<a href=\"");
	html_attr(out, url);
	buf_addlit(out, "\">");
}

/* --- Marks --- */

static const struct mark_row {
	const char *name, *tag;
} mark_rows[] = {
	{ "strong", "strong" }, { "em", "em" }, { "code", "code" }, { "strike", "del" },
	{ "underline", "ins" }, { "link", "a" },
	{ "subsup", NULL }, /* says itself which */
};

static const char *tag_of(const struct json *mark)
{
	struct str name = text_of(mark, "type");

	for (size_t i = 0; i < ARRAY_LEN(mark_rows); i++) {
		if (!str_is(name, mark_rows[i].name))
			continue;
		if (mark_rows[i].tag)
			return mark_rows[i].tag;
		return str_is(text_of(json_get(mark, "attrs"), "type"), "sub") ? "sub" :
										 "sup";
	}
	return NULL;
}

/* None when there is no such list. */
static struct json_items list_of(const struct json *node, const char *key)
{
	const struct json *v = json_get(node, key);

	if (!v || v->kind != JSON_LIST)
		return (struct json_items){ NULL, 0 };
	return (struct json_items){ v->u.list.items, v->u.list.n };
}

static void add_marked(const struct json *node, struct buf *out)
{
	const struct json_items marks = list_of(node, "marks");
	const char *open[ARRAY_LEN(mark_rows)];
	size_t n = 0;

	for (size_t i = 0; i < marks.n && n < ARRAY_LEN(open); i++) {
		const char *tag = tag_of(&marks.items[i]);

		if (!tag)
			continue;
		if (!strcmp(tag, "a"))
			add_link(text_of(json_get(&marks.items[i], "attrs"), "href"), out);
		else
			buf_addf(out, "<%s>", tag);
		open[n++] = tag;
	}
	html_text(out, text_of(node, "text"));
	while (n)
		buf_addf(out, "</%s>", open[--n]);
}

/* --- Nodes that say something by attributes --- */

static void open_heading(const struct json *attrs, struct buf *out)
{
	int64_t level = number_of(attrs, "level");

	buf_addf(out, "<h%d>", level >= 1 && level <= 6 ? (int)level : 6);
}

static void close_heading(const struct json *attrs, struct buf *out)
{
	int64_t level = number_of(attrs, "level");

	buf_addf(out, "</h%d>\n", level >= 1 && level <= 6 ? (int)level : 6);
}

static void open_list(const struct json *attrs, struct buf *out)
{
	int64_t first = number_of(attrs, "order");

	buf_addlit(out, "<ol");
	if (first > 1)
		buf_addf(out, " start=\"%lld\"", (long long)first);
	buf_addc(out, '>');
}

static void open_code(const struct json *attrs, struct buf *out)
{
	struct str language = text_of(attrs, "language");

	buf_addlit(out, "<pre><code");
	if (language.n && !memchr(language.p, ' ', language.n)) {
		buf_addlit(out, " class=\"language-");
		html_attr(out, language);
		buf_addc(out, '"');
	}
	buf_addc(out, '>');
}

static void open_expand(const struct json *attrs, struct buf *out)
{
	struct str title = text_of(attrs, "title");

	if (!title.n)
		return;
	buf_addlit(out, "<p><strong>");
	html_text(out, title);
	buf_addlit(out, "</strong></p>\n");
}

static void open_card(const struct json *attrs, struct buf *out)
{
	struct str url = text_of(attrs, "url");

	if (!url.n)
		return;
	add_link(url, out);
	html_text(out, url);
	buf_addlit(out, "</a>");
}

/* Milliseconds, as text. */
static void open_date(const struct json *attrs, struct buf *out)
{
	struct str s = text_of(attrs, "timestamp");
	char date[WHEN_DATE];
	int64_t t;

	if (s.n > 3 && when_parse_or_epoch(str_slice(s, 0, s.n - 3), &t)) {
		when_format_date(t, date);
		html_text(out, str_of(date));
	}
}

static void open_mention(const struct json *attrs, struct buf *out)
{
	struct str name = text_of(attrs, "text");

	if (!str_starts(name, STR("@")))
		buf_addc(out, '@');
	html_text(out, name.n ? name : text_of(attrs, "id"));
}

static void open_emoji(const struct json *attrs, struct buf *out)
{
	struct str shown = text_of(attrs, "text");

	html_text(out, shown.n ? shown : text_of(attrs, "shortName"));
}

static void open_words(const struct json *attrs, struct buf *out)
{
	html_text(out, text_of(attrs, "text"));
}

static void open_media(const struct json *attrs, struct buf *out)
{
	html_text(out, text_of(attrs, "alt"));
}

/* --- The walk --- */

static const struct node_row {
	const char *name;
	const char *open, *close;
	void (*open_by)(const struct json *attrs, struct buf *out);
	void (*close_by)(const struct json *attrs, struct buf *out);
} node_rows[] = {
	{ .name = "paragraph", .open = "<p>", .close = "</p>\n" },
	{ .name = "hardBreak", .open = "<br>\n" },
	{ .name = "mention", .open_by = open_mention },
	{ .name = "emoji", .open_by = open_emoji },
	{ .name = "inlineCard", .open_by = open_card },
	{ .name = "heading", .open_by = open_heading, .close_by = close_heading },
	{ .name = "bulletList", .open = "<ul>", .close = "</ul>\n" },
	{ .name = "orderedList", .open_by = open_list, .close = "</ol>\n" },
	{ .name = "listItem", .open = "<li>", .close = "</li>\n" },
	{ .name = "codeBlock", .open_by = open_code, .close = "</code></pre>\n" },
	{ .name = "blockquote", .open = "<blockquote>\n", .close = "</blockquote>\n" },
	{ .name = "rule", .open = "<hr>\n" },
	{ .name = "table", .open = "<table>\n", .close = "</table>\n" },
	{ .name = "tableRow", .open = "<tr>", .close = "</tr>\n" },
	{ .name = "tableHeader", .open = "<th>", .close = "</th>" },
	{ .name = "tableCell", .open = "<td>", .close = "</td>" },
	{ .name = "panel", .open = "<div>\n", .close = "</div>\n" },
	{ .name = "expand", .open_by = open_expand },
	{ .name = "nestedExpand", .open_by = open_expand },
	{ .name = "taskList", .open = "<ul>", .close = "</ul>\n" },
	{ .name = "taskItem", .open = "<li>", .close = "</li>\n" },
	{ .name = "decisionList", .open = "<ul>", .close = "</ul>\n" },
	{ .name = "decisionItem", .open = "<li>", .close = "</li>\n" },
	{ .name = "mediaSingle", .open = "<p>", .close = "</p>\n" },
	{ .name = "mediaGroup", .open = "<p>", .close = "</p>\n" },
	{ .name = "media", .open_by = open_media, .close = " " },
	{ .name = "mediaInline", .open_by = open_media },
	{ .name = "blockCard", .open_by = open_card },
	{ .name = "embedCard", .open_by = open_card },
	{ .name = "date", .open_by = open_date },
	{ .name = "status", .open_by = open_words },
	{ .name = "placeholder", .open_by = open_words },
};

static const struct node_row *row_of(struct str name)
{
	static const struct node_row unknown = { .name = "" };

	for (size_t i = 0; i < ARRAY_LEN(node_rows); i++)
		if (str_is(name, node_rows[i].name))
			return &node_rows[i];
	return &unknown;
}

static void add_node(const struct json *node, struct buf *out)
{
	const struct node_row *row = row_of(text_of(node, "type"));
	const struct json *attrs = json_get(node, "attrs");
	const struct json_items content = list_of(node, "content");

	if (row->open)
		buf_adds(out, row->open);
	if (row->open_by)
		row->open_by(attrs, out);
	add_marked(node, out);
	for (size_t i = 0; i < content.n; i++)
		add_node(&content.items[i], out);
	if (row->close)
		buf_adds(out, row->close);
	if (row->close_by)
		row->close_by(attrs, out);
}

bool adf_is(const struct json *v)
{
	return str_is(text_of(v, "type"), "doc");
}

void adf_html(const struct json *doc, struct buf *out)
{
	add_node(doc, out);
}
