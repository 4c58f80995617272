/*
 * The tree to HTML.  All element and attribute names are literals of this
 * file; what a post brought along is text or an attribute's value.  That the
 * tree keeps the content model is text/builder's promise.
 */
#include "render/body.h"

#include "base/mem.h"
#include "render/html.h"
#include "render/value.h"

static const struct tag {
	const char *open, *close; /* NULL: written by hand below */
} tags[NODE_KIND_COUNT] = {
	[NODE_PARAGRAPH] = { "<p>", "</p>\n" },
	[NODE_QUOTE] = { "<blockquote>\n", "</blockquote>\n" },
	[NODE_ITEM] = { "<li>", "</li>\n" },
	[NODE_ROW] = { "<tr>\n", "</tr>\n" },
	[NODE_DETAILS] = { "<details>\n", "</details>\n" },
	[NODE_SUMMARY] = { "<summary>", "</summary>\n" },
	[NODE_DEFINITIONS] = { "<dl>\n", "</dl>\n" },
	[NODE_TERM] = { "<dt>", "</dt>\n" },
	[NODE_DEFINITION] = { "<dd>", "</dd>\n" },
	[NODE_RULE] = { "<hr>\n", "" },
	[NODE_BREAK] = { "<br>", "" },
	[NODE_EMPH] = { "<em>", "</em>" },
	[NODE_STRONG] = { "<strong>", "</strong>" },
	[NODE_STRIKE] = { "<del>", "</del>" },
	[NODE_SUB] = { "<sub>", "</sub>" },
	[NODE_SUP] = { "<sup>", "</sup>" },
	[NODE_KBD] = { "<kbd>", "</kbd>" },
	[NODE_UNDERLINE] = { "<u>", "</u>" },
	[NODE_MARK] = { "<mark>", "</mark>" },
	[NODE_SMALL] = { "<small>", "</small>" },
	[NODE_CODE] = { "<code>", "</code>" },
};

static const struct tag headings[] = {
	{ "<h1>", "</h1>\n" }, { "<h2>", "</h2>\n" }, { "<h3>", "</h3>\n" },
	{ "<h4>", "</h4>\n" }, { "<h5>", "</h5>\n" }, { "<h6>", "</h6>\n" },
};

/* What a post calls a language, and the opening tag of such a block. */
static const struct language {
	const char *name, *open;
} languages[] = {
#define LANGUAGE(name, class) { name, "<pre tabindex=\"0\"><code class=\"language-" class "\">" }
	LANGUAGE("bash", "bash"), LANGUAGE("sh", "bash"), LANGUAGE("shell", "bash"),
	LANGUAGE("c", "c"), LANGUAGE("h", "c"),
	LANGUAGE("c++", "cpp"), LANGUAGE("cpp", "cpp"), LANGUAGE("cxx", "cpp"),
	LANGUAGE("c#", "csharp"), LANGUAGE("cs", "csharp"), LANGUAGE("csharp", "csharp"),
	LANGUAGE("css", "css"),
	LANGUAGE("diff", "diff"), LANGUAGE("patch", "diff"),
	LANGUAGE("go", "go"), LANGUAGE("golang", "go"),
	LANGUAGE("html", "html"), LANGUAGE("ini", "ini"), LANGUAGE("java", "java"),
	LANGUAGE("javascript", "javascript"), LANGUAGE("js", "javascript"),
	LANGUAGE("json", "json"), LANGUAGE("kotlin", "kotlin"), LANGUAGE("lua", "lua"),
	LANGUAGE("makefile", "makefile"), LANGUAGE("markdown", "markdown"),
	LANGUAGE("md", "markdown"), LANGUAGE("objc", "objectivec"),
	LANGUAGE("objectivec", "objectivec"), LANGUAGE("perl", "perl"),
	LANGUAGE("php", "php"), LANGUAGE("powershell", "powershell"),
	LANGUAGE("py", "python"), LANGUAGE("python", "python"), LANGUAGE("r", "r"),
	LANGUAGE("rb", "ruby"), LANGUAGE("ruby", "ruby"), LANGUAGE("rs", "rust"),
	LANGUAGE("rust", "rust"), LANGUAGE("scala", "scala"), LANGUAGE("sql", "sql"),
	LANGUAGE("swift", "swift"), LANGUAGE("toml", "toml"),
	LANGUAGE("ts", "typescript"), LANGUAGE("typescript", "typescript"),
	LANGUAGE("xml", "xml"), LANGUAGE("yaml", "yaml"), LANGUAGE("yml", "yaml"),
#undef LANGUAGE
};

