/* Mailboxes taken apart.  What a message holds is mime.c's. */
#include "import/mailbox.h"

#include "base/when.h"
#include "import/maildate.h"

static const size_t mail_max = (size_t)MAIL_MAX_MB << 20;

/* --- Beginnings --- */

static struct str without_cr(struct str line)
{
	return str_slice(line, 0, line.n - str_ends(line, STR("\r")));
}

/* The name of a header field, or absent.  RFC 5322 allows more than letters, digits and
 * hyphens, and so would JSON be one; nobody uses it. */
static struct str field_name(struct str line)
{
	size_t n = str_index(line, ':');

	for (size_t i = 0; i < n; i++)
		if (!str_is_slug(str_make(line.p + i, 1)) &&
		    (line.p[i] < 'A' || line.p[i] > 'Z'))
			return STR_NONE;
	return n && n < line.n ? str_slice(line, 0, n) : STR_NONE;
}

static struct str first_line(struct str *rest)
{
	struct str line = STR_NONE;

	while (str_present(*rest) && !str_trim(line).n)
		line = without_cr(str_split(rest, '\n'));
	return line;
}

bool mailbox_begins(struct str text)
{
	struct str sender;
	int64_t t;

	return maildate_from_line(first_line(&text), &sender, &t);
}

bool mailbox_begins_as_message(struct str text)
{
	struct str line = first_line(&text);
	bool from = false, other = false;

	while (line.n) {
		struct str name = field_name(line);

		if (!name.n && line.p[0] != ' ' && line.p[0] != '\t')
			return false;
		from |= str_ieq(name, STR("From"));
		other |= str_ieq(name, STR("Date")) || str_ieq(name, STR("Message-ID")) ||
			 str_ieq(name, STR("Received"));
		line = str_present(text) ? without_cr(str_split(&text, '\n')) : STR("");
	}
	return from && other;
}

/* --- Lines --- */

static bool has_at(struct str sender)
{
	return str_index(sender, '@') < sender.n || str_find(sender, STR(" at ")) < sender.n;
}

/* Whether line begins a message; then m->next is that one. */
static bool begins(struct mailbox *m, struct str line, bool after_blank)
{
	struct str sender;
	int64_t sent;

	if (m->single || !maildate_from_line(without_cr(line), &sender, &sent) ||
	    !(after_blank || has_at(sender)))
		return false;
	m->next = (struct mail){ .sent = sent };
	m->next.where = place_line(instream_name(m->lines.in.path), m->lines.number, 0);
	return true;
}

static void add_line(struct buf *text, struct str line)
{
	line = without_cr(line);
	while (line.n) {
		struct str part = str_slice(line, 0, str_index(line, '\0'));

		buf_addstr(text, part);
		line = str_slice(line, part.n + 1, line.n);
	}
	buf_addc(text, '\n');
}

static bool starts_at(const struct buf *b, size_t i, struct str s)
{
	return i < b->n && str_starts(str_make(b->p + i, b->n - i), s);
}

/* How many '>' are before "From " at i; 0 when it isn't that. */
static size_t escaped(const struct buf *b, size_t i)
{
	size_t n = 0;

	while (i + n < b->n && b->p[i + n] == '>')
		n++;
	return starts_at(b, i + n, STR("From ")) ? n : 0;
}

/* In place. */
static void unescape(struct buf *b)
{
	size_t to = 0, next;
	bool quoted = false; /* that line begins with '>' */

	for (size_t i = 0; i < b->n; i = next) {
		size_t n = str_index(str_make(b->p + i, b->n - i), '\n') + 1, cut;

		next = i + n < b->n ? i + n : b->n;
		cut = escaped(b, i) && !quoted && !starts_at(b, next, STR(">"));
		quoted = b->p[i] == '>';
		memmove(b->p + to, b->p + i + cut, next - i - cut);
		to += next - i - cut;
	}
	buf_cut(b, to);
}

/* --- Messages --- */

/* Who moved a mailbox into another one left such lines before the header. */
static struct str without_envelope(struct str text)
{
	while (str_starts(text, STR("From ")))
		str_split(&text, '\n');
	return text;
}

static int read_message(struct mailbox *m, struct mail *mail, struct diags *diags)
{
	bool blank = false;
	struct str line;
	int got;

	if (!m->single)
		buf_reset(&m->text);
	while ((got = lines_next(&m->lines, &line, diags)) > 0) {
		m->more = begins(m, line, blank);
		if (m->more)
			break;
		mail->too_large |= !str_present(line) || m->text.n + line.n > mail_max;
		if (mail->too_large)
			buf_reset(&m->text);
		else
			add_line(&m->text, line);
		blank = str_present(line) && !without_cr(line).n;
	}
	unescape(&m->text);
	mail->text = mail->too_large ? STR_NONE : without_envelope(buf_str(&m->text));
	return got;
}

/* --- Files --- */

static int no_mailbox(struct mailbox *m, struct diags *diags)
{
	diag_add(diags, DIAG_SYNTAX,
		 place_line(instream_name(m->lines.in.path), m->lines.number, 0),
		 "no mailbox: expected a line 'From ADDRESS DATE', or a message's header");
	return -1;
}

/* Reads up to the first message's first line. */
static int read_start(struct mailbox *m, struct diags *diags)
{
	struct str line = STR("");
	int got = 1;

	while (got > 0 && str_present(line) && !str_trim(line).n)
		got = lines_next(&m->lines, &line, diags);
	if (got <= 0)
		return got;
	m->more = true;
	if (begins(m, line, true))
		return 0;
	if (!field_name(line).n)
		return no_mailbox(m, diags);
	m->single = true;
	add_line(&m->text, line);
	m->next = (struct mail){ .sent = WHEN_NONE };
	m->next.where = place_line(instream_name(m->lines.in.path), m->lines.number, 0);
	return 0;
}

int mailbox_open(struct mailbox *m, const char *path, struct diags *diags)
{
	*m = (struct mailbox){ .text = BUF_INIT };
	if (lines_open(&m->lines, path, diags) < 0)
		return -1;
	if (read_start(m, diags) == 0)
		return 0;
	mailbox_release(m);
	return -1;
}

int mailbox_next(struct mailbox *m, struct mail *mail, struct diags *diags)
{
	if (!m->more)
		return 0;
	m->more = false;
	*mail = m->next;
	return read_message(m, mail, diags) < 0 ? -1 : 1;
}

void mailbox_release(struct mailbox *m)
{
	lines_release(&m->lines);
	buf_release(&m->text);
}
