/*
 * Where the values of a JSON file begin and end.  Owns nothing of what they mean:
 * text that is given may still not be JSON, and json_parse() says so.
 */
#include "import/jsonstream.h"

#include "base/mem.h"

enum { BLOCK = 256 * 1024 };
enum { NO_BYTE = -1, NOT_READ = -2 }; /* in place of a byte */
enum step { FAILED = -1, GO_ON, GIVEN, ENDED };
static const size_t value_max = (size_t)JSONSTREAM_MAX_MB << 20;

static struct place here(const struct jsonstream *s)
{
	return place_line(s->in.path, s->line, s->column);
}

/* -1, always. */
static int syntax(struct place where, const char *what, struct diags *diags)
{
	return diag_add(diags, DIAG_SYNTAX, where, "%s", what);
}

static int unclosed(struct place where, struct diags *diags)
{
	return syntax(where, "what begins here isn't closed where the file ends", diags);
}

/* --- Bytes --- */

/* Drops what is done with and reads some more. */
static int fill(struct jsonstream *s, struct diags *diags)
{
	size_t drop = s->keep ? s->start : s->at;
	ssize_t n;

	memmove(s->buf.p, s->buf.p + drop, s->buf.n - drop);
	buf_cut(&s->buf, s->buf.n - drop);
	s->at -= drop;
	s->start = 0;
	if (s->buf.n > value_max)
		return diag_add(diags, DIAG_TOO_LARGE, here(s), "a value over %d MB",
				JSONSTREAM_MAX_MB);
	n = instream_read(&s->in, buf_room(&s->buf, BLOCK), BLOCK, diags);
	if (n < 0)
		return -1;
	s->ended = n == 0;
	s->buf.n += (size_t)n;
	s->buf.p[s->buf.n] = '\0';
	return 0;
}

/* The byte at hand, NO_BYTE at the end of the file, or NOT_READ. */
static int peek(struct jsonstream *s, struct diags *diags)
{
	while (s->at == s->buf.n) {
		if (s->ended)
			return NO_BYTE;
		if (fill(s, diags) < 0)
			return NOT_READ;
	}
	return (unsigned char)s->buf.p[s->at];
}

static void advance(struct jsonstream *s)
{
	unsigned char c = (unsigned char)s->buf.p[s->at++];

	if (c == '\n') {
		s->line++;
		s->column = 1;
	} else {
		s->column += (c & 0xC0) != 0x80; /* characters */
	}
}

