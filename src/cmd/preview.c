/* candor preview: the site as it would be published, while its files change. */
#include "preview-site.h"

#include "base/fsys.h"
#include "preview/browser.h"
#include "select/texts.h"

#include <signal.h>
#include <unistd.h>

/* Where it is found without having to look, if nobody else is there. */
enum { USUAL_PORT = 4400 };

#define AT(member) offsetof(struct preview_flags, member)
static const struct opt opts[] = {
	{ "port", 0, OPT_INT, AT(port), "N", "serve there (else 4400, or where there is room)",
	  1, 65535, NULL },
	{ "open", 0, OPT_FLAG, AT(open), NULL, "open it in the browser", 0, 0, NULL },
	{ "shop", 0, OPT_STR, AT(shop), "DIR",
	  "product pages to show with their conversations in place", 0, 0, NULL },
	{ "poll", 0, OPT_FLAG, AT(poll), NULL,
	  "look for changes now and then, where the system doesn't tell of them", 0, 0, NULL },
	{ 0 }
};

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

static void catch_signals(void)
{
	const struct sigaction action = { .sa_handler = stop };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static int start(struct preview *p)
{
	const struct preview_flags *flags = p->run->options;
	struct server_options options = { .port = flags->port ? flags->port : USUAL_PORT,
					  .answer = preview_answer, .ctx = p };
	struct diags taken = DIAGS_INIT;
	int status = server_start(&p->server, &options, &taken);

	if (status < 0 && !flags->port) {
		diags_release(&taken);
		options.port = 0;
		status = server_start(&p->server, &options, &taken);
	}
	diags_merge(&p->run->diags, &taken);
	diags_release(&taken);
	return status;
}

static int serve(struct preview *p)
{
	struct run *run = p->run;
	const struct preview_flags *flags = run->options;
	char *file = NULL;
	int status = 0;

	preview_refresh(p);
	fprintf(run->out, "Preview at %s; Ctrl-C ends\n", server_url(p->server));
	fflush(run->out);
	if (flags->open)
		status = browser_open(server_url(p->server), &file, &run->diags);
	while (status == 0 && !stopped) {
		status = server_run(p->server, preview_wait(p), watch_fd(p->watch),
				    &run->diags);
		preview_tick(p);
	}
	browser_forget(file);
	return status;
}

static int run_preview(struct run *run)
{
	const struct preview_flags *flags = run->options;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	struct preview p = { .run = run };
	int status;

	/* Mistakes can be mended meanwhile, but here is no site. */
	if (!fsys_exists(command_config(run)))
		return config_load(&run->config, command_config(run), &run->diags);
	catch_signals();
	if (start(&p) < 0)
		return -1;
	p.watch = watch_new(flags->poll);
	p.texts = texts_new(cores > 0 ? (int)cores : 1, TEXTS_MOST);
	status = serve(&p);
	preview_release(&p);
	watch_free(p.watch);
	server_stop(p.server);
	return status;
}

static int check_preview(struct run *run)
{
	const struct preview_flags *flags = run->options;

	if (!flags->shop || *flags->shop)
		return 0;
	return diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "option '--shop' needs a value (DIR)");
}

const struct command cmd_preview = {
	.name = "preview",
	.args = "",
	.summary = "show the site in the browser, as it changes with its files",
	.opts = opts,
	.options_size = sizeof(struct preview_flags),
	.check = check_preview,
	.run = run_preview,
};
