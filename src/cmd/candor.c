/* The runner: finds the command, parses options, provides what the command
 * needs, and has outcome.c tell what became of it.  The
 * commands themselves are one file each; the table below names them. */
#include "outcome.h"

#include "base/fsys.h"
#include "base/library.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/stop.h"
#include "base/suggest.h"
#include "base/when.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COMMAND(name) extern const struct command cmd_##name;
#include "cmd/command-list.h"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &cmd_##name,
#include "cmd/command-list.h"
#undef COMMAND
	NULL
};

static const char *const formats[] = { "text", "json", "github", "gitlab", "markdown", NULL };
static const char *const colors[] = { "auto", "always", "never", NULL };

#define AT(member) offsetof(struct global_options, member)
const struct opt global_opts[] = {
	{ "dir", 'C', OPT_STR, AT(dir), "DIR", "run in DIR", 0, 0, NULL },
	{ "config", 0, OPT_STR, AT(config), "FILE", "the site's configuration (candor.yaml)", 0, 0, NULL },
	{ "archive", 0, OPT_STR, AT(archive), "FILE", "the archive, over what the config says", 0, 0, NULL },
	{ "rules", 0, OPT_STR, AT(rules), "FILE", "the rules, over what the config says", 0, 0, NULL },
	{ "theme", 0, OPT_STR, AT(theme), "THEME", "the theme, over what the config says", 0, 0, NULL },
	{ "output", 0, OPT_STR, AT(output), "DIR", "the output folder, over what the config says", 0, 0, NULL },
	{ "now", 0, OPT_TIME, AT(now), "TIME", "the clock: RFC 3339 or epoch seconds", 0, 0, NULL },
	{ "quiet", 'q', OPT_COUNT, AT(quiet), NULL, "say nothing but mistakes", 0, 0, NULL },
	{ "verbose", 'v', OPT_COUNT, AT(verbose), NULL, "say what is done", 0, 0, NULL },
	{ "format", 0, OPT_ENUM, AT(format), "FORMAT", "diagnostics as text, json, github or gitlab; a plan as markdown", 0, 0, formats },
	{ "log-file", 0, OPT_STR, AT(log_file), "FILE", "append messages to it, too", 0, 0, NULL },
	{ "color", 0, OPT_ENUM, AT(color), "WHEN", "auto, always or never", 0, 0, colors },
	{ "strict", 0, OPT_FLAG, AT(strict), NULL, "a warning is a failure", 0, 0, NULL },
	{ "help", 'h', OPT_FLAG, AT(help), NULL, "how to use the command", 0, 0, NULL },
	{ "version", 0, OPT_FLAG, AT(version), NULL, "which candor this is, and which libraries", 0, 0, NULL },
	{ 0 }
};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

static int unknown_command(const char *name, struct diags *diags)
{
	const char *names[ARRAY_LEN(commands)];
	const char *meant;
	size_t n = 0;

	for (; commands[n]; n++)
		names[n] = commands[n]->name;
	diag_add(diags, DIAG_USAGE, NO_PLACE, "unknown command '%s'", name);
	meant = suggest(str_of(name), names, n);
	if (meant)
		diag_hint(diags, "did you mean '%s'?", meant);
	else
		diag_hint(diags, "'candor help' lists the commands");
	return -1;
}

static int check_operands(const struct run *run, struct diags *diags)
{
	const struct command *c = run->command;

	if (run->argc >= c->min_args && (c->max_args < 0 || run->argc <= c->max_args))
		return 0;
	diag_add(diags, DIAG_USAGE, NO_PLACE, "'candor %s' takes %s", c->name,
		 c->max_args == 0 ? "no operands" : c->args);
	diag_hint(diags, "try 'candor %s --help'", c->name);
	return -1;
}

/* No folder and no file has an empty name. */
static int refuse_empty(struct run *run)
{
	for (const struct opt *o = global_opts; o->name; o++) {
		const char *value = NULL;

		if (o->type == OPT_STR)
			value = *(const char **)((char *)&run->global + o->offset);
		if (value && !*value)
			return diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
					"option '--%s' needs a value (%s)", o->name, o->arg);
	}
	return 0;
}

