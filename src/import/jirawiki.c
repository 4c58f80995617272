/*
 * Jira's wiki markup: macros, which may hold lines of anything, and blocks, which
 * lines make.  What is within a line is jirawiki-line.c's.
 *
 * Two passes: the first finds the macros that end, the second writes, from one of
 * them to the next.
 */
#include "import/jirawiki.h"

#include "base/mem.h"
#include "jirawiki-line.h"
#include "render/html.h"

#include <stdlib.h>

/* --- People --- */

struct str jira_people_name(const struct jira_people *people, struct str id)
{
	size_t from = 0, to = people->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = str_cmp(people->items[middle].id, id);

		if (order == 0)
			return people->items[middle].name;
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return id;
}

/* --- Macros --- */

enum macro_kind { CODE, NOFORMAT, QUOTE, PANEL, COLOR, ANCHOR, MACRO_KINDS };

static const struct macro_row {
	const char *name;
	bool verbatim; /* no markup in it */
	bool alone;    /* nothing ends it */
} macro_rows[] = {
	[CODE] = { "code", true, false },
	[NOFORMAT] = { "noformat", true, false },
	[QUOTE] = { "quote", false, false },
	[PANEL] = { "panel", false, false },
	[COLOR] = { "color", false, false },
	[ANCHOR] = { "anchor", false, true },
};

struct macro {
	size_t at, end;    /* its bytes, with the braces */
	struct str args;   /* behind the colon; absent without one */
	enum macro_kind kind;
	bool paired, ends;
	size_t body_end;   /* of a verbatim one; at end is its closing tag's */
};

struct wiki {
	struct str text;
	const struct jira_people *people;
	struct buf *out;
	struct macro *macros; /* owned; by place */
	size_t n, cap;
	size_t *waiting;      /* owned; of these the ones that something may end */
	size_t waiting_n, waiting_cap;
	size_t open[MACRO_KINDS];  /* how many of each wait */
	bool unended[MACRO_KINDS]; /* no closing tag comes any more */

	bool paragraph, table;
	bool fresh;           /* a line may go on without a break */
	char list[10];        /* the open lists' markers, outermost first */
	size_t depth;
};

/* "{name}" or "{name:args}" at `at`. */
static bool read_tag(struct str text, size_t at, struct macro *out)
{
	struct str rest = str_slice(text, at + 1, text.n);

	for (int kind = 0; kind < MACRO_KINDS; kind++) {
		struct str name = str_of(macro_rows[kind].name);
		size_t n = name.n;

		if (!str_starts(rest, name) || n == rest.n)
			continue;
		if (rest.p[n] == ':')
			while (n < rest.n && rest.p[n] != '}' && rest.p[n] != '{' &&
			       rest.p[n] != '\n')
				n++;
		if (n == rest.n || rest.p[n] != '}')
			return false;
		*out = (struct macro){
			.at = at, .end = at + n + 2, .kind = (enum macro_kind)kind,
			.args = n > name.n ? str_slice(rest, name.n + 1, n) : STR_NONE,
		};
		/* "{{code}}" is monospace. */
		return !(at > 0 && text.p[at - 1] == '{' && out->end < text.n &&
			 text.p[out->end] == '}');
	}
	return false;
}

/* Finds what ends a verbatim macro; false when nothing does. */
static bool end_verbatim(struct wiki *w, struct macro *m)
{
	struct str behind = str_slice(w->text, m->end, w->text.n);
	size_t n;

	if (w->unended[m->kind])
		return false;
	n = str_find(behind, m->kind == CODE ? STR("{code}") : STR("{noformat}"));
	w->unended[m->kind] = n == behind.n;
	if (n == behind.n)
		return false;
	m->body_end = m->end + n;
	m->paired = true;
	return true;
}

/* The last one that waits for an end like this; those since then end nowhere. */
static void end_last(struct wiki *w, struct macro *m)
{
	for (;;) {
		struct macro *last = &w->macros[w->waiting[--w->waiting_n]];

		w->open[last->kind]--;
		if (last->kind != m->kind)
			continue;
		last->paired = m->paired = m->ends = true;
		return;
	}
}

/* Where to go on. */
static size_t note_macro(struct wiki *w, struct macro *m)
{
	const struct macro_row *row = &macro_rows[m->kind];
	size_t next = m->end;

	if (row->verbatim) {
		if (!end_verbatim(w, m))
			return m->end;
		next = m->body_end + strlen(row->name) + 2;
	} else if (row->alone) {
		m->paired = true;
	} else if (!str_present(m->args) && w->open[m->kind]) {
		end_last(w, m);
	} else {
		GROW(w->waiting, w->waiting_n, w->waiting_cap);
		w->waiting[w->waiting_n++] = w->n;
		w->open[m->kind]++;
	}
	GROW(w->macros, w->n, w->cap);
	w->macros[w->n++] = *m;
	return next;
}

