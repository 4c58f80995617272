/* candor help: from the same rows that parse the command line; and from the manual. */
#include "base/buf.h"
#include "base/mem.h"
#include "base/suggest.h"
#include "cmd/command.h"
#include "cmd/manual.h"

#include <stdlib.h>

/* Of more than one item: those are many, and known to who asks for them. */
static void list_topics(struct buf *b)
{
	size_t column = 0;

	buf_adds(b, "\ntopics of help, beside each command, format and [id] of a message:\n");
	for (size_t i = 0; i < manual_subjects(); i++) {
		const char *name = manual_topic(i);

		if (column + strlen(name) + 1 > 76)
			column = 0;
		buf_adds(b, column ? " " : i ? "\n  " : "  ");
		buf_adds(b, name);
		column += strlen(name) + 1;
	}
	buf_addc(b, '\n');
}

static void program_help(struct buf *b)
{
	buf_adds(b, "usage: candor [options] COMMAND [options] [operands]\n\n"
		    "Publishes the public conversations between a company's people and\n"
		    "its customers next to the products that they are about, with a\n"
		    "required share of threads in which the company was wrong.\n\n"
		    "commands:\n");
	for (size_t i = 0; commands[i]; i++)
		buf_addf(b, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
	list_topics(b);
}

void command_help(FILE *out, const struct command *command)
{
	struct buf b = BUF_INIT;

	if (command) {
		buf_addf(&b, "usage: candor %s [options]%s%s\n\n%s\n", command->name,
			 *command->args ? " " : "", command->args, command->summary);
		if (command->explain)
			command->explain(&b);
		if (command->opts) {
			buf_adds(&b, "\noptions:\n");
			opts_help(&b, command->opts);
		}
	} else {
		program_help(&b);
	}
	buf_adds(&b, "\noptions of every command:\n");
	opts_help(&b, global_opts);
	fwrite(b.p, 1, b.n, out);
	buf_release(&b);
}

const char *help_topic(size_t i)
{
	size_t n = 0;

	while (commands[n] && n < i)
		n++;
	return commands[n] ? commands[n]->name : manual_topic(i - n);
}

static int unknown_topic(const char *name, struct diags *diags)
{
	const char **names = NULL, *topic;
	size_t n = 0, cap = 0;

	while ((topic = help_topic(n))) {
		GROW(names, n, cap);
		names[n++] = topic;
	}
	topic = suggest(str_of(name), names, n);
	diag_add(diags, DIAG_USAGE, NO_PLACE, "no help on '%s'", name);
	if (topic)
		diag_hint(diags, "did you mean '%s'?", topic);
	else
		diag_hint(diags, "'candor help' lists commands and topics");
	free(names);
	return -1;
}

/* An id of a message may be copied with what stands around it. */
static const char *without_brackets(struct arena *arena, const char *topic)
{
	struct str s = str_of(topic);

	if (!str_starts(s, STR("[")) || !str_ends(s, STR("]")))
		return topic;
	return arena_strz(arena, str_slice(s, 1, s.n - 1));
}

static int run_help(struct run *run)
{
	const char *topic = run->argc ? without_brackets(&run->arena, run->argv[0]) : NULL;
	const struct command *command = topic ? command_find(topic) : NULL;
	struct buf text = BUF_INIT;
	int status = 0;

	if (!topic || command)
		command_help(run->out, command);
	else if (manual_text(&text, topic))
		fwrite(text.p, 1, text.n, run->out);
	else
		status = unknown_topic(topic, &run->diags);
	buf_release(&text);
	return status;
}

const struct command cmd_help = {
	.name = "help",
	.args = "[TOPIC]",
	.summary = "how to use candor or a command, or what the manual says of a topic",
	.max_args = 1,
	.run = run_help,
};
