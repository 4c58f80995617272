/* Sets pages of the manual: macros become words, words become lines. */
#include "mdoc.h"

#include "base/mem.h"

enum { WIDTH = 78, INDENT = 4, DEPTH_MAX = 8, TOKENS_MAX = 64 };

struct list {
	char marker;   /* '-': bullets, '1': numbers, 0: each item has a tag */
	bool compact;
	size_t indent; /* of markers and tags */
	size_t hang;   /* how much deeper the text stands */
	int items;
};

struct setter {
	struct buf *out;
	struct buf line; /* begun, with its indent */
	struct buf word; /* not yet on the line */
	size_t indent;
	size_t display;  /* indent outside of the display */
	bool joined;     /* the next word joins the last one */
	bool literal;
	bool reference;  /* some of it stands already */
	struct list lists[DEPTH_MAX];
	size_t depth;
};

/* --- Words to lines --- */

static void write_line(struct setter *s)
{
	if (!s->line.n)
		return;
	buf_addstr(s->out, buf_str(&s->line));
	buf_addc(s->out, '\n');
	buf_reset(&s->line);
}

/* The line up to a column. */
static void pad(struct setter *s, size_t column)
{
	while (s->line.n < column)
		buf_addc(&s->line, ' ');
}

static void end_word(struct setter *s)
{
	if (!s->word.n)
		return;
	if (s->line.n && s->line.n + 1 + s->word.n > WIDTH)
		write_line(s);
	if (s->line.n)
		buf_addc(&s->line, ' ');
	else
		pad(s, s->indent);
	buf_addstr(&s->line, buf_str(&s->word));
	buf_reset(&s->word);
}

static void end_line(struct setter *s)
{
	end_word(s);
	write_line(s);
	s->joined = false;
}

/* An empty line, but never two, and none at the top. */
static void end_paragraph(struct setter *s)
{
	end_line(s);
	if (s->out->n && !str_ends(buf_str(s->out), STR("\n\n")))
		buf_addc(s->out, '\n');
}

static const struct {
	const char *name, *text;
} escapes[] = {
	{ "&", "" }, { " ", " " }, { "-", "-" }, { "e", "\\" }, { "(aq", "'" },
	{ "(dq", "\"" }, { "(en", "–" }, { "(ha", "^" }, { "(mu", "×" }, { "(oq", "'" },
	{ "(:a", "ä" }, { "(:u", "ü" }, { "(cq", "'" }, { "(lq", "“" }, { "(rq", "”" },
};

/* The text of what begins at a backslash; n becomes how many bytes that are. */
static const char *escape(struct str at, size_t *n)
{
	for (size_t i = 0; i < ARRAY_LEN(escapes); i++) {
		*n = 1 + strlen(escapes[i].name);
		if (str_is(str_slice(at, 1, *n), escapes[i].name))
			return escapes[i].text;
	}
	*n = 1;
	return "\\";
}

static void add_text(struct buf *b, struct str s)
{
	size_t n;

	for (; s.n; s = str_slice(s, n, s.n)) {
		if (*s.p == '\\') {
			buf_adds(b, escape(s, &n));
		} else {
			n = 1;
			buf_addc(b, *s.p);
		}
	}
}

static void add_word(struct setter *s, struct str word)
{
	if (!s->joined)
		end_word(s);
	s->joined = false;
	add_text(&s->word, word);
}

/* A word that touches both its neighbours. */
static void join(struct setter *s, const char *word)
{
	s->joined = true;
	add_word(s, str_of(word));
	s->joined = true;
}

/* --- Macros within a line --- */

struct token {
	struct str text;
	bool quoted;
};

enum meaning {
	PLAIN,   /* a look, which text has none of */
	FLAG,    /* each word is an option */
	ENCLOSE, /* open and close around the rest of the line */
	OPEN, CLOSE, JOIN, NAME, PAGE, TAB
};

static const struct macro {
	const char *name;
	enum meaning meaning;
	const char *open, *close;
} macros[] = {
	{ .name = "Ar" }, { .name = "Cm" }, { .name = "Dv" }, { .name = "Em" }, { .name = "Ev" },
	{ .name = "Ic" }, { .name = "Li" }, { .name = "No" }, { .name = "Pa" },
	{ .name = "Sx" }, { .name = "Sy" }, { .name = "Va" }, { .name = "Xc" },
	{ .name = "Xo" },
	{ "Bq", ENCLOSE, "[", "]" },
	{ "Brq", ENCLOSE, "{", "}" },
	{ "Dq", ENCLOSE, "\"", "\"" },
	{ "Op", ENCLOSE, "[", "]" },
	{ "Pq", ENCLOSE, "(", ")" },
	{ "Qq", ENCLOSE, "\"", "\"" },
	{ "Ql", ENCLOSE, "'", "'" },
	{ "Sq", ENCLOSE, "'", "'" },
	{ "Oo", OPEN, "[", NULL },
	{ "Oc", CLOSE, NULL, "]" },
	{ "Po", OPEN, "(", NULL },
	{ "Pc", CLOSE, NULL, ")" },
	{ .name = "Fl", .meaning = FLAG },
	{ .name = "Nm", .meaning = NAME },
	{ .name = "Ns", .meaning = JOIN },
	{ .name = "Ta", .meaning = TAB },
	{ .name = "Xr", .meaning = PAGE },
};

