/* The command line by rows.  Which commands there are is cmd's. */
#include "base/opts.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/suggest.h"
#include "base/when.h"

#include <stdlib.h>

/* The words of a command line and how far they are read. */
struct reader {
	int argc, next;
	char **argv;
	const struct opt_group *groups;
	size_t n;
	struct diags *diags; /* NULL: only looking */
	int result;
};

/* One option as the command line has it. */
struct given {
	const struct opt *row;
	void *out;
	char name[64];     /* as it was written, for messages */
	const char *value; /* behind "=" or the letter; NULL: none there */
};

bool opt_takes_value(const struct opt *row)
{
	return row->type != OPT_FLAG && row->type != OPT_COUNT;
}

static bool names_row(const struct opt *row, struct str name, char letter)
{
	return letter ? row->letter == letter : str_is(name, row->name);
}

/* Finds the row by its long name, or by its letter when there is one. */
static bool find(const struct reader *r, struct str name, char letter, struct given *g)
{
	for (size_t i = 0; i < r->n; i++) {
		for (const struct opt *row = r->groups[i].rows; row && row->name; row++) {
			if (!names_row(row, name, letter))
				continue;
			g->row = row;
			g->out = r->groups[i].out;
			return true;
		}
	}
	return false;
}

#define MISUSE(r, ...) \
	((r)->diags ? (void)((r)->result = diag_add((r)->diags, DIAG_USAGE, NO_PLACE, \
						    __VA_ARGS__)) \
		    : (void)0)

static void hint_name(struct reader *r, struct str name)
{
	const char **names = NULL, *near;
	size_t n = 0, cap = 0;

	if (!r->diags)
		return;
	for (size_t i = 0; i < r->n; i++) {
		for (const struct opt *row = r->groups[i].rows; row && row->name; row++) {
			GROW(names, n, cap);
			names[n++] = row->name;
		}
	}
	near = suggest(name, names, n);
	if (near)
		diag_hint(r->diags, "did you mean '--%s'?", near);
	free(names);
}

static void bad_value(struct reader *r, const struct given *g, const char *expected)
{
	MISUSE(r, "'%s' is no value for '%s': expected %s", g->value, g->name, expected);
}

static void set_int(struct reader *r, const struct given *g, int64_t *out)
{
	struct str s = str_of(g->value);
	bool minus = str_starts(s, STR("-"));
	struct buf expected = BUF_INIT;
	int64_t v = 0;
	size_t i = minus;

	while (i < s.n && i < 18 && s.p[i] >= '0' && s.p[i] <= '9')
		v = v * 10 + (s.p[i++] - '0');
	v = minus ? -v : v;
	if (i < s.n || s.n == minus || v < g->row->min || v > g->row->max) {
		buf_addf(&expected, "a number from %lld to %lld",
			 (long long)g->row->min, (long long)g->row->max);
		bad_value(r, g, expected.p);
		buf_release(&expected);
		return;
	}
	*out = v;
}

static void set_enum(struct reader *r, const struct given *g, int *out)
{
	struct buf expected = BUF_INIT;
	int i;

	for (i = 0; g->row->names[i]; i++) {
		if (strcmp(g->row->names[i], g->value) == 0) {
			*out = i;
			break;
		}
		buf_addf(&expected, "%s%s", i ? ", " : "", g->row->names[i]);
	}
	if (!g->row->names[i])
		bad_value(r, g, expected.p);
	buf_release(&expected);
}

static void set(struct reader *r, const struct given *g)
{
	void *member = (char *)g->out + g->row->offset;

	switch (g->row->type) {
	case OPT_FLAG:
		*(bool *)member = true;
		return;
	case OPT_COUNT:
		++*(int *)member;
		return;
	case OPT_STR:
		*(const char **)member = g->value;
		return;
	case OPT_INT:
		set_int(r, g, member);
		return;
	case OPT_ENUM:
		set_enum(r, g, member);
		return;
	case OPT_TIME:
		if (!when_parse_or_epoch(str_of(g->value), member))
			bad_value(r, g, "a time like 2026-11-22T07:30:00Z or "
					"epoch seconds");
		return;
	}
}

