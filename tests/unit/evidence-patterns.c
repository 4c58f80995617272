/*
 * The language of patterns: what a file says is what is found, its mistakes are told
 * at their place, and hostile files end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/mem.h"
#include "evidence/evidence.h"

#include <stdlib.h>

/* The names of the patterns that find something in the text, one after the other. */
static void find(const char *yaml, const char *text, const char *previous, struct buf *out)
{
	struct evidence_post post = {
		.format = BODY_TEXT, .body = str_of(text), .role = ROLE_CONTRIBUTOR,
		.previous_format = BODY_TEXT, .previous = str_of(previous),
		.previous_role = ROLE_CUSTOMER,
	};
	struct diags d = DIAGS_INIT;
	struct arena arena = ARENA_INIT;
	struct patterns *p;
	struct finding *found;
	size_t n;

	if (patterns_parse(&p, str_of(yaml), &d) < 0)
		fail_msg("%s", d.items[0].message);
	evidence_find(p, &post, &arena, &found, &n);
	for (size_t i = 0; i < n; i++)
		buf_addf(out, "%.*s ", STR_ARG(found[i].pattern));
	patterns_free(p);
	arena_release(&arena);
}

#define PATTERN(name, rest) "{name: " name ", kind: admission, grade: fault, " rest "}"
#define ONE(rest) "patterns: [" PATTERN("a", rest) "]"

static void test_language(void **state)
{
	static const struct {
		const char *yaml, *text, *previous, *found;
	} samples[] = {
		{ ONE("any: my bad"), "My bad.", NULL, "a " },
		{ ONE("any: [my bad]"), "My badge.", NULL, "" },
		{ ONE("any: ['(we|i) (really |)(broke|lost) it']"), "I really lost it.", NULL, "a " },
		{ ONE("any: ['(a (b|c)|d) e']"), "a c e", NULL, "a " },
		{ ONE("any: ['(a (b|c)|d) e']"), "a e", NULL, "" },
		{ ONE("any: ['(a (b|c)|d) e']"), "d e", NULL, "a " },
		{ "lists: {who: [we, i], did: ['($who) broke']}\n" ONE("any: ['($did) it', '($who) lost']"),
		  "I lost.", NULL, "a " },
		{ ONE("any: wrong, with: [we, i]"), "It is wrong.", NULL, "" },
		{ ONE("any: wrong, with: [we, i]"), "We were wrong.", NULL, "a " },
		{ ONE("any: wrong, not: [not]"), "We were not wrong.", NULL, "" },
		{ ONE("any: wrong, not: [not]"), "Not here. We were wrong.", NULL, "a " },
		{ ONE("any: wrong, not_before: [if]"), "If we are wrong, tell us.", NULL, "" },
		{ ONE("any: wrong, not_before: [if]"), "We are wrong if it leaks.", NULL, "a " },
		{ ONE("any: wrong, unless: ['nothing wrong']"), "There's nothing wrong.", NULL, "" },
		{ ONE("any: wrong, unless: ['nothing wrong']"), "Nothing wrong? I was wrong.", NULL, "a " },
		{ ONE("any: true, then: [sorry]"), "True. Hm. Sorry.", NULL, "a " },
		{ ONE("any: true, then: [sorry]"), "True. Hm. Hm. Sorry.", NULL, "" },
		{ ONE("any: true, previous: [leaks]"), "True.", "It leaks.", "a " },
		{ ONE("any: true, previous: [leaks]"), "True.", "> It leaks.", "" },
		{ ONE("any: true, after: customer"), "True.", "Hm.", "a " },
		{ ONE("any: true, after: customer"), "True.", NULL, "" },
		{ ONE("any: true, after: contributor"), "True.", "Hm.", "" },
		{ ONE("any: true, after: someone"), "True.", "Hm.", "a " },
		{ ONE("any: true, start: true"), "True.", NULL, "a " },
		{ ONE("any: true, start: true"), "Hm. True.", NULL, "" },
		{ ONE("any: true"), "True?", NULL, "" },
		{ ONE("any: true, question: true"), "Is it \"true?\"", NULL, "a " },
		{ "first: [we, i]\n" ONE("any: true, first: true"), "It's true.", NULL, "" },
		{ "first: [we, i]\n" ONE("any: true, first: true"), "It's true, I know.", NULL, "a " },
		{ "fillers: [really, just]\n" ONE("any: we broke it"), "We, really, just broke it.", NULL, "a " },
		{ "automatic: [sent by]\n" ONE("any: wrong"), "Wrong was sent by a robot.", NULL, "" },
		{ "guards: {admission: {not_before: [if]}}\n" ONE("any: wrong"), "If wrong.", NULL, "" },
		{ "guards: {gratitude: {not_before: [if]}}\n" ONE("any: wrong"), "If wrong.", NULL, "a " },
		{ "patterns: [" PATTERN("b", "any: wrong") ", " PATTERN("a", "any: wrong") "]",
		  "Wrong.", NULL, "b " },
		{ "patterns: [{name: low, kind: admission, grade: slip, any: was wrong}, "
		  PATTERN("high", "any: wrong") "]", "It was wrong.", NULL, "high " },
		{ ONE("any: [пардон]"), "\xd0\x9f\xd0\xb0\xd1\x80\xd0\xb4\xd0\xbe\xd0\xbd!", NULL, "a " },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		struct buf out = BUF_INIT;

		find(samples[i].yaml, samples[i].text, samples[i].previous, &out);
		if (strcmp(out.p, samples[i].found))
			fail_msg("%s\n'%s' finds '%s'", samples[i].yaml, samples[i].text, out.p);
		buf_release(&out);
	}
}

