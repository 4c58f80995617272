/*
 * How well the patterns find admissions, over messages that people labelled:
 *
 *	evidence FILE [PATTERNS]
 *
 * FILE is JSON Lines: {"text", "label", "previous": {"who", "text"}, "author",
 * "source", "id"}; label is fault, slip, hedged, formula, none or disputed.  A
 * message's grade is the strongest that is found in it, taken as a contributor's.
 * Prints precision and recall of each grade, the table of labels against grades, and
 * what was missed with the sentence that was found.  Disputed ones are shown and not
 * counted.
 */
#include "base/json.h"
#include "base/mem.h"
#include "evidence/evidence.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const labels[] = { "none", "formula", "hedged", "slip", "fault",
				      "disputed", NULL };
enum { GRADES = GRADE_FAULT + 1, DISPUTED = GRADES, LABELS };

struct bench {
	const struct patterns *patterns;
	struct arena arena; /* of a message */
	unsigned table[LABELS][GRADES];
};

static struct str text_of(const struct json *object, const char *key)
{
	const struct json *v = object ? json_get(object, key) : NULL;

	return v && v->kind == JSON_STR ? v->u.str : STR_NONE;
}

/* A tracker's {html} is HTML, the rest is text as it stands. */
static enum body_format format_of(struct str *text)
{
	static const struct str mark = { "{html}", 6 };

	if (!str_starts(*text, mark))
		return BODY_TEXT;
	*text = str_slice(*text, mark.n, text->n);
	if (str_ends(str_trim(*text), mark))
		*text = str_slice(*text, 0, str_trim(*text).n - mark.n);
	return BODY_HTML;
}

static int label_of(struct str name)
{
	for (int i = 0; labels[i]; i++)
		if (str_is(name, labels[i]))
			return i;
	die("'%.*s' is no label", STR_ARG(name));
}

/* "Kim (staff)", or the author again. */
static enum post_role role_of(struct str who, struct str author)
{
	return str_ends(who, STR("(staff)")) || str_eq(who, author) ? ROLE_CONTRIBUTOR
								     : ROLE_CUSTOMER;
}

static void say_miss(const struct bench *b, const struct json *message, int label,
		     const struct evidence_post *post, const struct finding *best)
{
	struct str id = text_of(message, "id");
	struct buf quote = BUF_INIT;

	if (best)
		evidence_quote(post->format, post->body, best->start, best->stop, &quote);
	else
		buf_addstr(&quote, text_of(message, "evidence"));
	printf("%-8s found as %-8s %.*s: %s%s%.*s%s %.200s\n", labels[label],
	       labels[best ? best->grade : GRADE_NONE], STR_ARG(id), best ? "[" : "(said: ",
	       "", STR_ARG(best ? best->pattern : STR("")), best ? "]" : ")", quote.p);
	buf_release(&quote);
	(void)b;
}

static void judge(struct bench *b, const struct json *message)
{
	const struct json *previous = json_get(message, "previous");
	struct evidence_post post = { .body = text_of(message, "text"),
				      .role = ROLE_CONTRIBUTOR };
	int label = label_of(text_of(message, "label"));
	const struct finding *best = NULL;
	struct finding *found;
	size_t n;

	post.format = format_of(&post.body);
	if (previous && previous->kind == JSON_OBJECT) {
		post.previous = text_of(previous, "text");
		post.previous_format = format_of(&post.previous);
		post.previous_role = role_of(text_of(previous, "who"),
					     text_of(message, "author"));
	}
	evidence_find(b->patterns, &post, &b->arena, &found, &n);
	for (size_t i = 0; i < n; i++)
		if (found[i].kind == KIND_ADMISSION && (!best || found[i].grade > best->grade))
			best = &found[i];
	b->table[label][best ? best->grade : GRADE_NONE]++;
	if (label != (int)(best ? best->grade : GRADE_NONE))
		say_miss(b, message, label, &post, best);
}

static void say_ratio(const char *what, unsigned part, unsigned whole)
{
	if (whole)
		printf("  %s %.2f (%u/%u)", what, (double)part / whole, part, whole);
	else
		printf("  %s -", what);
}

static void say_grades(const struct bench *b)
{
	for (int g = GRADE_FAULT; g > GRADE_NONE; g--) {
		unsigned found = 0, labelled = 0;

		for (int i = 0; i < GRADES; i++) {
			found += b->table[i][g];
			labelled += b->table[g][i];
		}
		printf("%-8s", labels[g]);
		say_ratio("precision", b->table[g][g], found);
		say_ratio("recall", b->table[g][g], labelled);
		putchar('\n');
	}
}

static void say_table(const struct bench *b)
{
	printf("\n%-18s", "labelled \\ found");
	for (int g = 0; g < GRADES; g++)
		printf("%9s", labels[g]);
	putchar('\n');
	for (int i = 0; i < LABELS; i++) {
		printf("%-18s", labels[i]);
		for (int g = 0; g < GRADES; g++)
			printf("%9u", b->table[i][g]);
		putchar('\n');
	}
}

static void read_messages(struct bench *b, const char *path, struct diags *diags)
{
	FILE *f = fopen(path, "r");
	unsigned long number = 0;
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	if (!f)
		die("cannot read '%s'", path);
	while ((n = getline(&line, &cap, f)) > 0) {
		struct str text = str_trim(str_make(line, (size_t)n));
		struct json *message;

		number++;
		arena_reset(&b->arena);
		if (!text.n)
			continue;
		message = json_parse(&b->arena, text, place_line(path, number, 0), diags);
		if (message && message->kind == JSON_OBJECT)
			judge(b, message);
	}
	free(line);
	fclose(f);
}

int main(int argc, char **argv)
{
	struct bench b = { .arena = ARENA_INIT };
	struct diags diags = DIAGS_INIT;
	struct patterns *patterns;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: evidence FILE [PATTERNS]\n");
		return 2;
	}
	if (patterns_load(&patterns, argc > 2 ? argv[2] : NULL, true, &diags) == 0) {
		b.patterns = patterns;
		read_messages(&b, argv[1], &diags);
		putchar('\n');
		say_grades(&b);
		say_table(&b);
	}
	diags_print(&diags, stderr, DIAG_TEXT, false, true);
	patterns_free(patterns);
	arena_release(&b.arena);
	diags_release(&diags);
	return diags_status(&diags, false);
}