/* Finds the value in this word or the next one and stores it. */
static void take_option(struct reader *r, struct given *g)
{
	if (!opt_takes_value(g->row) && g->value) {
		MISUSE(r, "option '%s' takes no value", g->name);
		return;
	}
	if (opt_takes_value(g->row) && !g->value) {
		if (r->next == r->argc) {
			MISUSE(r, "option '%s' needs a value (%s)", g->name,
			       g->row->arg ? g->row->arg : "VALUE");
			return;
		}
		g->value = r->argv[r->next++];
	}
	if (r->diags)
		set(r, g);
}

/* "--name", "--name=value". */
static void read_long(struct reader *r, const char *word)
{
	struct str rest = str_of(word + 2);
	struct str name = str_split(&rest, '=');
	struct given g = { .value = rest.p };

	snprintf(g.name, sizeof(g.name), "--%.*s", STR_ARG(name));
	if (find(r, name, 0, &g)) {
		take_option(r, &g);
		return;
	}
	MISUSE(r, "unknown option '%s'", g.name);
	hint_name(r, name);
}

/* "-v", "-vq", "-CDIR", "-C DIR". */
static void read_letters(struct reader *r, const char *at)
{
	while (*at) {
		struct given g = { .value = NULL };

		snprintf(g.name, sizeof(g.name), "-%c", *at);
		if (!find(r, STR_NONE, *at++, &g)) {
			MISUSE(r, "unknown option '%s'", g.name);
			return;
		}
		if (opt_takes_value(g.row) && *at) {
			g.value = at;
			at += strlen(at);
		}
		take_option(r, &g);
	}
}

/* Reads words up to and including the next operand and returns it, or NULL. */
static char *next_operand(struct reader *r, bool *literal)
{
	while (r->next < r->argc) {
		char *word = r->argv[r->next++];

		if (*literal || word[0] != '-' || !word[1])
			return word;
		if (strcmp(word, "--") == 0)
			*literal = true;
		else if (word[1] == '-')
			read_long(r, word);
		else
			read_letters(r, word + 1);
	}
	return NULL;
}

int opts_operand(int argc, char **argv, const struct opt_group *groups, size_t n)
{
	struct reader r = { .argc = argc, .next = 1, .argv = argv, .groups = groups,
			    .n = n };
	bool literal = false;

	return next_operand(&r, &literal) ? r.next - 1 : argc;
}

int opts_parse(int *argc, char **argv, const struct opt_group *groups, size_t n,
	       struct diags *diags)
{
	struct reader r = { .argc = *argc, .next = 1, .argv = argv, .groups = groups,
			    .n = n, .diags = diags };
	bool literal = false;
	int kept = 1;
	char *word;

	while ((word = next_operand(&r, &literal)))
		argv[kept++] = word;
	*argc = kept;
	return r.result;
}

static void add_usage(struct buf *out, const struct opt *row)
{
	if (row->letter)
		buf_addf(out, "  -%c, --%s", row->letter, row->name);
	else
		buf_addf(out, "      --%s", row->name);
	if (opt_takes_value(row))
		buf_addf(out, " %s", row->arg ? row->arg : "VALUE");
}

void opts_help(struct buf *out, const struct opt *rows)
{
	struct buf usage = BUF_INIT;
	size_t width = 0;

	for (const struct opt *row = rows; row->name; row++) {
		buf_reset(&usage);
		add_usage(&usage, row);
		width = usage.n > width ? usage.n : width;
	}
	for (const struct opt *row = rows; row->name; row++) {
		buf_reset(&usage);
		add_usage(&usage, row);
		buf_addf(out, "%-*s  %s\n", (int)width, usage.p, row->help);
	}
	buf_release(&usage);
}