static bool is_blank(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The first byte that isn't blank. */
static int skip_blanks(struct jsonstream *s, struct diags *diags)
{
	int c;

	while (is_blank(c = peek(s, diags)))
		advance(s);
	return c;
}

/* --- Values --- */

/* Passes over one value, whose first byte is at hand.  0, or -1. */
static int pass_value(struct jsonstream *s, struct diags *diags)
{
	struct place began = here(s);
	bool quoted = false, escaped = false;
	size_t depth = 0;
	int c = peek(s, diags);
	bool scalar = c != '"' && c != '{' && c != '[';

	do {
		if (c == NO_BYTE && scalar && !depth)
			return 0;
		if (c == NO_BYTE)
			return unclosed(began, diags);
		if (c == NOT_READ)
			return -1;
		if (scalar && (is_blank(c) || strchr(",]}:[{\"", c)))
			return 0;
		if (escaped)
			escaped = false;
		else if (quoted)
			escaped = c == '\\', quoted = c != '"';
		else if (c == '"')
			quoted = true;
		else
			depth += c == '{' || c == '[', depth -= c == '}' || c == ']';
		advance(s);
		if (!scalar && !depth && !quoted)
			return 0;
		c = peek(s, diags);
	} while (true);
}

/* One value as an item. */
static enum step take_value(struct jsonstream *s, struct jsonitem *item,
			    struct diags *diags)
{
	int status;

	item->list = s->list;
	item->where = here(s);
	s->keep = true;
	s->start = s->at;
	status = pass_value(s, diags);
	s->keep = false;
	if (status < 0)
		return FAILED;
	item->text = str_make(s->buf.p + s->start, s->at - s->start);
	return item->text.n ? GIVEN : syntax(item->where, "expected a value", diags);
}

/* --- Objects at the top --- */

/* What was passed over since start is of the head. */
static int keep_head(struct jsonstream *s, struct diags *diags)
{
	buf_add(&s->head, s->buf.p + s->start, s->at - s->start);
	s->keep = false;
	if (s->head.n <= value_max)
		return 0;
	return diag_add(diags, DIAG_TOO_LARGE, s->opened, "a value over %d MB",
			JSONSTREAM_MAX_MB);
}

/* The list of that name among those that the caller wants, or NULL. */
static const char *wanted_list(const struct jsonstream *s, struct str key)
{
	for (size_t i = 0; s->lists[i]; i++)
		if (str_is(key, s->lists[i]))
			return s->lists[i];
	return NULL;
}

/* A key and its value; of a list that is wanted only the bracket. */
static int pass_member(struct jsonstream *s, struct diags *diags)
{
	size_t key = s->at - s->start + 1, n;
	const char *list;
	int c;

	if (pass_value(s, diags) < 0)
		return -1;
	n = s->at - s->start - 1 - key;
	list = wanted_list(s, str_make(s->buf.p + s->start + key, n));
	if (skip_blanks(s, diags) != ':')
		return syntax(here(s), "expected ':'", diags);
	advance(s);
	c = skip_blanks(s, diags);
	if (!list || c != '[')
		return c == NOT_READ ? -1 : pass_value(s, diags);
	advance(s);
	if (keep_head(s, diags) < 0)
		return -1;
	s->list = list;
	s->list_line = s->line;
	s->state = JSONSTREAM_LIST;
	return 0;
}

static enum step next_member(struct jsonstream *s, struct jsonitem *item,
			     struct diags *diags)
{
	int c = skip_blanks(s, diags);

	if (c == NOT_READ)
		return FAILED;
	if (c == NO_BYTE)
		return unclosed(s->opened, diags);
	if (c == '"')
		return pass_member(s, diags) < 0 ? FAILED : GO_ON;
	if (c != ',' && c != '}')
		return syntax(here(s), "expected a key in double quotes", diags);
	advance(s);
	if (c == ',')
		return GO_ON;
	s->state = JSONSTREAM_TOP;
	if (keep_head(s, diags) < 0)
		return FAILED;
	*item = (struct jsonitem){ NULL, buf_str(&s->head), s->opened };
	return GIVEN;
}

/* --- Lists whose items are given one by one --- */

/* The head goes on behind the list; its line ends stay, for the lines of what
 * follows. */
static void end_list(struct jsonstream *s)
{
	if (!s->list) {
		s->state = JSONSTREAM_TOP;
		return;
	}
	for (unsigned long line = s->list_line; line < s->line; line++)
		buf_addc(&s->head, '\n');
	s->list = NULL;
	s->state = JSONSTREAM_MEMBERS;
	s->keep = true;
	s->start = s->at - 1; /* the bracket */
}

static enum step next_item(struct jsonstream *s, struct jsonitem *item,
			   struct diags *diags)
{
	int c = skip_blanks(s, diags);

	if (c == NOT_READ)
		return FAILED;
	if (c == NO_BYTE)
		return unclosed(s->opened, diags);
	if (c != ',' && c != ']')
		return take_value(s, item, diags);
	advance(s);
	if (c == ']')
		end_list(s);
	return GO_ON;
}

/* --- Documents --- */

/* They stand behind each other, with blanks or RFC 7464's separator between. */
static enum step next_document(struct jsonstream *s, struct jsonitem *item,
			       struct diags *diags)
{
	enum { SEPARATOR = 0x1E };
	int c;

	while ((c = skip_blanks(s, diags)) == SEPARATOR)
		advance(s);
	if (c == NOT_READ)
		return FAILED;
	if (c == NO_BYTE)
		return ENDED;
	s->opened = here(s);
	if (c != '[' && c != '{')
		return take_value(s, item, diags);
	if (c == '{') {
		buf_reset(&s->head);
		s->keep = true;
		s->start = s->at;
	}
	advance(s);
	s->state = c == '[' ? JSONSTREAM_LIST : JSONSTREAM_MEMBERS;
	return GO_ON;
}

int jsonstream_next(struct jsonstream *s, struct jsonitem *item, struct diags *diags)
{
	static enum step (*const steps[])(struct jsonstream *, struct jsonitem *,
					  struct diags *) = {
		[JSONSTREAM_TOP] = next_document,
		[JSONSTREAM_LIST] = next_item,
		[JSONSTREAM_MEMBERS] = next_member,
	};
	enum step step;

	do {
		step = steps[s->state](s, item, diags);
	} while (step == GO_ON);
	return step == ENDED ? 0 : (int)step;
}

void jsonstream_head(const struct jsonstream *s, struct buf *out)
{
	buf_addstr(out, buf_str(&s->head));
	buf_adds(out, s->list ? "]}" : "{}");
}

int jsonstream_open(struct jsonstream *s, const char *path, const char *const *lists,
		    struct diags *diags)
{
	*s = (struct jsonstream){ .lists = lists, .buf = BUF_INIT, .head = BUF_INIT,
				  .line = 1, .column = 1 };
	if (instream_open(&s->in, path, diags) < 0)
		return -1;
	while (!s->ended && s->buf.n < 3) {
		if (fill(s, diags) < 0) {
			jsonstream_release(s);
			return -1;
		}
	}
	if (str_starts(buf_str(&s->buf), STR("\xef\xbb\xbf")))
		s->at = 3;
	return 0;
}

void jsonstream_release(struct jsonstream *s)
{
	instream_release(&s->in);
	buf_release(&s->buf);
	buf_release(&s->head);
}
