#ifndef PUBLISH_SITE_H
#define PUBLISH_SITE_H

#include "publish/build.h"
#include "publish/content.h"
#include "publish/pagecheck.h"
#include "base/spool.h"
#include "render/feed.h"
#include "render/theme.h"
#include "render/view.h"

/*
 * One build: what all workers share and only read, and what each has for
 * itself.  Every thread is read and rendered once.  Phase one takes those that
 * several pages show, or none, and spools the former; phase two makes the pages
 * of a product or a scenario, and renders the threads that only they show; then
 * come the pages of where we were wrong and of contributors, and phase three makes
 * what is site-wide.
 */
/* Where files go: into a stage, before the eyes of check, ...  Called from any worker;
 * 0, or -1 with diagnostics. */
struct site_sink {
	int (*put)(void *ctx, struct str path, struct str bytes, struct diags *diags);
	void *ctx;
	/* False: nobody asked for that page or file, as render/paths.h names it; NULL:
	 * all are wanted.  Those that come in parts are asked for by the first's name. */
	bool (*wants)(void *ctx, struct str path);
};

struct site {
	const struct build_input *in;
	struct site_sink sink;
	bool lazy;               /* any file by itself and in any order: nothing is spooled, a
				  * thread's page is made by its own job alone */
	struct selection selection;
	struct theme theme;
	struct content content;
	struct copies *copies;   /* of images, or NULL */
	/* built-in pages */
	const struct template *all, *scenarios, *withdrawn_page, *wrong_page, *contributors_page,
		*topic, *search_page;
	struct roster *roster;
	struct redactor redactor;
	struct view view;
	struct arena arena;      /* lives as long as the build */
	struct value model;      /* view_site() */
	struct pagecheck *check; /* what site_check_open() made, or NULL */
	bool *early;               /* per thread of the selection: rendered in phase one */
	struct spool_ref *spooled; /* per thread, for those that are shown */
	int64_t *modified; /* per thread that was rendered: its newest post or edit */
	uint32_t *newest, *newest_wrong; /* shown threads, newest first */
	size_t newest_n, newest_wrong_n;
	struct wrong_list *wrong;  /* wrong-pages.c */
	struct withdrawn *withdrawn; /* withdrawn.c */
	size_t *contributors;      /* who has a page: indexes in the config, as there */
	size_t contributors_n;
	struct menu *menu;         /* menu.c */
	struct buf *ledger;      /* per page: its object in honesty.json */
	struct worker *workers;
	size_t workers_n;
};

struct worker {
	struct site *site;
	uint32_t index;
	struct archive *archive;
	bool owns_archive;       /* worker 0 uses the run's */
	struct arena arena;      /* reset after each page */
	struct buf body, page, packed;
	struct spool spool;
	size_t *redacted;        /* for each of the redactor's items */
};

/* --- site.c: in this order; each may fail with -1 and diagnostics, release always --- */

void site_init(struct site *site, const struct build_input *in);
/* Theme, content and copies of images: everything that is compiled or opened. */
int site_load(struct site *site, struct diags *diags);
/* Behind select_run() into site->selection: plans the pages, starts the workers. */
int site_prepare(struct site *site, struct diags *diags);
/* All pages into the sink. */
int site_render(struct site *site, struct diags *diags);
void site_release(struct site *site);
/* "12 email, 3 phone number", owned, or NULL. */
char *site_redacted(const struct site *site);

/* --- site-check.c --- */

/* Makes site->check, once the pages are planned. */
void site_check_open(struct site *site);
/* What is wrong with the pages that were put, and with the whole. */
void site_check_report(struct site *site, struct diags *diags);

/* Whether some page shows the thread. */
static inline bool site_shows(const struct chosen_thread *t)
{
	return t->shown || t->in_scenario;
}
/* By venue, then id: the order of those that are else alike. */
static inline int site_thread_cmp(const struct chosen_thread *x,
				  const struct chosen_thread *y)
{
	int c = str_cmp(x->venue, y->venue);

	return c ? c : str_cmp(x->id, y->id);
}
/* The pages of all products and, behind them, of all scenarios. */
static inline size_t site_choices(const struct site *site)
{
	return site->selection.pages_n + site->selection.scenarios_n;
}
/* Whether one of them has a page. */
static inline bool site_has_scenarios(const struct site *site)
{
	return value_get(&site->model, STR("scenarios"))->u.list.n > 0;
}
/* Whether the thread has a page of its own. */
bool site_has_page(const struct site *site, const struct chosen_thread *t);
bool site_own_venue(const struct site *site, struct str slug);

/* "12,345" */
static inline struct value count_value(struct worker *w, size_t n)
{
	return view_number(&w->arena, w->site->view.language, (int64_t)n);
}

/* Per thread of the selection: whether its path takes the long form. */
bool *site_long_paths(const struct selection *s, struct arena *a);

/* --- pages.c --- */

