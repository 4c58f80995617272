/* Rows of a table dump into structs.  Where rows come from is xmlrows.c's. */
#include "import/xmlcolumns.h"

#include "base/when.h"

bool xmlcolumns_number(struct str s, int64_t *out)
{
	bool minus = s.n > 1 && s.p[0] == '-';
	int64_t v = 0;

	if (s.n == 0 || s.n > 18)
		return false;
	for (size_t i = minus; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	*out = minus ? -v : v;
	return true;
}

static int read_value(const struct xmlcolumn *column, struct str value, void *member,
		      struct place where, struct diags *diags)
{
	struct str shown = str_slice(value, 0, 40);

	switch (column->type) {
	case XML_TEXT:
		*(struct str *)member = value;
		return 0;
	case XML_NUMBER:
		if (xmlcolumns_number(value, member))
			return 0;
		return diag_add(diags, DIAG_BAD_VALUE, where, "'%s' is no number: '%.*s'",
				column->name, STR_ARG(shown));
	case XML_TIME:
		if (when_parse(value, member))
			return 0;
		return diag_add(diags, DIAG_BAD_VALUE, where, "'%s' is no time: '%.*s'",
				column->name, STR_ARG(shown));
	}
	return 0;
}

/* Columns mostly come in the order of the table, with gaps: the search goes
 * on where the last one was found. */
static const struct xmlcolumn *find(const struct xmlcolumn *columns,
				    const struct xmlcolumn *from, struct str name)
{
	for (const struct xmlcolumn *c = from; c->name; c++)
		if (str_is(name, c->name))
			return c;
	for (const struct xmlcolumn *c = columns; c < from; c++)
		if (str_is(name, c->name))
			return c;
	return NULL;
}

int xmlcolumns_read(const struct xmlcolumn *columns, const struct xmlrow *row, void *out,
		    struct diags *diags)
{
	const struct xmlcolumn *next = columns;
	unsigned long found = 0;
	int status = 0;

	for (size_t i = 0; i < row->n; i++) {
		const struct xmlcolumn *c = find(columns, next, row->attrs[i].name);

		if (!c || str_present(row->attrs[i].space))
			continue;
		found |= 1ul << (c - columns);
		next = c + 1;
		status |= read_value(c, row->attrs[i].value, (char *)out + c->offset,
				     row->where, diags);
	}
	for (const struct xmlcolumn *c = columns; c->name; c++)
		if (c->required && !(found & 1ul << (c - columns)))
			status = diag_add(diags, DIAG_MISSING_KEY, row->where,
					  "missing '%s'", c->name);
	return status;
}
