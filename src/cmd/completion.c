/* candor completion SHELL: a script that completes command lines, from the rows that
 * parse them.  What is the same for all rows stands beside this in completion.SHELL.
 * What is typed is the shell's to read: the program isn't run for it. */
#include "base/buf.h"
#include "base/mem.h"
#include "cmd/command.h"
#include "completion.h"
#include "import/import.h"

/* --- What can stand where --- */

enum kind { ANYTHING, FOLDERS, FILES, WORDS };

static void add_word(struct buf *words, const char *word)
{
	buf_addf(words, "%s%s", words->n ? " " : "", word);
}

static void add_formats(struct buf *words)
{
	add_word(words, IMPORTER_ANY);
	for (size_t i = 0; importers[i]; i++)
		add_word(words, importers[i]->name);
}

static void add_topics(struct buf *words)
{
	const char *topic;

	for (size_t i = 0; (topic = help_topic(i)); i++)
		add_word(words, topic);
}

/* By the names that rows give to values and operands. */
static const struct {
	const char *name;
	enum kind kind;
	void (*words)(struct buf *words);
} places[] = {
	{ "DIR", FOLDERS, NULL },
	{ "FILE", FILES, NULL },
	{ "FORMAT", WORDS, add_formats },
	{ "PATH", FILES, NULL },
	{ "REF", FILES, NULL },
	{ "TEMPLATE", FILES, NULL },
	{ "THEME", FOLDERS, NULL },
	{ "TOPIC", WORDS, add_topics },
};

/* One of "A|B|C": lower case stands for itself. */
static enum kind alternative(struct str name, struct buf *words)
{
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		if (!str_is(name, places[i].name))
			continue;
		if (places[i].words)
			places[i].words(words);
		return places[i].kind;
	}
	if (!name.n || name.p[0] < 'a' || name.p[0] > 'z')
		return ANYTHING;
	buf_addf(words, "%s%.*s", words->n ? " " : "", STR_ARG(name));
	return WORDS;
}

static enum kind place(struct str names, struct buf *words)
{
	enum kind kind = ANYTHING;

	buf_reset(words);
	while (str_present(names)) {
		enum kind one = alternative(str_split(&names, '|'), words);

		kind = one > kind ? one : kind;
	}
	return kind;
}

static enum kind value(const struct opt *row, struct buf *words)
{
	if (row->type != OPT_ENUM)
		return place(str_of(row->arg), words);
	buf_reset(words);
	for (size_t i = 0; row->names[i]; i++)
		add_word(words, row->names[i]);
	return WORDS;
}

/* The next operand of "FORMAT PATH..." or "[TOPIC]". */
struct operand {
	struct str name;
	bool optional, many;
};

static bool next_operand(struct str *args, struct operand *o)
{
	struct str word = str_split(args, ' ');

	o->optional = str_starts(word, STR("["));
	if (o->optional)
		word = str_slice(word, 1, word.n - 1);
	o->many = str_ends(word, STR("..."));
	o->name = o->many ? str_slice(word, 0, word.n - 3) : word;
	return word.n > 0;
}

/* --- Quoting --- */

/* With a backslash before each byte of special, and what the shell takes for an
 * apostrophe between two of them. */
static void add_escaped(struct buf *b, const char *s, const char *special,
			const char *apostrophe)
{
	for (; *s; s++) {
		if (strchr(special, *s))
			buf_addc(b, '\\');
		if (*s == '\'')
			buf_adds(b, apostrophe);
		else
			buf_addc(b, *s);
	}
}

/* --- bash --- */

static void bash_kind(struct buf *b, enum kind kind, const struct buf *words)
{
	static const char *const names[] = { "", "folders", "files", "words" };

	buf_addf(b, ") kind=%s", names[kind]);
	if (kind == WORDS)
		buf_addf(b, " words='%s'", words->p);
	buf_adds(b, " ;;\n");
}

static void bash_option_names(struct buf *b, const struct opt *rows)
{
	for (const struct opt *o = rows; o && o->name; o++) {
		buf_addf(b, "--%s ", o->name);
		if (o->letter)
			buf_addf(b, "-%c ", o->letter);
	}
}

static void bash_values(struct buf *b, const char *command, const struct opt *rows,
			struct buf *words)
{
	for (const struct opt *o = rows; o && o->name; o++) {
		if (!opt_takes_value(o))
			continue;
		buf_addf(b, "	%s\" --%s\"", command, o->name);
		if (o->letter)
			buf_addf(b, " | %s\" -%c\"", command, o->letter);
		bash_kind(b, value(o, words), words);
	}
}

