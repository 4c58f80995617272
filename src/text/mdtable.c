/*
 * Finds tables in the lines of paragraphs and takes them out.  What a paragraph
 * is, and what stands in a table's place in the end, is markdown's.
 */
#include "text/mdtable.h"

#include "text/mdextra.h"

struct md_lines md_split(struct arena *a, struct str body)
{
	struct md_lines lines = { NULL, 1 };
	struct str rest = body;

	for (size_t i = 0; i < body.n; i++)
		lines.n += body.p[i] == '\n';
	lines.p = arena_array(a, struct str, lines.n);
	for (size_t i = 0; i < lines.n; i++)
		lines.p[i] = str_split(&rest, '\n');
	return lines;
}

static bool is_head(struct str line, size_t cells)
{
	return cells && str_index(line, '|') < line.n && md_row_cells(line) == cells;
}

static struct md_table *make(struct arena *a, const struct md_lines *lines,
			     const struct md_place *at)
{
	struct md_table *table = arena_new(a, struct md_table);
	struct str first = lines->p[at->first];
	struct buf text = BUF_INIT;
	size_t missing;

	buf_addstr(&text, str_slice(first, at->indent, first.n));
	for (size_t i = at->first + 1; i < at->end; i++) {
		buf_addc(&text, '\n');
		buf_addstr(&text, md_behind_quotes(lines->p[i], at->quotes, &missing));
	}
	buf_addc(&text, '\n');
	table->at = *at;
	table->text = arena_str(a, buf_str(&text));
	buf_release(&text);
	return table;
}

/*
 * A head that lacks a marker of the quotations around it, or stands far to the
 * right of the paragraph's beginning, is none: a heading in its place would stand
 * elsewhere, or be none.
 */
struct md_table *md_find_table(struct arena *a, const struct md_lines *lines,
			       const struct md_place *paragraph)
{
	struct md_place at = *paragraph;
	struct str first = lines->p[at.first];
	struct str head = str_slice(first, at.indent, first.n);
	size_t lacking = 0, missing;

	for (size_t i = at.first + 1; i < at.end; i++, lacking = missing) {
		struct str line = md_behind_quotes(lines->p[i], at.quotes, &missing);

		at.first = i - 1;
		at.indent = (size_t)(head.p - lines->p[i - 1].p);
		if (!lacking && !missing && at.indent <= paragraph->indent + 3 &&
		    is_head(head, md_delimiter_cells(line)))
			return make(a, lines, &at);
		head = line;
	}
	return NULL;
}

void md_write_headings(const struct md_lines *lines, struct md_table *tables,
		       struct buf *out)
{
	size_t line = 0;

	for (size_t i = 0; i < lines->n; line++) {
		if (i)
			buf_addc(out, '\n');
		if (!tables || i < tables->at.first) {
			buf_addstr(out, lines->p[i++]);
			continue;
		}
		buf_addstr(out, str_slice(lines->p[i], 0, tables->at.indent));
		buf_addlit(out, "# |");
		tables->heading = line;
		i = tables->at.end;
		tables = tables->next;
	}
}
