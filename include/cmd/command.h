#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include "archive/archive.h"
#include "base/arena.h"
#include "base/diag.h"
#include "base/opts.h"
#include "publish/stage.h"
#include "select/config.h"
#include "select/select.h"

#include <stdbool.h>
#include <stdio.h>

/*
 * A command is one file with one const struct; candor.c's table names it.  The
 * runner parses options, provides what the command says it needs, prints the
 * diagnostics and turns them into the exit status.
 */

/* Flags that every command takes. */
struct global_options {
	const char *dir, *config, *archive, *rules, *theme, *output, *log_file;
	int64_t now;
	int quiet, verbose, format, color;
	bool strict, help, version;
};

enum command_needs {
	NEEDS_CONFIG = 1,  /* run.config */
	NEEDS_RULES = 2,   /* run.rules, run.config */
	NEEDS_READ = 4,    /* run.archive, read-only */
	NEEDS_WRITE = 8,   /* run.archive, for writing */
	NEEDS_CREATE = 16, /* the same, made when absent */
	NEEDS_OUTPUT = 32  /* run.config.output, and the rest of it without --output */
};

/* Everything that a command works with; owned by the runner. */
struct run {
	struct global_options global;
	const struct command *command;
	void *options;           /* the command's own, filled by its rows */
	int argc;                /* operands */
	char **argv;
	struct config config;
	struct rules *rules;
	struct archive *archive;
	struct stage *stage;     /* what before() opened, or NULL */
	int64_t now;             /* the clock: --now, SOURCE_DATE_EPOCH, the system's */
	struct diags diags;
	struct arena arena;      /* what lives as long as the run */
	FILE *out;               /* results */
	struct buf done;         /* what was done, in a line */
	struct buf facts;        /* the same, by step_fact() */
	int log;                 /* open for appending, or -1 */
};

struct command {
	const char *name;
	const char *args;    /* "PRODUCT|THREAD" */
	const char *summary; /* one line, lower case */
	unsigned needs;
	int min_args, max_args; /* max -1: any number */
	const struct opt *opts; /* or NULL */
	size_t options_size;    /* of the struct that opts fill */
	/* Appends what its help says between summary and options; may be NULL. */
	void (*explain)(struct buf *out);
	/* Whether its result can be Markdown, as it was called; NULL: never. */
	bool (*markdown)(const struct run *run);
	/* Looks at options and operands before anything is opened; may be NULL. */
	int (*check)(struct run *run);
	/* Between the configuration and all else that is read; may be NULL.  1: others were
	 * at work meanwhile, so the configuration is read anew and this is called again. */
	int (*before)(struct run *run);
	/* All: 0, or -1 with diagnostics in run->diags. */
	int (*run)(struct run *run);
	/* What was done is for standard error, too; else it is a result, and for the log alone. */
	bool tells;
	/* How things are when somebody stopped it: "the old site stays".  NULL: signals
	 * end it at once. */
	const char *kept;
};

/* --format: first those of diagnostics, by their numbers. */
enum { FORMAT_MARKDOWN = DIAG_GITLAB + 1 };

extern const struct opt global_opts[];
extern const struct command *const commands[]; /* NULL-terminated, in help's order */
const struct command *command_find(const char *name);

/* The help text of one command, or of the program for NULL. */
void command_help(FILE *out, const struct command *command);
/* What `candor help` takes, from 0 on: commands, then the manual's topics; NULL behind
 * the last one. */
const char *help_topic(size_t i);

/* For a command that goes on while files change: candor.yaml, by the name that the flags
 * give it, and the rules that it names, as for NEEDS_RULES.  0, or -1 with diagnostics;
 * release config in both cases, free rules, which are NULL then. */
const char *command_config(const struct run *run);
int command_load_config(const struct run *run, struct config *config, struct diags *diags);
int command_load_rules(const struct config *config, struct rules **rules,
		       struct diags *diags);
/* Prints them as the runner does in the end. */
void command_report(const struct run *run, const struct diags *diags);

/* The whole program: main() only calls this. */
int candor(int argc, char **argv);

#endif
