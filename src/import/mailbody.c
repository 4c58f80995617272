/* From the texts of a message to one body. */
#include "import/mailbody.h"

#include "import/mailtext.h"

/* The text of a part: nothing when it is a footer alone. */
static void add_plain(struct mailtext *t, const struct mime_text *part)
{
	struct buf lines = BUF_INIT;

	if (part->flowed)
		mailtext_unflow(&lines, part->text, part->delsp);
	else
		buf_addstr(&lines, part->text);
	mailtext_add(t, buf_str(&lines));
	buf_release(&lines);
}

static void add_visible(struct mailtext *t, const struct mime_text *part)
{
	struct arena arena = ARENA_INIT;
	struct buf text = BUF_INIT;
	struct body_tree tree;

	body_read(&arena, BODY_HTML, part->text, &tree);
	body_visible(&tree, VISIBLE_NO_QUOTES, &text);
	mailtext_add(t, buf_str(&text));
	buf_release(&text);
	arena_release(&arena);
}

static void add_files(struct buf *out, struct str names, bool html)
{
	if (names.n && out->n)
		buf_addc(out, '\n');
	while (names.n) {
		struct str name = str_split(&names, '\n');

		buf_adds(out, html ? "<p>[attachment: " : "[attachment: ");
		for (size_t i = 0; i < name.n; i++) {
			if (html && name.p[i] == '<')
				buf_addlit(out, "&lt;");
			else if (html && name.p[i] == '&')
				buf_addlit(out, "&amp;");
			else
				buf_addc(out, name.p[i]);
		}
		buf_adds(out, html ? "]</p>\n" : "]\n");
	}
}

/* Whether the readable texts are all HTML; t holds the plain ones. */
static bool is_html(const struct mime *message, const struct mailtext *t)
{
	for (size_t i = 0; i < message->texts_n; i++)
		if (message->texts[i].html)
			return !t->text.n;
	return false;
}

static void add_html(const struct mime *message, struct buf *out)
{
	for (size_t i = 0; i < message->texts_n; i++)
		if (message->texts[i].html)
			buf_addstr(out, message->texts[i].text);
}

enum body_format mailbody_read(const struct mime *message, struct buf *out)
{
	struct mailtext t = MAILTEXT_INIT;
	bool html;

	for (size_t i = 0; i < message->texts_n; i++)
		if (!message->texts[i].html)
			add_plain(&t, &message->texts[i]);
	html = is_html(message, &t);
	for (size_t i = 0; i < message->texts_n && !html; i++)
		if (message->texts[i].html)
			add_visible(&t, &message->texts[i]);
	if (html)
		add_html(message, out);
	else
		buf_addstr(out, buf_str(&t.text));
	for (size_t i = 0; i < message->attachments_n; i++)
		mailtext_add_file(&t, message->attachments[i]);
	if (!out->n && !t.files.n && t.html_scrubbed)
		mailtext_add_file(&t, STR("HTML"));
	add_files(out, buf_str(&t.files), html);
	mailtext_release(&t);
	return html ? BODY_HTML : BODY_TEXT;
}
