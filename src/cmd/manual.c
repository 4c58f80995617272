/* The manual by topics: which page, section or item each one is. */
#include "cmd/manual.h"

#include "base/diag.h"
#include "base/mem.h"
#include "import/import.h"
#include "mdoc.h"
#include "pages.h"

/* A topic without section is a whole page, one without item a whole section.  Those
 * behind it on its list belong to it if they say so. */
struct topic {
	const char *name, *page, *section, *item;
	bool list;
};

static const struct topic subjects[] = {
	{ .name = "archive", .page = "CANDOR-ARCHIVE 5" },
	{ .name = "choice", .page = "CANDOR.YAML 5", .section = "HOW THREADS ARE CHOSEN" },
	{ .name = "candor", .page = "CANDOR 1" },
	{ .name = "candor.yaml", .page = "CANDOR.YAML 5" },
	{ .name = "conditions", .page = "CANDOR.YAML 5", .section = "CONDITIONS" },
	{ .name = "config", .page = "CANDOR.YAML 5", .section = "CANDOR.YAML" },
	{ .name = "diagnostics", .page = "CANDOR 1", .section = "DIAGNOSTICS" },
	{ .name = "environment", .page = "CANDOR 1", .section = "ENVIRONMENT" },
	{ .name = "examples", .page = "CANDOR 1", .section = "EXAMPLES" },
	{ .name = "exit-status", .page = "CANDOR 1", .section = "EXIT STATUS" },
	{ "formats", "CANDOR 1", "DESCRIPTION", IMPORTER_ANY, true },
	{ .name = "interchange", .page = "CANDOR-ARCHIVE 5", .section = "INTERCHANGE FORM" },
	{ .name = "ledger", .page = "CANDOR-LEDGER 5" },
	{ .name = "patterns", .page = "CANDOR-PATTERNS 5" },
	{ .name = "placing", .page = "CANDOR 1", .section = "PLACING" },
	{ .name = "rules", .page = "CANDOR.YAML 5", .section = "RULES.YAML" },
	{ .name = "serving", .page = "CANDOR 1", .section = "SERVING" },
	{ .name = "tables", .page = "CANDOR-ARCHIVE 5", .section = "MAPS OF TABLES" },
	{ .name = "templates", .page = "CANDOR-TEMPLATE 7" },
};

size_t manual_subjects(void)
{
	return ARRAY_LEN(subjects);
}

static size_t formats_count(void)
{
	size_t n = 0;

	while (importers[n])
		n++;
	return n;
}

/* The topic of that number; false behind the last one. */
static bool get_topic(size_t i, struct topic *t)
{
	const size_t formats = formats_count();

	if (i < ARRAY_LEN(subjects)) {
		*t = subjects[i];
		return true;
	}
	i -= ARRAY_LEN(subjects);
	*t = (struct topic){ .page = "CANDOR 1", .section = "DESCRIPTION" };
	if (i < formats) {
		t->name = t->item = importers[i]->name;
		return true;
	}
	i -= formats;
	t->section = "DIAGNOSTICS";
	if (i < DIAG_COUNT)
		t->name = t->item = diag_name((enum diag_id)i);
	return i < DIAG_COUNT;
}

const char *manual_topic(size_t i)
{
	struct topic t;

	return get_topic(i, &t) ? t.name : NULL;
}

/* From the line on, and what follows up to a line that begins with end; the whole text
 * is searched from its first byte.  Absent when there is no such line. */
static struct str part(struct str text, const char *macro, const char *name,
		       const char *end)
{
	struct buf line = BUF_INIT;
	size_t from, to;

	buf_addf(&line, "\n%s%s\n", macro, name);
	from = str_find(text, buf_str(&line));
	buf_release(&line);
	if (from == text.n)
		return STR_NONE;
	text = str_slice(text, from + 1, text.n);
	to = str_find(text, str_of(end));
	return str_slice(text, 0, to < text.n ? to + 1 : to);
}

/* Of the text that begins with an item: all before the end of its list, or before the
 * next one. */
static struct str items(struct str text, bool list)
{
	struct str rest = text;
	int depth = 0;

	while (rest.n) {
		const size_t at = text.n - rest.n;
		struct str line = str_split(&rest, '\n');

		if (str_starts(line, STR(".El")) && depth-- == 0)
			return str_slice(text, 0, at);
		if (str_starts(line, STR(".It")) && depth == 0 && at > 0 && !list)
			return str_slice(text, 0, at);
		if (str_starts(line, STR(".Bl")))
			depth++;
	}
	return text;
}

static struct str find_lines(const struct topic *t)
{
	struct str all = str_make((const char *)manual_pages, manual_pages_n);
	struct str found = part(all, ".Dt ", t->page, "\n.Dd ");

	if (t->section)
		found = part(found, ".Sh ", t->section, "\n.Sh ");
	if (t->item)
		found = items(part(found, ".It Cm ", t->item, "\n.Sh "), t->list);
	return found;
}

bool manual_text(struct buf *out, const char *topic)
{
	struct topic t;

	for (size_t i = 0; get_topic(i, &t); i++) {
		if (strcmp(t.name, topic) == 0) {
			mdoc_text(out, find_lines(&t));
			return true;
		}
	}
	return false;
}
