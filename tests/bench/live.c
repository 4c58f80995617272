/*
 * How long a preview takes from a rule that was saved to the page that shows it:
 *
 *	live DIR THEME [ARCHIVE]
 *
 * DIR has a candor.yaml; its rules aren't asked, but a few that change one thing after
 * the other.  THEME is a path.  Prints wall and CPU milliseconds of the choice and of a product's page.
 */
#include "base/mem.h"
#include "publish/live.h"
#include "select/rules.h"
#include "select/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define LIMIT "publish: {limit: 10}\nwrong: {share: "
#define WORDS "}\ndrop:\n- text: {any: [lawsuit, 'charge back*'"
#define PATTERN "]}\n- matches: '(?i)\\border\\s+W-\\d{6}\\b'\n"

static const struct {
	const char *what, *rules;
} changes[] = {
	{ "the first choice", LIMIT "20%}\n" },
	{ "another share", LIMIT "10%}\n" },
	{ "the first phrases", LIMIT "10%" WORDS "]}\n" },
	{ "another share beside them", LIMIT "20%" WORDS "]}\n" },
	{ "one more phrase", LIMIT "20%" WORDS ", 'for sale']}\n" },
	{ "a pattern", LIMIT "20%" WORDS PATTERN },
	{ "another share beside it", LIMIT "10%" WORDS PATTERN },
};

static double milliseconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int stop(struct diags *diags)
{
	diags_print(diags, stderr, DIAG_TEXT, false, false);
	return EXIT_FAILURE;
}

static int show(struct live *live, struct archive *a, struct diags *diags)
{
	const struct selection *s = live_selection(live);
	struct live_file what;
	struct buf path = BUF_INIT, page = BUF_INIT;
	int status = 0;

	if (s->pages_n) {
		buf_addf(&path, "products/%.*s/index.html", STR_ARG(s->pages[0].slug));
		status = live_get(live, a, buf_str(&path), &page, &what, diags);
	}
	buf_release(&path);
	buf_release(&page);
	return status;
}

static int change(struct build_input *in, const char *what, const char *text,
		  struct diags *diags)
{
	double wall = milliseconds(CLOCK_MONOTONIC);
	double cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
	struct rules *rules = NULL;
	struct live *live = NULL;
	int status = rules_parse(&rules, "rules.yaml", str_of(text), diags);

	in->rules = rules;
	if (status == 0)
		status = live_open(&live, in, diags);
	if (status == 0)
		status = show(live, in->archive, diags);
	printf("%-28s %8.0f %8.0f\n", what, milliseconds(CLOCK_MONOTONIC) - wall,
	       milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
	live_close(live);
	rules_free(rules);
	return status;
}

int main(int argc, char **argv)
{
	struct build_input in = { .now = (int64_t)time(NULL) };
	struct diags diags = DIAGS_INIT;
	struct config config;
	char *path;
	int status;

	if (argc < 3 || chdir(argv[1]) < 0) {
		fputs("usage: live DIR THEME [ARCHIVE]\n", stderr);
		return EXIT_FAILURE;
	}
	if (config_load(&config, "candor.yaml", &diags) < 0)
		return stop(&diags);
	config.theme = str_of(argv[2]);
	path = argc > 3 ? xstrdup(argv[3]) : xmemdup0(config.archive.p, config.archive.n);
	status = archive_open(&in.archive, path, ARCHIVE_READ, &diags);
	in.config = &config;
	in.texts = texts_new((int)sysconf(_SC_NPROCESSORS_ONLN), TEXTS_MOST);
	printf("%-28s %8s %8s\n", "", "wall ms", "CPU ms");
	for (size_t i = 0; i < ARRAY_LEN(changes) && status == 0; i++)
		status = change(&in, changes[i].what, changes[i].rules, &diags);
	texts_free(in.texts);
	archive_close(in.archive);
	config_release(&config);
	free(path);
	return status < 0 ? stop(&diags) : EXIT_SUCCESS;
}