static void find_macros(struct wiki *w)
{
	struct macro m;
	size_t at = 0;

	while (at < w->text.n) {
		if (w->text.p[at] == '\\' && at + 1 < w->text.n)
			at += 1 + (w->text.p[at + 1] == '{' || w->text.p[at + 1] == '\\');
		else if (w->text.p[at] == '{' && read_tag(w->text, at, &m))
			at = note_macro(w, &m);
		else
			at++;
	}
}

/* --- Blocks --- */

static void end_paragraph(struct wiki *w)
{
	if (w->paragraph)
		buf_addlit(w->out, "</p>\n");
	w->paragraph = false;
}

static void end_list(struct wiki *w)
{
	buf_adds(w->out, w->list[--w->depth] == '#' ? "</li></ol>\n" : "</li></ul>\n");
}

static void end_blocks(struct wiki *w)
{
	end_paragraph(w);
	while (w->depth)
		end_list(w);
	if (w->table)
		buf_addlit(w->out, "</table>\n");
	w->table = false;
}

static void add_line(struct wiki *w, struct str line)
{
	jirawiki_line(str_trim(line), w->people, w->out);
}

static bool add_heading(struct wiki *w, struct str line)
{
	if (line.n < 4 || line.p[0] != 'h' || line.p[1] < '1' || line.p[1] > '6' ||
	    line.p[2] != '.' || line.p[3] != ' ')
		return false;
	end_blocks(w);
	buf_addf(w->out, "<h%c>", line.p[1]);
	add_line(w, str_slice(line, 4, line.n));
	buf_addf(w->out, "</h%c>\n", line.p[1]);
	return true;
}

static bool add_quote(struct wiki *w, struct str line)
{
	if (!str_starts(line, STR("bq. ")))
		return false;
	end_blocks(w);
	buf_addlit(w->out, "<blockquote><p>");
	add_line(w, str_slice(line, 4, line.n));
	buf_addlit(w->out, "</p></blockquote>\n");
	return true;
}

static bool add_rule(struct wiki *w, struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] != '-')
			return false;
	if (line.n < 4)
		return false;
	end_blocks(w);
	buf_addlit(w->out, "<hr>\n");
	return true;
}

/* The bytes of "*", "##", "#*" or "-" before an item, or 0.  Two hyphens are a dash
 * unless a list of such is open. */
static size_t marker(const struct wiki *w, struct str line)
{
	size_t n = 0;

	while (n < line.n && strchr("*#-", line.p[n]) && line.p[n])
		n++;
	if (n == line.n || n > sizeof(w->list) || (line.p[n] != ' ' && line.p[n] != '\t'))
		return 0;
	return n > 1 && line.p[n - 1] == '-' && w->depth + 1 < n ? 0 : n;
}

static bool add_item(struct wiki *w, struct str line)
{
	size_t n = marker(w, line), same = 0, depth = n;
	struct str kinds = str_slice(line, 0, n);

	if (!n)
		return false;
	if (depth > w->depth + 1) { /* a level was left out */
		kinds = str_slice(kinds, n - w->depth - 1, n);
		depth = w->depth + 1;
	}
	end_paragraph(w);
	if (w->table)
		end_blocks(w);
	while (same < depth && same < w->depth &&
	       (w->list[same] == '#') == (kinds.p[same] == '#'))
		same++;
	while (w->depth > same)
		end_list(w);
	if (same == depth)
		buf_addlit(w->out, "</li>\n<li>");
	while (w->depth < depth) {
		w->list[w->depth] = kinds.p[w->depth];
		buf_adds(w->out, w->list[w->depth++] == '#' ? "<ol><li>" : "<ul><li>");
	}
	add_line(w, str_slice(line, n, line.n));
	return true;
}

/* --- Tables --- */

/* One row, which may have several lines. */
static void add_row(struct wiki *w, struct str row)
{
	bool no_monospace = false;

	if (!w->table) {
		end_blocks(w);
		buf_addlit(w->out, "<table>\n");
	}
	w->table = true;
	buf_addlit(w->out, "<tr>");
	while (row.n > 1) {
		bool head = row.p[1] == '|';

		row = str_slice(row, head ? 2 : 1, row.n);
		while (row.n && (*row.p == ' ' || *row.p == '\t'))
			row = str_slice(row, 1, row.n);
		if (!row.n)
			break;
		buf_adds(w->out, head ? "<th>" : "<td>");
		row = str_slice(row, jirawiki_cell(row, w->people, &no_monospace, w->out),
				row.n);
		buf_adds(w->out, head ? "</th>" : "</td>");
	}
	buf_addlit(w->out, "</tr>\n");
}

static struct str first_line(struct str text)
{
	return str_trim(str_slice(text, 0, str_index(text, '\n')));
}

