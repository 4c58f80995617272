/* How diagnostics look: for people, for programs, for GitHub and GitLab, for the journal.  What is in them
 * was masked when it was recorded, so nothing here can upset a terminal. */
#include "base/diag.h"

#include "base/json.h"
#include "base/sha256.h"

static const char *const level_names[] = {
	[DIAG_NOTE] = "note",
	[DIAG_WARNING] = "warning",
	[DIAG_ERROR] = "error",
};

/* gcc's colours. */
static const char *const level_colors[] = {
	[DIAG_NOTE] = "\033[01;36m",
	[DIAG_WARNING] = "\033[01;35m",
	[DIAG_ERROR] = "\033[01;31m",
};
static const char bold[] = "\033[01m";
static const char plain[] = "\033[m";

size_t diags_beyond(const struct diags *d, bool verbose)
{
	size_t n = 0;

	for (enum diag_level level = verbose ? DIAG_NOTE : DIAG_WARNING; level <= DIAG_ERROR;
	     level++)
		n += diags_count(d, level);
	for (size_t i = 0; i < d->n; i++)
		n -= diag_shown(&d->items[i], verbose);
	return n;
}

static void paint(FILE *out, bool color, const char *code)
{
	if (color)
		fputs(code, out);
}

static void print_place(const struct diag *d, FILE *out, bool color)
{
	if (!d->path)
		return;
	paint(out, color, bold);
	fputs(d->path, out);
	if (d->line)
		fprintf(out, ":%lu", d->line);
	if (d->line && d->column)
		fprintf(out, ":%lu", d->column);
	fputc(':', out);
	paint(out, color, plain);
	fputc(' ', out);
}

static void print_repeated(FILE *out, char c, unsigned long n)
{
	while (n-- > 0)
		fputc(c, out);
}

static void print_excerpt(const struct diag *d, FILE *out, const char *start,
			  const char *end)
{
	fprintf(out, "%5lu | %s\n", d->line, d->excerpt);
	fputs("      | ", out);
	print_repeated(out, ' ', d->caret);
	fprintf(out, "%s^", start);
	print_repeated(out, '~', d->under - 1);
	fprintf(out, "%s\n", end);
}

static void print_text(const struct diag *d, FILE *out, bool color)
{
	enum diag_level level = diag_level(d->id);
	const char *start = color ? level_colors[level] : "";
	const char *end = color ? plain : "";

	print_place(d, out, color);
	fprintf(out, "%s%s:%s %s [%s%s%s]\n", start, level_names[level], end,
		d->message, start, diag_name(d->id), end);
	if (d->excerpt)
		print_excerpt(d, out, start, end);
	if (d->hint)
		fprintf(out, "  %shint:%s %s\n", color ? bold : "", end, d->hint);
}

static void json_number(struct jsonw *w, const char *key, unsigned long v)
{
	jsonw_key(w, key);
	if (v)
		jsonw_int(w, (int64_t)v);
	else
		jsonw_null(w);
}

static void json_text(struct jsonw *w, const char *key, const char *s)
{
	jsonw_key(w, key);
	jsonw_str(w, str_of(s));
}

void diag_json(struct jsonw *w, const struct diag *d)
{
	json_text(w, "id", diag_name(d->id));
	json_text(w, "level", level_names[diag_level(d->id)]);
	json_text(w, "file", d->path);
	json_number(w, "line", d->line);
	json_number(w, "column", d->column);
	json_text(w, "message", d->message);
	json_text(w, "hint", d->hint);
}

static void print_json(const struct diags *d, FILE *out, bool verbose)
{
	struct buf text = BUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &text);
	jsonw_object(&w);
	jsonw_key(&w, "diagnostics");
	jsonw_list(&w);
	for (size_t i = 0; i < d->n; i++)
		if (diag_shown(&d->items[i], verbose)) {
			jsonw_object(&w);
			diag_json(&w, &d->items[i]);
			jsonw_object_end(&w);
		}
	jsonw_list_end(&w);
	if (diags_beyond(d, verbose))
		jsonw_key_int(&w, "more", (int64_t)diags_beyond(d, verbose));
	jsonw_object_end(&w);
	fprintf(out, "%s\n", text.p);
	buf_release(&text);
}

/* Workflow commands: escaped as @actions/core does it (command.ts,
 * escapeData and escapeProperty). */
static void print_escaped(FILE *out, const char *s, const char *special)
{
	for (; *s; s++) {
		if (strchr(special, *s))
			fprintf(out, "%%%02X", (unsigned char)*s);
		else
			fputc(*s, out);
	}
}

static void print_github(const struct diag *d, FILE *out)
{
	static const char *const commands[] = {
		[DIAG_NOTE] = "notice",
		[DIAG_WARNING] = "warning",
		[DIAG_ERROR] = "error",
	};

	fprintf(out, "::%s ", commands[diag_level(d->id)]);
	if (d->path) {
		fputs("file=", out);
		print_escaped(out, d->path, "%\r\n:,");
		fputc(',', out);
	}
	if (d->path && d->line)
		fprintf(out, "line=%lu,", d->line);
	if (d->path && d->line && d->column)
		fprintf(out, "col=%lu,", d->column);
	if (d->path && d->line && d->column && d->width)
		fprintf(out, "endColumn=%lu,", d->column + d->width);
	fprintf(out, "title=%s::", diag_name(d->id));
	print_escaped(out, d->message, "%\r\n");
	if (d->hint) {
		fputs("%0Ahint: ", out);
		print_escaped(out, d->hint, "%\r\n");
	}
	fputc('\n', out);
}