/* Options and operands; run->command is set when a command was named. */
static int parse_words(struct run *run, int argc, char **argv)
{
	struct opt_group groups[2] = { { global_opts, &run->global } };
	int word = opts_operand(argc, argv, groups, 1);
	size_t n = 1;

	if (word < argc) {
		run->command = command_find(argv[word]);
		if (!run->command)
			return unknown_command(argv[word], &run->diags);
		memmove(argv + word, argv + word + 1,
			(size_t)(argc - word) * sizeof(*argv));
		argc--;
		run->options = xcalloc(1, run->command->options_size + 1);
		if (run->command->opts)
			groups[n++] = (struct opt_group){ run->command->opts, run->options };
	}
	if (opts_parse(&argc, argv, groups, n, &run->diags) < 0 || refuse_empty(run) < 0)
		return -1;
	run->argc = argc - 1;
	run->argv = argv + 1;
	return 0;
}

/* Messages never are Markdown, and of results only a plan. */
static int check_format(struct run *run)
{
	const struct command *c = run->command;

	if (run->global.format != FORMAT_MARKDOWN || (c->markdown && c->markdown(run)))
		return 0;
	diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "'candor %s' writes no Markdown here",
		 c->name);
	diag_hint(&run->diags, "'--format=markdown' is for 'candor build --dry-run'");
	return -1;
}

static int set_clock(struct run *run)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");

	if (run->global.now != WHEN_NONE) {
		run->now = run->global.now;
		return 0;
	}
	if (epoch && *epoch) {
		if (when_parse_or_epoch(str_of(epoch), &run->now))
			return 0;
		return diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
				"SOURCE_DATE_EPOCH is '%s', not epoch seconds", epoch);
	}
	run->now = (int64_t)time(NULL);
	return 0;
}

static void override(struct str *setting, const char *flag)
{
	if (flag)
		*setting = str_of(flag);
}

/* An archive, or a built site, that was named on the command line needs no
 * configuration around it. */
static bool config_needed(const struct run *run)
{
	unsigned needs = run->command->needs;

	return needs & (NEEDS_CONFIG | NEEDS_RULES) || run->global.config ||
	       !(needs & NEEDS_OUTPUT ? run->global.output : run->global.archive);
}

/* What the flags say stands over what the file says. */
static void apply_flags(const struct global_options *g, struct config *c)
{
	override(&c->archive, g->archive);
	override(&c->rules, g->rules);
	override(&c->theme, g->theme);
	override(&c->output, g->output);
}

const char *command_config(const struct run *run)
{
	return run->global.config ? run->global.config : "candor.yaml";
}

int command_load_config(const struct run *run, struct config *config, struct diags *diags)
{
	int status = config_load(config, command_config(run), diags);

	apply_flags(&run->global, config);
	return status;
}

int command_load_rules(const struct config *config, struct rules **rules,
		       struct diags *diags)
{
	char *path = xmemdup0(config->rules.p, config->rules.n);
	int status = rules_load(rules, path, diags);

	free(path);
	return status;
}

static int load_config(struct run *run)
{
	if (config_needed(run))
		return command_load_config(run, &run->config, &run->diags);
	apply_flags(&run->global, &run->config);
	return 0;
}

/* A path that came from the config or a flag, terminated; owned by the run. */
static const char *setting_path(struct run *run, struct str s)
{
	return arena_strz(&run->arena, s);
}

static int open_archive(struct run *run)
{
	unsigned needs = run->command->needs;
	enum archive_mode mode = needs & NEEDS_CREATE  ? ARCHIVE_CREATE
				 : needs & NEEDS_WRITE ? ARCHIVE_WRITE
						       : ARCHIVE_READ;
	const char *path = setting_path(run, run->config.archive);

	return archive_open(&run->archive, path, mode, &run->diags);
}

/* Whoever had to wait for others reads anew what they may have changed, the clock too: by
 * an older one their site would be of the future. */
static int call_before(struct run *run)
{
	int again = run->command->before(run);

	while (again > 0) {
		config_release(&run->config);
		run->config = (struct config){ 0 };
		diags_release(&run->diags);
		if (load_config(run) < 0)
			return -1;
		again = run->command->before(run);
	}
	return again < 0 ? -1 : set_clock(run);
}