struct writer {
	const struct body_style *style;
	struct buf *out;
	struct buf url; /* owned */
	bool in_link;
	signed char levels[6]; /* of the headings that the next one may stand below */
	int levels_n;
};

static void write_node(struct writer *w, const struct node *n);

static void write_children(struct writer *w, const struct node *n)
{
	for (const struct node *c = n->first; c; c = c->next)
		write_node(w, c);
}

static void write_tagged(struct writer *w, const struct tag *tag, const struct node *n)
{
	buf_adds(w->out, tag->open);
	html_text(w->out, n->text);
	write_children(w, n);
	buf_adds(w->out, tag->close);
}

/* As deep in the page as in the post's own outline; what that skips is left out. */
static void write_heading(struct writer *w, const struct node *n)
{
	int level, last = (int)ARRAY_LEN(headings);

	while (w->levels_n && w->levels[w->levels_n - 1] >= n->level)
		w->levels_n--;
	level = w->style->heading_base + w->levels_n;
	w->levels[w->levels_n++] = n->level;
	write_tagged(w, &headings[(level < last ? level : last) - 1], n);
}

static void write_code_block(struct writer *w, const struct node *n)
{
	/* Long lines scroll, and whoever has no mouse must get there: WCAG 2.1.1. */
	const char *open = "<pre tabindex=\"0\"><code>";

	for (size_t i = 0; i < ARRAY_LEN(languages); i++)
		if (str_ieq(n->text2, str_of(languages[i].name)))
			open = languages[i].open;
	write_tagged(w, &(struct tag){ open, "</code></pre>\n" }, n);
}

static void write_list(struct writer *w, const struct node *n)
{
	if (!n->ordered) {
		write_tagged(w, &(struct tag){ "<ul>\n", "</ul>\n" }, n);
		return;
	}
	if (n->start != 1)
		buf_addf(w->out, "<ol start=\"%d\">\n", n->start);
	else
		buf_addlit(w->out, "<ol>\n");
	write_children(w, n);
	buf_addlit(w->out, "</ol>\n");
}

static bool is_header(const struct node *row)
{
	for (const struct node *c = row->first; c; c = c->next)
		if (c->level != 1)
			return false;
	return row->first;
}

/* Rows of header cells at the top are the table's head; a browser would put
 * the others into a body that isn't written, so it is. */
static void write_table(struct writer *w, const struct node *n)
{
	const struct node *row = n->first;

	buf_addlit(w->out, "<table>\n");
	if (row && is_header(row)) {
		buf_addlit(w->out, "<thead>\n");
		for (; row && is_header(row); row = row->next)
			write_node(w, row);
		buf_addlit(w->out, "</thead>\n");
	}
	if (row) {
		buf_addlit(w->out, "<tbody>\n");
		for (; row; row = row->next)
			write_node(w, row);
		buf_addlit(w->out, "</tbody>\n");
	}
	buf_addlit(w->out, "</table>\n");
}

static void write_cell(struct writer *w, const struct node *n)
{
	static const struct tag cells[] = {
		{ "<td>", "</td>\n" }, { "<th>", "</th>\n" },
	};

	write_tagged(w, &cells[n->level == 1], n);
}

static void write_abbr(struct writer *w, const struct node *n)
{
	buf_addlit(w->out, "<abbr");
	if (str_present(n->text2)) {
		buf_addlit(w->out, " title=\"");
		html_attr(w->out, n->text2);
		buf_addc(w->out, '"');
	}
	buf_addc(w->out, '>');
	write_children(w, n);
	buf_addlit(w->out, "</abbr>");
}

