/* candor help: from the same rows that parse the command line. */
#include "base/buf.h"
#include "cmd/command.h"

static void program_help(struct buf *b)
{
	buf_adds(b, "usage: candor [options] COMMAND [options] [operands]\n\n"
		    "Publishes the public conversations between a company's people and\n"
		    "its customers next to the products that they are about, with a\n"
		    "required share of threads in which the company was wrong.\n\n"
		    "commands:\n");
	for (size_t i = 0; commands[i]; i++)
		buf_addf(b, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
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

static int run_help(struct run *run)
{
	const struct command *topic = NULL;

	if (run->argc == 1) {
		topic = command_find(run->argv[0]);
		if (!topic) {
			diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "no command '%s'",
				 run->argv[0]);
			diag_hint(&run->diags, "'candor help' lists the commands");
			return -1;
		}
	}
	command_help(run->out, topic);
	return 0;
}

const struct command cmd_help = {
	.name = "help",
	.args = "[COMMAND]",
	.summary = "how to use candor or one of its commands",
	.max_args = 1,
	.run = run_help,
};