static const struct macro *macro(const struct token *t)
{
	for (size_t i = 0; !t->quoted && i < ARRAY_LEN(macros); i++)
		if (str_is(t->text, macros[i].name))
			return &macros[i];
	return NULL;
}

static bool is_one_of(const struct token *t, const char *set)
{
	return !t->quoted && t->text.n == 1 && strchr(set, *t->text.p);
}

static bool closes(const struct token *t)
{
	return is_one_of(t, ".,:;)]?!");
}

/* Whether the macro before it has nothing to work on. */
static bool no_argument(const struct token *t, size_t n)
{
	return n == 0 || macro(t) || closes(t);
}

static void plain_word(struct setter *s, const struct token *t, bool flag)
{
	s->joined = s->joined || closes(t);
	if (flag && !closes(t) && !is_one_of(t, "|([")) {
		add_word(s, STR("-"));
		s->joined = true;
	}
	add_word(s, t->text);
	s->joined = is_one_of(t, "([");
}

static void set_tokens(struct setter *s, const struct token *t, size_t n);

static void enclose(struct setter *s, const struct macro *m, const struct token *t, size_t n)
{
	size_t inside = n;

	while (inside > 0 && closes(&t[inside - 1]))
		inside--;
	add_word(s, str_of(m->open));
	s->joined = true;
	set_tokens(s, t, inside);
	join(s, m->close);
	s->joined = false;
	set_tokens(s, t + inside, n - inside);
}

/* What stands behind the tag of an item. */
static void end_tag(struct setter *s)
{
	const struct list *list = &s->lists[s->depth - 1];

	end_word(s);
	s->joined = false;
	s->indent = list->indent + list->hang;
	if (s->line.n + (list->marker ? 1 : 2) <= s->indent)
		pad(s, s->indent - 1);
	else
		write_line(s);
}

/* How many of the words behind it the macro has set, too. */
static size_t set_macro(struct setter *s, const struct macro *m, const struct token *t,
			size_t n)
{
	switch (m->meaning) {
	case ENCLOSE:
		enclose(s, m, t, n);
		return n;
	case OPEN:
		add_word(s, str_of(m->open));
		s->joined = true;
		break;
	case CLOSE:
		join(s, m->close);
		s->joined = false;
		break;
	case JOIN:
		s->joined = true;
		break;
	case NAME:
		if (no_argument(t, n))
			add_word(s, STR("candor"));
		break;
	case TAB:
		end_tag(s);
		break;
	case PAGE:
		add_word(s, t[0].text);
		join(s, "(");
		add_word(s, t[1].text);
		join(s, ")");
		s->joined = false;
		return 2;
	case FLAG:
		if (!no_argument(t, n))
			break;
		add_word(s, STR("-"));
		s->joined = true;
		break;
	case PLAIN:
		break;
	}
	return 0;
}

static void set_tokens(struct setter *s, const struct token *t, size_t n)
{
	bool flag = false;

	for (size_t i = 0; i < n; i++) {
		const struct macro *m = macro(&t[i]);

		if (m) {
			flag = m->meaning == FLAG;
			i += set_macro(s, m, t + i + 1, n - i - 1);
		} else {
			plain_word(s, &t[i], flag);
		}
	}
}

/* --- Macros that begin a line --- */

static void section(struct setter *s, const struct token *t, size_t n)
{
	end_paragraph(s);
	s->indent = 0;
	set_tokens(s, t, n);
	end_line(s);
	s->indent = INDENT;
}

static void subsection(struct setter *s, const struct token *t, size_t n)
{
	end_paragraph(s);
	s->indent = INDENT / 2;
	set_tokens(s, t, n);
	end_line(s);
	s->indent = INDENT;
}

static void paragraph(struct setter *s, const struct token *t, size_t n)
{
	(void)t, (void)n;
	end_paragraph(s);
}

static void begin_list(struct setter *s, const struct token *t, size_t n)
{
	struct list list = { .indent = s->indent, .hang = INDENT };

	for (size_t i = 0; i < n; i++) {
		struct str option = t[i].text;

		if (str_is(option, "-bullet"))
			list.marker = '-', list.hang = 2;
		else if (str_is(option, "-enum"))
			list.marker = '1', list.hang = 3;
		else if (str_is(option, "-compact"))
			list.compact = true;
		else if (str_is(option, "-offset"))
			list.indent += INDENT;
		else if (str_is(option, "-column"))
			list.compact = true, list.hang = t[i + 1].text.n + 2;
		else if (str_is(option, "-width") && !str_is(t[i + 1].text, "Ds"))
			list.hang = t[i + 1].text.n + 2;
	}
	if (s->depth < DEPTH_MAX)
		s->lists[s->depth++] = list;
	end_line(s);
}

static void end_list(struct setter *s, const struct token *t, size_t n)
{
	(void)t, (void)n;
	end_line(s);
	if (s->depth > 0)
		s->indent = s->lists[--s->depth].indent;
}