/*
 * GitLab's report: docs.gitlab.com, "Code Quality", "Code Quality report format".  The
 * fingerprint tells a mistake from others, not from itself on another line; of equal
 * ones it is the nth.
 */
static void json_fingerprint(struct jsonw *w, const struct diags *d, size_t i)
{
	const struct diag *one = &d->items[i];
	unsigned char digest[SHA256_SIZE];
	char hex[SHA256_HEX + 1];
	struct buf of = BUF_INIT;
	size_t nth = 0;

	for (size_t k = 0; k < i; k++)
		nth += d->items[k].id == one->id && !strcmp(d->items[k].message, one->message);
	buf_addf(&of, "%s\n%s\n%s\n%zu", diag_name(one->id), one->path ? one->path : "",
		 one->message, nth);
	sha256_of(buf_str(&of), digest);
	sha256_hex(digest, SHA256_SIZE, hex);
	json_text(w, "fingerprint", hex);
	buf_release(&of);
}

/* Every entry needs a place; of what has none the configuration is the nearest. */
static void add_gitlab(struct jsonw *w, const struct diags *d, size_t i)
{
	static const char *const severities[] = {
		[DIAG_NOTE] = "info",
		[DIAG_WARNING] = "minor",
		[DIAG_ERROR] = "major",
	};
	const struct diag *one = &d->items[i];
	struct buf text = BUF_INIT;

	buf_addf(&text, "%s%s%s", one->message, one->hint ? "; hint: " : "",
		 one->hint ? one->hint : "");
	jsonw_object(w);
	json_text(w, "description", text.p);
	json_text(w, "check_name", diag_name(one->id));
	json_fingerprint(w, d, i);
	json_text(w, "severity", severities[diag_level(one->id)]);
	jsonw_key(w, "location");
	jsonw_object(w);
	json_text(w, "path", one->path ? one->path : "candor.yaml");
	jsonw_key(w, "lines");
	jsonw_object(w);
	jsonw_key_int(w, "begin", one->line ? (int64_t)one->line : 1);
	jsonw_object_end(w);
	jsonw_object_end(w);
	jsonw_object_end(w);
	buf_release(&text);
}

static void print_gitlab(const struct diags *d, FILE *out, bool verbose)
{
	struct buf text = BUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &text);
	jsonw_list(&w);
	for (size_t i = 0; i < d->n; i++)
		if (diag_shown(&d->items[i], verbose))
			add_gitlab(&w, d, i);
	jsonw_list_end(&w);
	fprintf(out, "%s\n", text.p);
	buf_release(&text);
}

void diag_line(const struct diag *d, struct buf *out)
{
	if (d->path)
		buf_adds(out, d->path);
	if (d->path && d->line)
		buf_addf(out, ":%lu", d->line);
	if (d->path && d->line && d->column)
		buf_addf(out, ":%lu", d->column);
	buf_addf(out, "%s%s: %s [%s]", d->path ? ": " : "", level_names[diag_level(d->id)],
		 d->message, diag_name(d->id));
	if (d->hint)
		buf_addf(out, "; hint: %s", d->hint);
}

/* Priorities of sd-daemon(3). */
static void print_journal(const struct diag *d, FILE *out)
{
	static const int priorities[] = {
		[DIAG_NOTE] = 5,
		[DIAG_WARNING] = 4,
		[DIAG_ERROR] = 3,
	};
	struct buf line = BUF_INIT;

	diag_line(d, &line);
	fprintf(out, "<%d>%s\n", priorities[diag_level(d->id)], line.p);
	buf_release(&line);
}

static void print_one(const struct diag *d, FILE *out, enum diag_format format, bool color)
{
	if (format == DIAG_GITHUB)
		print_github(d, out);
	else if (format == DIAG_JOURNAL)
		print_journal(d, out);
	else
		print_text(d, out, color);
}

/* A person who was told the same of ten accounts knows; of mistakes each one counts. */
static bool is_enough(const struct diag *d, size_t told[DIAG_COUNT], enum diag_format format,
		      bool verbose)
{
	enum { WARNINGS_TOLD = 10 };

	return format != DIAG_GITHUB && !verbose && diag_level(d->id) == DIAG_WARNING &&
	       told[d->id]++ >= WARNINGS_TOLD;
}

void diags_print(const struct diags *d, FILE *out, enum diag_format format,
		 bool color, bool verbose)
{
	static const char *const before[] = { [DIAG_GITHUB] = "::notice ::",
					      [DIAG_JOURNAL] = "<5>",
					      [DIAG_TEXT] = "" };
	size_t told[DIAG_COUNT] = { 0 }, folded = 0;

	if (format == DIAG_JSON || format == DIAG_GITLAB) {
		(format == DIAG_JSON ? print_json : print_gitlab)(d, out, verbose);
		return;
	}
	for (size_t i = 0; i < d->n; i++) {
		if (!diag_shown(&d->items[i], verbose))
			continue;
		if (is_enough(&d->items[i], told, format, verbose))
			folded++;
		else
			print_one(&d->items[i], out, format, color);
	}
	if (folded)
		fprintf(out, "%sand %zu more warnings of these kinds; -v prints them too\n",
			before[format], folded);
	if (diags_beyond(d, verbose))
		fprintf(out, "%sand %zu more like these\n", before[format],
			diags_beyond(d, verbose));
}