/* What a page says of itself to the layout. */
struct page_meta {
	struct str path;  /* below the site: "products/kettle/" */
	struct str title;
	struct str description; /* or absent */
	struct str published;   /* when what it is about was written, or absent */
	struct str json_ld;     /* the whole element, or absent */
	struct str feed_path;   /* of the feed about this page alone, or absent */
	bool noindex;
	bool search; /* has the box, and needs scripts for it */
};

/*
 * Renders theme page `kind` with the members of scope, puts the layout around
 * it and writes it to the path's file.
 */
int page_write(struct worker *w, enum theme_page kind, const struct page_meta *meta,
	       struct value *scope, struct diags *diags);
/* The same for a template of content/ or the program, inside page.md. */
int page_write_content(struct worker *w, const struct template *body,
		       const struct page_meta *meta, struct value *scope,
		       struct diags *diags);
/* A file into the stage, or before the eyes of check. */
int site_put(const struct site *site, struct str path, struct str bytes,
	     struct diags *diags);
/* Whether it has to be made: every page and file may be asked about. */
bool site_wants(const struct site *site, struct str path);
/* Bytes as they are. */
int page_put(struct worker *w, struct str path, struct str bytes, struct diags *diags);
/*
 * n threads as a list: taken from the spool, or rendered here and now, with a
 * page of their own.  The bytes of the spooled ones are in w->packed.
 */
int page_threads(struct worker *w, const uint32_t *threads, size_t n, struct value *out,
		 struct diags *diags);

/* One thread without its posts, read from the archive. */
int page_head(struct worker *w, uint32_t thread, struct value *out, struct diags *diags);

/* --- thread-pages.c --- */
/* Reads and renders a thread and writes its page, the one time; a lazy site's page is
 * thread_write()'s. */
int thread_render(struct worker *w, uint32_t thread, struct value *out,
		  struct diags *diags);
int thread_write(struct worker *w, uint32_t thread, struct diags *diags);

/* --- withdrawn.c --- */
/* Reads what was taken away, and when; release in any case. */
int withdrawn_plan(struct site *site, struct diags *diags);
void withdrawn_release(struct site *site);
/* The page in the place of a thread. */
int withdrawn_write(struct worker *w, uint32_t thread, struct diags *diags);
/* The newest of the posts that were taken away from the threads that a feed is about:
 * a page's candidates; all, or those alone that are labelled wrong. */
void withdrawn_of_page(struct worker *w, const struct choice *page, size_t most,
		       struct feed *feed);
void withdrawn_of_site(struct worker *w, bool wrong, size_t most, struct feed *feed);

/* --- site-pages.c --- */
/* Which threads the phases render when, and the newest ones. */
void site_plan(struct site *site);
/* A page of content/, or a draft in its place. */
int content_page_write(struct worker *w, const struct content_page *page,
		       struct diags *diags);

/* --- wrong-pages.c --- */
enum { WRONG_PER_PAGE = 100 };
/* Lists the wrong threads that have a page. */
void wrong_plan(struct site *site);
size_t wrong_pages_n(const struct site *site); /* at least 1 */
/* Of the newest admission, or WHEN_NONE. */
int64_t wrong_newest(const struct site *site);

/* The n newest admissions of that contributor, or fewer; says how many there are. */
size_t wrong_of(const struct site *site, size_t who, uint32_t *out, size_t *n);

/* --- topic-pages.c --- */
/*
 * The topics of a product's page: those that at least two of its threads have and
 * not all, the most frequent first.  Sets their paths in the threads.
 */
struct value topics_find(struct worker *w, const struct choice *page,
			 struct value *threads);
/* A page for each of them. */
int topics_write(struct worker *w, const struct choice *page, const struct value *threads,
		 const struct value *topics, struct diags *diags);

/* --- contributor-pages.c --- */
/* Finds out who has a page. */
void contributors_plan(struct site *site);
size_t contributor_jobs_n(const struct site *site);
/* When the newest of what is shown that the person wrote in was written or edited,
 * or WHEN_NONE. */
int64_t contributor_modified(const struct site *site, size_t who);

/* --- menu.c --- */
/* Makes the menu, and sets it in the model as pages see it that aren't in it. */
void menu_plan(struct site *site);
/* The menu as the page sees it, or NULL for one that isn't in it. */
const struct value *menu_for(const struct site *site, struct str path);

/* --- phases: jobs for jobs_run() --- */
int thread_job(void *worker, size_t i, struct diags *diags);  /* thread-pages.c */
int choice_job(void *worker, size_t i, struct diags *diags);  /* product-pages.c */
int wrong_job(void *worker, size_t i, struct diags *diags);   /* wrong-pages.c */
int contributor_job(void *worker, size_t i, struct diags *diags);
int part_job(void *worker, size_t i, struct diags *diags);    /* site-pages.c */
size_t site_parts_n(void);

/* --- sitemap-files.c --- */
int sitemap_write(struct worker *w, struct diags *diags);

/* --- ledger.c --- */
/* The page's object in honesty.json; threads are its shown ones as values. */
void ledger_page(struct buf *out, const struct site *site, const struct choice *page,
		 const struct value *threads);
int ledger_write(struct worker *w, struct diags *diags);

#endif
