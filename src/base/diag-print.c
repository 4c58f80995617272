/* How diagnostics look: for people, for programs, for GitHub.  What is in them
 * was masked when it was recorded, so nothing here can upset a terminal. */
#include "base/diag.h"

#include "base/json.h"

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

static bool shown(enum diag_level level, bool verbose)
{
	return verbose || level != DIAG_NOTE;
}

/* How many there are beyond those that were kept. */
static size_t beyond(const struct diags *d, bool verbose)
{
	size_t n = 0;

	for (enum diag_level level = DIAG_NOTE; level <= DIAG_ERROR; level++)
		n += shown(level, verbose) ? diags_count(d, level) : 0;
	for (size_t i = 0; i < d->n; i++)
		n -= shown(diag_level(d->items[i].id), verbose);
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
		if (shown(diag_level(d->items[i].id), verbose)) {
			jsonw_object(&w);
			diag_json(&w, &d->items[i]);
			jsonw_object_end(&w);
		}
	jsonw_list_end(&w);
	if (beyond(d, verbose))
		jsonw_key_int(&w, "more", (int64_t)beyond(d, verbose));
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

void diags_print(const struct diags *d, FILE *out, enum diag_format format,
		 bool color, bool verbose)
{
	if (format == DIAG_JSON) {
		print_json(d, out, verbose);
		return;
	}
	for (size_t i = 0; i < d->n; i++) {
		if (!shown(diag_level(d->items[i].id), verbose))
			continue;
		if (format == DIAG_GITHUB)
			print_github(&d->items[i], out);
		else
			print_text(&d->items[i], out, color);
	}
	if (beyond(d, verbose))
		fprintf(out, "%sand %zu more like these\n",
			format == DIAG_GITHUB ? "::notice ::" : "", beyond(d, verbose));
}
