/*
 * Proves that bodies made to cost their parsers time (patterns.h) become what any
 * other body may become, in every format: only the forms of strict.h, that stay
 * as they are when they are read again, in at most so many times their size.
 *
 *	render-patterns --site BYTES	an archive of them all, for tests/cmd/patterns.sh
 *	render-patterns --measure BYTES	CPU seconds for a fourth, half and all of that
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "patterns.h"
#include "render/body.h"
#include "strict.h"

#include <stdlib.h>
#include <time.h>

enum {
	BYTES = 12000, /* the rest is for tests/cmd/patterns.sh */
	GROWTH = 30    /* times; "> a" becomes a quotation with a paragraph */
};

static const struct body_style style = {
	.base_url = { "https://forum.example/t/1", 25 }, .heading_base = 1
};

static const char *render(struct buf *out, enum body_format format, struct str body)
{
	struct arena a = ARENA_INIT;
	struct body_tree tree;

	buf_reset(out);
	body_read(&a, format, body, &tree);
	body_html(&tree, &style, out);
	arena_release(&a);
	return tree.fallback;
}

static void check(const struct pattern *p, enum body_format format, struct str body)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct strict strict;
	const char *wrong;

	render(&once, format, body);
	wrong = strict_check(&strict, buf_str(&once));
	if (!wrong && once.n > GROWTH * (body.n + 100))
		wrong = "grows";
	if (!wrong && render(&twice, BODY_HTML, buf_str(&once)))
		wrong = "falls back when read again";
	if (!wrong && !str_eq(buf_str(&once), buf_str(&twice)))
		wrong = "changes when read again";
	if (wrong)
		fail_msg("'%s' as %s: %s", p->name, body_format_names[format], wrong);
	buf_release(&once);
	buf_release(&twice);
}

static void test_patterns(void **state)
{
	struct buf body = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(patterns); i++) {
		pattern_make(&patterns[i], BYTES, &body);
		for (int format = BODY_MARKDOWN; format <= BODY_TEXT; format++)
			check(&patterns[i], (enum body_format)format, buf_str(&body));
	}
	buf_release(&body);
}

static struct str number(struct buf *out, size_t n)
{
	buf_reset(out);
	buf_addf(out, "%zu", n);
	return buf_str(out);
}

/* Whole in its own format, smaller in the others. */
static void put_posts(struct jsonw *w, const struct pattern *p, size_t bytes)
{
	struct buf body = BUF_INIT;

	jsonw_key(w, "posts");
	jsonw_list(w);
	for (int format = BODY_MARKDOWN; format <= BODY_TEXT; format++) {
		pattern_make(p, format == (int)p->format ? bytes : bytes / 50, &body);
		jsonw_object(w);
		jsonw_key_str(w, "id", str_of(body_format_names[format]));
		jsonw_key_str(w, "created", STR("2026-01-01T00:00:00Z"));
		jsonw_key_str(w, "format", str_of(body_format_names[format]));
		jsonw_key_str(w, "body", buf_str(&body));
		jsonw_object_end(w);
	}
	jsonw_list_end(w);
	buf_release(&body);
}

/* A thread for each, with a post in each format. */
static void write_site(size_t bytes)
{
	struct buf id = BUF_INIT, out = BUF_INIT;
	struct jsonw w;

	puts("{\"type\":\"venue\",\"slug\":\"v\",\"name\":\"V\",\"url\":\"https://v.example/\","
	     "\"own\":true}\n{\"type\":\"product\",\"slug\":\"p\",\"name\":\"P\",\"url\":\"https://c.example/\"}");
	for (size_t i = 0; i < ARRAY_LEN(patterns); i++) {
		/* Those aren't JSON. */
		if (!utf8_valid(str_of(patterns[i].part)))
			continue;
		buf_reset(&out);
		jsonw_init(&w, &out);
		jsonw_object(&w);
		jsonw_key_str(&w, "type", STR("thread"));
		jsonw_key_str(&w, "venue", STR("v"));
		jsonw_key_str(&w, "id", number(&id, i));
		jsonw_key_str(&w, "url", STR("https://v.example/t"));
		jsonw_key_str(&w, "title", str_of(patterns[i].name));
		jsonw_key_str(&w, "created", STR("2026-01-01T00:00:00Z"));
		jsonw_key(&w, "products");
		jsonw_list(&w);
		jsonw_str(&w, STR("p"));
		jsonw_list_end(&w);
		put_posts(&w, &patterns[i], bytes);
		jsonw_object_end(&w);
		puts(out.p);
	}
	buf_release(&id);
	buf_release(&out);
}

static double cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void measure(size_t bytes)
{
	struct buf body = BUF_INIT, out = BUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(patterns); i++) {
		const char *fallback = NULL;

		for (int shift = 2; shift >= 0; shift--) {
			double start;

			pattern_make(&patterns[i], bytes >> shift, &body);
			start = cpu_seconds();
			fallback = render(&out, patterns[i].format, buf_str(&body));
			printf("%7.3f", cpu_seconds() - start);
		}
		printf("  %-8s  %s%s%s\n", body_format_names[patterns[i].format],
		       patterns[i].name, fallback ? ": " : "", fallback ? fallback : "");
	}
	buf_release(&body);
	buf_release(&out);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patterns),
	};

	if (argc == 3 && !strcmp(argv[1], "--site"))
		write_site(strtoul(argv[2], NULL, 10));
	else if (argc == 3 && !strcmp(argv[1], "--measure"))
		measure(strtoul(argv[2], NULL, 10));
	else
		return cmocka_run_group_tests(tests, NULL, NULL);
	return fclose(stdout) ? 1 : 0;
}
