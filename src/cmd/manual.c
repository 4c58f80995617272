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
	{ .name = "archive", .page = "candor-archive" },
	{ .name = "candor", .page = "candor" },
	{ .name = "candor.yaml", .page = "candor.yaml" },
	{ .name = "choice", .page = "candor.yaml", .section = "HOW THREADS ARE CHOSEN" },
	{ .name = "ci", .page = "candor-ci" },
	{ .name = "conditions", .page = "candor.yaml", .section = "CONDITIONS" },
	{ .name = "config", .page = "candor.yaml", .section = "CANDOR.YAML" },
	{ .name = "diagnostics", .page = "candor", .section = "DIAGNOSTICS" },
	{ .name = "environment", .page = "candor", .section = "ENVIRONMENT" },
	{ .name = "examples", .page = "candor", .section = "EXAMPLES" },
	{ .name = "exit-status", .page = "candor", .section = "EXIT STATUS" },
	{ .name = "forgetting", .page = "candor", .section = "FORGETTING" },
	{ "formats", "candor", "DESCRIPTION", IMPORTER_ANY, true },
	{ .name = "interchange", .page = "candor-archive", .section = "INTERCHANGE FORM" },
	{ .name = "ledger", .page = "candor-ledger" },
	{ .name = "patterns", .page = "candor-patterns" },
	{ .name = "placing", .page = "candor", .section = "PLACING" },
	{ .name = "plan", .page = "candor", .section = "WHAT WOULD CHANGE" },
	{ .name = "previewing", .page = "candor", .section = "PREVIEWING" },
	{ .name = "rules", .page = "candor.yaml", .section = "RULES.YAML" },
	{ .name = "search", .page = "candor", .section = "SEARCH" },
	{ .name = "serving", .page = "candor", .section = "SERVING" },
	{ .name = "tables", .page = "candor-archive", .section = "MAPS OF TABLES" },
	{ .name = "templates", .page = "candor-template" },
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
	*t = (struct topic){ .page = "candor", .section = "DESCRIPTION" };
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

/* From the line of that macro and name on to the next section; absent when there is no
 * such line. */
static struct str part(struct str text, const char *macro, const char *name)
{
	struct buf line = BUF_INIT;
	size_t from;

	buf_addf(&line, "\n%s%s\n", macro, name);
	from = str_find(text, buf_str(&line));
	buf_release(&line);
	if (from == text.n)
		return STR_NONE;
	text = str_slice(text, from + 1, text.n);
	return str_slice(text, 0, str_find(text, STR("\n.Sh ")) + 1);
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

/* "candor.yaml" is the page that says ".Dt CANDOR.YAML 5" on its second line. */
static struct str find_page(const char *name)
{
	struct str all = str_make((const char *)manual_pages, manual_pages_n);

	while (all.n) {
		struct str page = str_slice(all, 0, str_find(all, STR("\n.Dd ")) + 1);
		struct str rest = page, title;

		str_split(&rest, '\n');
		title = str_split(&rest, '\n');
		str_split(&title, ' ');
		if (str_ieq(str_split(&title, ' '), str_of(name)))
			return page;
		all = str_slice(all, page.n, all.n);
	}
	return STR_NONE;
}

static struct str find_lines(const struct topic *t)
{
	struct str found = find_page(t->page);

	if (t->section)
		found = part(found, ".Sh ", t->section);
	if (t->item)
		found = items(part(found, ".It Cm ", t->item), t->list);
	return found;
}

bool manual_text(struct buf *out, const char *topic)
{
	struct topic t;
	struct str lines;
	size_t i = 0;

	while (get_topic(i, &t) && strcmp(t.name, topic) != 0)
		i++;
	lines = get_topic(i, &t) ? find_lines(&t) : find_page(topic);
	mdoc_text(out, lines);
	return lines.n > 0;
}