static void bash_command(struct buf *b, const struct command *c, struct buf *words)
{
	struct str args = str_of(c->args);
	struct operand o;

	buf_addf(b, "	%s\" -\") kind=words words=\"", c->name);
	bash_option_names(b, c->opts);
	buf_adds(b, "$all\" ;;\n");
	bash_values(b, c->name, c->opts, words);
	for (int n = 1; next_operand(&args, &o); n++) {
		enum kind kind = place(o.name, words);

		if (kind == ANYTHING)
			continue;
		if (o.many)
			buf_addf(b, "	%s\" \"[1-9]*", c->name);
		else
			buf_addf(b, "	%s\" %d\"", c->name, n);
		bash_kind(b, kind, words);
	}
}

static void bash_options(struct buf *b, struct buf *words)
{
	(void)words;
	buf_adds(b, "	local all='");
	bash_option_names(b, global_opts);
	buf_adds(b, "'\n");
}

static void bash_places(struct buf *b, struct buf *words)
{
	buf_adds(b, "	\" 1\") kind=words words='");
	for (size_t i = 0; commands[i]; i++)
		buf_addf(b, "%s ", commands[i]->name);
	buf_adds(b, "' ;;\n");
	for (size_t i = 0; commands[i]; i++)
		bash_command(b, commands[i], words);
	buf_adds(b, "	*\" -\") kind=words words=$all ;;\n");
	bash_values(b, "*", global_opts, words);
}

/* --- zsh --- */

static void zsh_text(struct buf *b, const char *s)
{
	add_escaped(b, s, "[]:\\", "'\\''");
}

static void zsh_action(struct buf *b, struct str name, enum kind kind,
		       const struct buf *words)
{
	static const char *const actions[] = { " ", "_directories", "_files" };

	buf_addf(b, ":%.*s:", STR_ARG(name));
	if (kind == WORDS)
		buf_addf(b, "(%s)", words->p);
	else
		buf_adds(b, actions[kind]);
}

/* '(-C --dir)'{-C+,--dir=}'[run in DIR]:DIR:_directories' */
static void zsh_option(struct buf *b, const char *indent, const struct opt *o,
		       struct buf *words)
{
	const char *sign = opt_takes_value(o) ? "=" : "";

	buf_adds(b, indent);
	if (o->letter && o->type == OPT_COUNT)
		buf_addf(b, "\\*{-%c,--%s}'", o->letter, o->name);
	else if (o->letter)
		buf_addf(b, "'(-%c --%s)'{-%c%s,--%s%s}'", o->letter, o->name, o->letter,
			 *sign ? "+" : "", o->name, sign);
	else
		buf_addf(b, "'--%s%s", o->name, sign);
	buf_addc(b, '[');
	zsh_text(b, o->help);
	buf_addc(b, ']');
	if (*sign)
		zsh_action(b, str_of(o->arg), value(o, words), words);
	buf_adds(b, "'\n");
}

static void zsh_command(struct buf *b, const struct command *c, struct buf *words)
{
	struct str args = str_of(c->args);
	struct operand o;

	buf_addf(b, "	%s)\n		local -a own=(\n", c->name);
	for (const struct opt *row = c->opts; row && row->name; row++)
		zsh_option(b, "			", row, words);
	for (int n = 1; next_operand(&args, &o); n++) {
		if (o.many)
			buf_adds(b, "			'*");
		else
			buf_addf(b, "			'%d%s", n, o.optional ? ":" : "");
		zsh_action(b, o.name, place(o.name, words), words);
		buf_adds(b, "'\n");
	}
	buf_adds(b, "		)\n		_arguments -s -S $all $own\n		;;\n");
}

static void zsh_options(struct buf *b, struct buf *words)
{
	for (const struct opt *o = global_opts; o->name; o++)
		zsh_option(b, "		", o, words);
}

static void zsh_commands(struct buf *b, struct buf *words)
{
	(void)words;
	for (size_t i = 0; commands[i]; i++) {
		buf_addf(b, "		'%s:", commands[i]->name);
		add_escaped(b, commands[i]->summary, "\\", "'\\''");
		buf_adds(b, "'\n");
	}
}

static void zsh_operands(struct buf *b, struct buf *words)
{
	for (size_t i = 0; commands[i]; i++)
		zsh_command(b, commands[i], words);
}

/* --- fish --- */

static void fish_patterns(struct buf *b, const char *command, const struct opt *rows)
{
	for (const struct opt *o = rows; o && o->name; o++) {
		if (!opt_takes_value(o))
			continue;
		buf_addf(b, " \\\n                    '%s --%s'", command, o->name);
		if (o->letter)
			buf_addf(b, " '%s -%c'", command, o->letter);
	}
}