/* Mistakes of config and rules are collected together. */
static int provide(struct run *run)
{
	unsigned needs = run->command->needs;
	int status = needs ? load_config(run) : 0;

	if (status == 0 && run->command->before)
		status = call_before(run);
	if (needs & NEEDS_RULES &&
	    rules_load(&run->rules, setting_path(run, run->config.rules), &run->diags) < 0)
		status = -1;
	if (status == 0 && needs & (NEEDS_READ | NEEDS_WRITE | NEEDS_CREATE))
		status = open_archive(run);
	return status;
}

static int enter(struct run *run)
{
	if (run->global.dir && chdir(run->global.dir) < 0)
		return diag_errno(&run->diags, DIAG_NOT_FOUND, NO_PLACE, "cannot run in '%s'",
				  run->global.dir);
	return outcome_open(run);
}

/* What was said up to there is about half of a run. */
static void say_stopped(struct run *run)
{
	diags_release(&run->diags);
	diag_add(&run->diags, DIAG_INTERRUPTED, NO_PLACE, "interrupted: %s",
		 run->command->kept);
}

/* Its own, and those of what it stands on, as a report of a mistake needs them. */
static void say_versions(FILE *out)
{
	struct buf b = BUF_INIT;

	buf_adds(&b, "candor " CANDOR_VERSION "\n");
#define LIBRARY(name, title) \
	buf_adds(&b, title " "); \
	library_##name(&b); \
	buf_addc(&b, '\n');
#include "base/library-list.h"
#undef LIBRARY
	fwrite(b.p, 1, b.n, out);
	buf_release(&b);
}

static void run_command(struct run *run)
{
	progress_allow(!run->global.quiet);
	if (run->command->kept)
		stop_catch();
	if (provide(run) == 0 && run->command->run(run) == 0)
		return;
	progress_end();
	if (run->archive)
		archive_discard(run->archive);
	run->archive = NULL;
	if (stop_asked())
		say_stopped(run);
}

static void run_words(struct run *run)
{
	if (run->global.version) {
		say_versions(run->out);
		return;
	}
	if (run->global.help || !run->command) {
		command_help(run->out, run->command);
		return;
	}
	if (enter(run) == 0 && check_operands(run, &run->diags) == 0 &&
	    check_format(run) == 0 && set_clock(run) == 0 &&
	    (!run->command->check || run->command->check(run) == 0))
		run_command(run);
}

/* Last of all the site's lock. */
static void release(struct run *run)
{
	archive_close(run->archive);
	stage_close(run->stage);
	outcome_close(run);
	buf_release(&run->done);
	buf_release(&run->facts);
	rules_free(run->rules);
	config_release(&run->config);
	free(run->options);
	diags_release(&run->diags);
	arena_release(&run->arena);
}

/* A file that is opened must not become a standard stream that was closed, or
 * messages would go into it.  What is written to these fails, as it would. */
static void hold_streams(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			_exit(3);
}

/* Results before messages: a reader of both sees them in order.  Who noticed
 * that they couldn't be written said so, and why. */
static void finish_output(struct run *run)
{
	bool failed = ferror(run->out);

	if (fclose(run->out) != 0 && !failed)
		diag_errno(&run->diags, DIAG_IO, NO_PLACE, "cannot write the result");
	else if (failed && diags_status(&run->diags, false) == 0)
		diag_add(&run->diags, DIAG_IO, NO_PLACE, "cannot write the result");
}

int candor(int argc, char **argv)
{
	struct run run = { .out = stdout,
			   .global = { .now = WHEN_NONE, .format = -1 },
			   .arena = ARENA_INIT,
			   .done = BUF_INIT,
			   .facts = BUF_INIT,
			   .log = -1 };
	int status;

	hold_streams();
	/* A limit on file sizes is an I/O mistake to report, not a death. */
	signal(SIGXFSZ, SIG_IGN);
	if (parse_words(&run, argc, argv) == 0)
		run_words(&run);
	finish_output(&run);
	status = outcome_tell(&run);
	release(&run);
	stop_die();
	return status;
}