static void test_mistakes(void **state)
{
	static const struct {
		const char *yaml, *says;
	} rows[] = {
		{ "patern: []", "1:1 unknown-key: unknown key 'patern'" },
		{ "patterns: {}", "1:11 bad-value: expected a list of patterns" },
		{ ONE("al: x"), "missing-key" },
		{ ONE("any: x, afer: customer"), "unknown key 'afer'" },
		{ ONE("any: x, after: a friend"), "bad-value" },
		{ ONE("any: [[x]]"), "expected a phrase" },
		{ ONE("any: ['...']"), "'...' has no word in it" },
		{ ONE("any: ['a (b']"), "has a parenthesis that nothing closes" },
		{ ONE("any: [$b]"), "names a list that isn't there" },
		{ "fillers: [just]\n" ONE("any: [it just broke]"), "has a word of 'fillers' in it" },
		{ ONE("any: ['(a|b|c|d|e|f)(a|b|c|d|e|f)(a|b|c|d|e|f)(a|b|c|d|e|f)(a|b|c|d|e|f)(a|b|c|d|e|f)']"),
		  "stands for more than 20000 phrases" },
		{ "patterns: [{name: a, kind: admission, any: x}]", "the admission 'a' has no grade" },
		{ "patterns: [{name: a, kind: gratitude, grade: slip, any: x}]",
		  "'a' has a grade, which only admissions have" },
		{ "patterns: [" PATTERN("a", "any: x") ", " PATTERN("a", "any: y") "]",
		  "there is a pattern 'a' already" },
		{ "guards: {praise: {}}", "unknown key 'praise' in 'guards'" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct diags d = DIAGS_INIT;
		struct buf said = BUF_INIT;
		struct patterns *p;

		assert_int_equal(patterns_parse(&p, str_of(rows[i].yaml), &d), -1);
		assert_null(p);
		for (size_t j = 0; j < d.n; j++)
			buf_addf(&said, "%lu:%lu %s: %s\n", d.items[j].line, d.items[j].column,
				 diag_name(d.items[j].id), d.items[j].message);
		if (!strstr(said.p, rows[i].says))
			fail_msg("'%s' instead of '%s'", said.p, rows[i].says);
		buf_release(&said);
		diags_release(&d);
	}
}

/* A site's file adds to the program's, or replaces it, and each way has its digest. */
static void test_files(void **state)
{
	static const char path[] = "evidence-patterns.tmp.yaml";
	struct patterns *alone, *added, *replaced;
	struct diags d = DIAGS_INIT;
	FILE *f = fopen(path, "w");

	(void)state;
	assert_non_null(f);
	fputs(ONE("any: hoppla"), f);
	fclose(f);
	assert_int_equal(patterns_load(&alone, NULL, false, &d), 0);
	assert_int_equal(patterns_load(&added, path, false, &d), 0);
	assert_int_equal(patterns_load(&replaced, path, true, &d), 0);
	assert_int_equal(added->n, alone->n + 1);
	assert_true(added->items[alone->n].own && !added->items[0].own);
	assert_int_equal(replaced->n, 1);
	assert_memory_not_equal(alone->digest, added->digest, SHA256_SIZE);
	assert_memory_not_equal(replaced->digest, added->digest, SHA256_SIZE);
	patterns_free(alone);
	patterns_free(added);
	patterns_free(replaced);
	remove(path);
	assert_int_equal(patterns_load(&alone, path, false, &d), -1);
	assert_int_equal(d.items[0].id, DIAG_NOT_FOUND);
	diags_release(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_language),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