static void end_head(struct setter *s, const struct token *t, size_t n)
{
	(void)t, (void)n;
	end_tag(s);
}

static void item(struct setter *s, const struct token *t, size_t n)
{
	struct list *list = &s->lists[s->depth - 1];

	if (!list->compact)
		end_paragraph(s);
	end_line(s);
	s->indent = list->indent;
	list->items++;
	if (list->marker == '1')
		buf_addf(&s->word, "%d.", list->items);
	else if (list->marker)
		buf_addc(&s->word, list->marker);
	set_tokens(s, t, n);
	/* ".It Xo" goes on up to ".Xc". */
	if (!n || !str_is(t[0].text, "Xo"))
		end_tag(s);
}

static void begin_display(struct setter *s, const struct token *t, size_t n)
{
	end_paragraph(s);
	s->display = s->indent;
	s->literal = true;
	for (size_t i = 0; i < n; i++)
		if (str_is(t[i].text, "-offset"))
			s->indent += INDENT;
}

static void end_display(struct setter *s, const struct token *t, size_t n)
{
	(void)t, (void)n;
	end_line(s);
	s->literal = false;
	s->indent = s->display;
}

static void display_line(struct setter *s, const struct token *t, size_t n)
{
	end_line(s);
	s->indent += INDENT;
	set_tokens(s, t, n);
	end_line(s);
	s->indent -= INDENT;
}

static void description(struct setter *s, const struct token *t, size_t n)
{
	add_word(s, STR("–"));
	set_tokens(s, t, n);
}

static void reference(struct setter *s, const struct token *t, size_t n)
{
	if (s->reference)
		join(s, ",");
	s->joined = false;
	s->reference = true;
	set_tokens(s, t, n);
}

static void end_reference(struct setter *s, const struct token *t, size_t n)
{
	(void)t, (void)n;
	join(s, ".");
	s->joined = s->reference = false;
}

/* What isn't shown: who wants the date of the page has the page. */
static void nothing(struct setter *s, const struct token *t, size_t n)
{
	(void)s, (void)t, (void)n;
}

static const struct {
	const char *name;
	void (*set)(struct setter *s, const struct token *t, size_t n);
} blocks[] = {
	{ "%T", reference }, { "%U", reference }, { "Bd", begin_display },
	{ "Bl", begin_list }, { "Dd", nothing }, { "Dl", display_line }, { "Dt", nothing },
	{ "Ed", end_display }, { "El", end_list }, { "It", item }, { "Nd", description },
	{ "Os", nothing }, { "Pp", paragraph }, { "Re", end_reference }, { "Rs", nothing },
	{ "Sh", section }, { "Ss", subsection }, { "Xc", end_head },
};

/* --- Lines --- */

/* The end of its first word: "\\ " is a space within one. */
static size_t word_end(struct str line)
{
	size_t end = str_index(line, ' ');

	while (end > 0 && end < line.n && line.p[end - 1] == '\\')
		end += 1 + str_index(str_slice(line, end + 1, line.n), ' ');
	return end;
}

static size_t read_tokens(struct str line, struct token *t)
{
	size_t n = 0;

	while ((line = str_trim(line)).n && n < TOKENS_MAX) {
		bool quoted = *line.p == '"';
		struct str rest = quoted ? str_slice(line, 1, line.n) : line;
		size_t end = quoted ? str_index(rest, '"') : word_end(rest);

		t[n++] = (struct token){ str_slice(rest, 0, end), quoted };
		line = str_slice(rest, end + quoted, rest.n);
	}
	return n;
}

static void set_macros(struct setter *s, struct str line)
{
	struct token t[TOKENS_MAX + 1] = { 0 };
	size_t n = read_tokens(line, t);

	for (size_t i = 0; n && i < ARRAY_LEN(blocks); i++) {
		if (str_is(t[0].text, blocks[i].name)) {
			blocks[i].set(s, t + 1, n - 1);
			return;
		}
	}
	set_tokens(s, t, n);
	if (s->literal)
		end_line(s);
}

static void set_line(struct setter *s, struct str line)
{
	if (str_starts(line, STR("."))) {
		set_macros(s, str_slice(line, 1, line.n));
		return;
	}
	if (s->literal) {
		if (line.n)
			pad(s, s->indent);
		add_text(&s->line, line);
		buf_addc(&s->line, '\n');
		buf_addstr(s->out, buf_str(&s->line));
		buf_reset(&s->line);
		return;
	}
	while ((line = str_trim(line)).n) {
		size_t end = word_end(line);

		add_word(s, str_slice(line, 0, end));
		line = str_slice(line, end, line.n);
	}
}

void mdoc_text(struct buf *out, struct str lines)
{
	/* As if in a list, for lines that are items of one. */
	struct setter s = { .out = out, .line = BUF_INIT, .word = BUF_INIT, .depth = 1,
			    .lists = { { .hang = INDENT } } };

	while (lines.n)
		set_line(&s, str_split(&lines, '\n'));
	end_line(&s);
	buf_release(&s.line);
	buf_release(&s.word);
}