static void fish_kind(struct buf *b, enum kind kind, const struct buf *words)
{
	static const char *const sources[] = {
		" -f", " -f -a '(__fish_complete_directories)'", " -F"
	};

	if (kind == WORDS)
		buf_addf(b, " -f -a '%s'", words->p);
	else
		buf_adds(b, sources[kind]);
}

static void fish_description(struct buf *b, const char *s)
{
	buf_adds(b, " -d '");
	add_escaped(b, s, "\\", "\\'");
	buf_adds(b, "'\n");
}

static void fish_options(struct buf *b, const struct command *c, const struct opt *rows,
			 struct buf *words)
{
	for (const struct opt *o = rows; o && o->name; o++) {
		buf_adds(b, "complete -c candor");
		if (c)
			buf_addf(b, " -n '__candor_at %s -ge 1'", c->name);
		buf_addf(b, " -l %s", o->name);
		if (o->letter)
			buf_addf(b, " -s %c", o->letter);
		if (opt_takes_value(o)) {
			buf_adds(b, " -r");
			fish_kind(b, value(o, words), words);
		}
		fish_description(b, o->help);
	}
}

static void fish_operands(struct buf *b, const struct command *c, struct buf *words)
{
	struct str args = str_of(c->args);
	struct operand o;

	for (int n = 1; next_operand(&args, &o); n++) {
		enum kind kind = place(o.name, words);

		if (kind == ANYTHING)
			continue;
		buf_addf(b, "complete -c candor -n '__candor_at %s %s %d'", c->name,
			 o.many ? "-ge" : "-eq", n);
		fish_kind(b, kind, words);
		buf_addc(b, '\n');
	}
}

static void fish_values(struct buf *b, struct buf *words)
{
	(void)words;
	buf_adds(b, "                case");
	fish_patterns(b, "*", global_opts);
	for (size_t i = 0; commands[i]; i++)
		fish_patterns(b, commands[i]->name, commands[i]->opts);
	buf_addc(b, '\n');
}

static void fish_all(struct buf *b, struct buf *words)
{
	fish_options(b, NULL, global_opts, words);
	for (size_t i = 0; commands[i]; i++) {
		buf_addf(b, "\ncomplete -c candor -n '__candor_at \"\" -eq 0' -f -a %s",
			 commands[i]->name);
		fish_description(b, commands[i]->summary);
		fish_options(b, commands[i], commands[i]->opts, words);
		fish_operands(b, commands[i], words);
	}
}

/* --- The command --- */

/* Instead of the line "@NAME@" of a script. */
static const struct {
	const char *name;
	void (*write)(struct buf *b, struct buf *words);
} parts[] = {
	{ "@bash-options@", bash_options }, { "@bash-places@", bash_places },
	{ "@zsh-options@", zsh_options },   { "@zsh-commands@", zsh_commands },
	{ "@zsh-operands@", zsh_operands }, { "@fish-values@", fish_values },
	{ "@fish-all@", fish_all },
};

static void fill(struct buf *b, struct str script)
{
	struct buf words = BUF_INIT;

	while (script.n) {
		struct str line = str_split(&script, '\n');
		size_t i = 0;

		while (i < ARRAY_LEN(parts) && !str_is(line, parts[i].name))
			i++;
		if (i < ARRAY_LEN(parts))
			parts[i].write(b, &words);
		else
			buf_addf(b, "%.*s\n", STR_ARG(line));
	}
	buf_release(&words);
}

static const struct shell {
	const char *name;
	const unsigned char *script;
	const size_t *n;
} shells[] = {
	{ "bash", completion_bash, &completion_bash_n },
	{ "zsh", completion_zsh, &completion_zsh_n },
	{ "fish", completion_fish, &completion_fish_n },
};

static const struct shell *find_shell(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(shells); i++)
		if (!strcmp(shells[i].name, name))
			return &shells[i];
	return NULL;
}

static int check_shell(struct run *run)
{
	if (find_shell(run->argv[0]))
		return 0;
	diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "unknown shell '%s'", run->argv[0]);
	diag_hint(&run->diags, "it is bash, zsh or fish");
	return -1;
}

static int run_completion(struct run *run)
{
	const struct shell *shell = find_shell(run->argv[0]);
	struct buf script = BUF_INIT;

	fill(&script, str_make((const char *)shell->script, *shell->n));
	fwrite(script.p, 1, script.n, run->out);
	buf_release(&script);
	return 0;
}

const struct command cmd_completion = {
	.name = "completion",
	.args = "bash|zsh|fish",
	.summary = "write the script with which a shell completes command lines",
	.min_args = 1,
	.max_args = 1,
	.check = check_shell,
	.run = run_completion,
};