/* Takes a row and the lines that go on with it off *text. */
static bool take_row(struct wiki *w, struct str *text)
{
	struct str row = first_line(*text), line, next;

	if (!str_starts(row, STR("|")))
		return false;
	do {
		line = str_trim(str_split(text, '\n'));
		row.n = (size_t)(str_end(line) - row.p);
		next = first_line(*text);
	} while (next.n && !str_ends(line, STR("|")) && !str_starts(next, STR("|")));
	add_row(w, row);
	return true;
}

/* --- Text between macros --- */

/* A line that is none of these goes on with the paragraph or the item before it. */
static void add_plain(struct wiki *w, struct str line)
{
	if (w->table)
		end_blocks(w);
	if (!w->paragraph && !w->depth)
		buf_addlit(w->out, "<p>");
	else if (!w->fresh)
		buf_addlit(w->out, "<br>\n");
	w->paragraph = !w->depth;
	add_line(w, line);
}

static void add_block(struct wiki *w, struct str line)
{
	if (!line.n)
		end_blocks(w);
	else if (!add_heading(w, line) && !add_quote(w, line) && !add_rule(w, line) &&
		 !add_item(w, line))
		add_plain(w, line);
	w->fresh = false;
}

/* The first line goes on behind a macro, and the last one before one: with nothing in
 * them they are no empty lines. */
static void add_text(struct wiki *w, struct str text)
{
	if (!first_line(text).n)
		str_split(&text, '\n');
	while (str_present(text)) {
		struct str line = first_line(text);

		if (!line.n && str_index(text, '\n') == text.n)
			return;
		if (!take_row(w, &text)) {
			str_split(&text, '\n');
			add_block(w, line);
		}
	}
}

/* --- Macros' output --- */

/* The value of "name=value" among the arguments; for an absent name the one without. */
static struct str argument(const struct macro *m, const char *name)
{
	struct str rest = m->args, wanted = str_of(name);

	while (str_present(rest)) {
		struct str value = str_split(&rest, '|'), key = STR_NONE;

		if (str_index(value, '=') < value.n)
			key = str_split(&value, '=');
		if (str_present(key) == str_present(wanted) &&
		    str_eq(str_trim(key), wanted))
			return str_trim(value);
	}
	return STR_NONE;
}

static void add_title(struct wiki *w, const struct macro *m)
{
	struct str title = argument(m, "title");

	if (!title.n)
		return;
	buf_addlit(w->out, "<p><strong>");
	html_text(w->out, title);
	buf_addlit(w->out, "</strong></p>\n");
}

/* Without a blank line at either end. */
static struct str inner_lines(struct str body)
{
	if (!first_line(body).n && str_index(body, '\n') < body.n)
		str_split(&body, '\n');
	while (body.n && strchr(" \t\r\n", body.p[body.n - 1]))
		body.n--;
	return body;
}

/* In an item it is a part of that. */
static void add_verbatim(struct wiki *w, const struct macro *m)
{
	struct str language = argument(m, NULL);

	if (!language.n)
		language = argument(m, "language");
	end_paragraph(w);
	if (w->table)
		end_blocks(w);
	add_title(w, m);
	buf_addlit(w->out, "<pre><code");
	if (m->kind == CODE && language.n && !memchr(language.p, ' ', language.n)) {
		buf_addlit(w->out, " class=\"language-");
		html_attr(w->out, language);
		buf_addc(w->out, '"');
	}
	buf_addc(w->out, '>');
	html_text(w->out, inner_lines(str_slice(w->text, m->end, m->body_end)));
	buf_addlit(w->out, "</code></pre>\n");
	w->fresh = true;
}

static void add_macro(struct wiki *w, const struct macro *m)
{
	if (macro_rows[m->kind].verbatim) {
		add_verbatim(w, m);
		return;
	}
	end_blocks(w);
	if (m->kind == QUOTE)
		buf_adds(w->out, m->ends ? "</blockquote>\n" : "<blockquote>\n");
	else if (!m->ends)
		add_title(w, m);
}

static void write_out(struct wiki *w)
{
	struct buf text = BUF_INIT;
	size_t from = 0;

	for (size_t i = 0; i < w->n; i++) {
		const struct macro *m = &w->macros[i];

		if (!m->paired)
			continue;
		buf_addstr(&text, str_slice(w->text, from, m->at));
		from = m->end;
		if (m->kind == COLOR || m->kind == ANCHOR)
			continue;
		add_text(w, buf_str(&text));
		buf_reset(&text);
		add_macro(w, m);
		if (macro_rows[m->kind].verbatim)
			from = m->body_end + strlen(macro_rows[m->kind].name) + 2;
	}
	buf_addstr(&text, str_slice(w->text, from, w->text.n));
	add_text(w, buf_str(&text));
	end_blocks(w);
	buf_release(&text);
}

void jirawiki_html(struct str text, const struct jira_people *people, struct buf *out)
{
	struct wiki w = { .text = text, .people = people, .out = out };

	find_macros(&w);
	write_out(&w);
	free(w.macros);
	free(w.waiting);
}