/* What an image is called. */
static struct str image_name(const struct node *n)
{
	return n->text.n ? n->text : STR("image");
}

static void add_text(struct buf *out, const struct node *n)
{
	if (n->kind == NODE_BREAK)
		buf_addc(out, ' ');
	else if (n->kind == NODE_IMAGE)
		buf_addstr(out, image_name(n));
	else
		buf_addstr(out, n->text);
	for (const struct node *c = n->first; c; c = c->next)
		add_text(out, c);
}

/* "@name": whose account that is, is known at the venue alone. */
static bool is_mention(const struct node *n)
{
	static const bool blank[256] = { [' '] = true, ['\t'] = true, ['\n'] = true };
	struct buf text = BUF_INIT;
	bool mention;

	add_text(&text, n);
	mention = text.n > 1 && text.p[0] == '@' &&
		  str_until(buf_str(&text), blank) == text.n;
	buf_release(&text);
	return mention;
}

/* The address to link to is left in w->url, or nothing. */
static bool resolve(struct writer *w, struct str url)
{
	buf_reset(&w->url);
	return url_safe(url, w->style->base_url, &w->url);
}

/* Opens a link to w->url; the caller writes its end. */
static void begin_link(struct writer *w)
{
	buf_addlit(w->out, "<a href=\"");
	html_attr(w->out, buf_str(&w->url));
	buf_addlit(w->out, "\" rel=\"nofollow ugc noopener\">");
}

static void write_link(struct writer *w, const struct node *n)
{
	bool linked = !w->in_link && !is_mention(n) && resolve(w, n->url);

	if (linked)
		begin_link(w);
	w->in_link = linked;
	write_children(w, n);
	w->in_link = false;
	if (linked)
		buf_addlit(w->out, "</a>");
}

static void write_copy(struct writer *w, const struct copy *copy, struct str alt)
{
	buf_addlit(w->out, "<img src=\"");
	buf_addc(w->out, VALUE_ROOT);
	buf_addf(w->out, "%s\" alt=\"", copy->path);
	html_attr(w->out, alt);
	buf_addf(w->out, "\" width=\"%u\" height=\"%u\" loading=\"lazy\" decoding=\"async\">",
		 copy->image.width, copy->image.height);
}

/* Never loaded from where it is, which would tell its server who reads this: a
 * copy, or a link to it. */
static void write_image(struct writer *w, const struct node *n)
{
	const struct body_style *style = w->style;
	bool resolved = resolve(w, n->url);
	bool linked = resolved && !w->in_link && !is_mention(n);
	const struct copy *copy = NULL;

	if (resolved && style->copies)
		copy = copies_find(style->copies, buf_str(&w->url), style->name, style->diags);
	if (copy) {
		write_copy(w, copy, image_name(n));
		return;
	}
	if (linked)
		begin_link(w);
	html_text(w->out, image_name(n));
	if (linked)
		buf_addlit(w->out, "</a>");
}

static void write_node(struct writer *w, const struct node *n)
{
	static void (*const writers[NODE_KIND_COUNT])(struct writer *,
						      const struct node *) = {
		[NODE_ROOT] = write_children,
		[NODE_HEADING] = write_heading,
		[NODE_CODE_BLOCK] = write_code_block,
		[NODE_LIST] = write_list,
		[NODE_TABLE] = write_table,
		[NODE_CELL] = write_cell,
		[NODE_ABBR] = write_abbr,
		[NODE_LINK] = write_link,
		[NODE_IMAGE] = write_image,
	};

	if (n->kind == NODE_TEXT)
		html_text(w->out, n->text);
	else if (writers[n->kind])
		writers[n->kind](w, n);
	else
		write_tagged(w, &tags[n->kind], n);
}

void body_html(const struct body_tree *tree, const struct body_style *style,
	       struct buf *out)
{
	struct writer w = { .style = style, .out = out, .url = BUF_INIT };

	write_node(&w, tree->root);
	buf_release(&w.url);
}
