/*
 * Checks of finished pages.  What a page names is pagescan.c's, where that leads
 * link.c's; which pages there are is nobody's business here.
 */
#include "publish/pagecheck.h"

#include "base/arena.h"
#include "base/gzip.h"
#include "base/mem.h"
#include "base/seen.h"
#include "base/source.h"
#include "publish/link.h"
#include "publish/pagescan.h"

#include <pthread.h>
#include <stdlib.h>

/* SHEET is no mistake, and FRAGMENT only when it is heavy. */
enum kind { LINK, RELATIVE, ID_TWICE, THIRD_PARTY, PAGE_HEAVY, FRAGMENT, SHEET };

/* The same on all the pages that have it. */
struct finding {
	enum kind kind;
	struct str subject;      /* "about/#team", an id, an address, a page */
	struct str path, anchor; /* LINK: what must be there for it to be none */
	bool folder;             /* LINK: it would be one with a '/' at its end */
	struct str page;         /* the first of the pages, by name */
	size_t pages;
	size_t size;             /* PAGE_HEAVY, FRAGMENT, SHEET: compressed */
	uint64_t last;           /* the file that was the last to have it */
};

struct pagecheck {
	struct str url;
	const struct str *elsewhere;
	size_t elsewhere_n;
	pthread_mutex_t mutex;
	struct arena arena;
	struct seen known;         /* (path, "") and (path, id) */
	struct seen index;         /* (kind, subject): number of its finding */
	struct finding *findings;
	size_t n, cap;
	struct use {
		struct str fragment, sheet;
	} *uses; /* of stylesheets */
	size_t uses_n, uses_cap;
	uint64_t files;
};

struct pagecheck *pagecheck_new(struct str url, const struct str *elsewhere, size_t n)
{
	struct pagecheck *c = xcalloc(1, sizeof(*c));

	c->url = url;
	c->elsewhere = elsewhere;
	c->elsewhere_n = n;
	c->arena = (struct arena)ARENA_INIT;
	pthread_mutex_init(&c->mutex, NULL);
	return c;
}

void pagecheck_free(struct pagecheck *c)
{
	if (!c)
		return;
	pthread_mutex_destroy(&c->mutex);
	arena_release(&c->arena);
	seen_release(&c->known);
	seen_release(&c->index);
	free(c->findings);
	free(c->uses);
	free(c);
}

/* --- One file --- */

/* What is looked at without holding up the other workers. */
struct file {
	struct pagecheck *check;
	struct arena arena;
	struct str path;
	bool fragment;
	struct page_scan scan;
	struct link *links; /* for each of the scan's */
	size_t size;        /* compressed, where it counts */
};

static bool is_elsewhere(const struct pagecheck *c, struct str href)
{
	for (size_t i = 0; i < c->elsewhere_n; i++)
		if (str_starts(href, c->elsewhere[i]))
			return true;
	return false;
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void read_file(struct file *f, struct str bytes)
{
	struct pagecheck *c = f->check;
	bool html = str_ends(f->path, STR(".html"));

	if (html)
		page_scan(&f->scan, bytes);
	else if (str_ends(f->path, STR(".css")))
		page_scan_css(&f->scan, bytes);
	f->links = arena_array(&f->arena, struct link, f->scan.links_n);
	for (size_t i = 0; i < f->scan.links_n; i++) {
		struct str href = f->scan.links[i].href;
		struct link *link = &f->links[i];

		*link = link_resolve(&f->arena, c->url, f->path, href);
		if (link->kind == LINK_SITE && !link->relative && is_elsewhere(c, href))
			link->kind = LINK_OTHER;
	}
	if (f->scan.ids_n)
		qsort(f->scan.ids, f->scan.ids_n, sizeof(*f->scan.ids), by_text);
	/* What is small as it is won't be large compressed. */
	if (f->fragment || str_ends(f->path, STR(".css")))
		f->size = gzip_size(bytes, FRAGMENT_BUDGET / 2);
	else if (html && bytes.n > PAGE_BUDGET)
		f->size = gzip_size(bytes, PAGE_BUDGET);
}

static struct finding *find(const struct pagecheck *c, enum kind kind, struct str subject)
{
	const char tag = (char)kind;
	size_t i = seen_get(&c->index, str_make(&tag, 1), subject);

	return i ? &c->findings[i - 1] : NULL;
}

static struct finding *note(struct file *f, enum kind kind, struct str subject)
{
	struct pagecheck *c = f->check;
	const char tag = (char)kind;
	size_t i = seen_add(&c->index, str_make(&tag, 1), subject, c->n + 1);
	struct finding *found;

	if (!i) {
		GROW(c->findings, c->n, c->cap);
		c->findings[c->n] = (struct finding){
			.kind = kind, .subject = arena_str(&c->arena, subject) };
		i = ++c->n;
	}
	found = &c->findings[i - 1];
	if (found->last == c->files)
		return found;
	found->last = c->files;
	found->pages++;
	if (!str_present(found->page) || str_cmp(f->path, found->page) < 0)
		found->page = arena_str(&c->arena, f->path);
	return found;
}

/* As people write it: without index.html. */
static struct str said_path(struct str path)
{
	if (str_is(path, "index.html"))
		return STR("./");
	return str_ends(path, STR("/index.html")) ? str_slice(path, 0, path.n - 10) : path;
}

static bool is_known(const struct pagecheck *c, struct str path, struct str anchor)
{
	if (!seen_get(&c->known, path, STR("")))
		return false;
	return !anchor.n || !str_ends(path, STR(".html")) ||
	       seen_get(&c->known, path, anchor);
}

static void note_link(struct file *f, const struct link *link)
{
	struct pagecheck *c = f->check;
	struct finding *found;
	struct str said = said_path(link->path);

	if (link->anchor.n && link->path.p == f->path.p &&
	    bsearch(&link->anchor, f->scan.ids, f->scan.ids_n, sizeof(*f->scan.ids), by_text))
		return;
	if (is_known(c, link->path, link->anchor))
		return;
	if (link->anchor.n)
		said = arena_printf(&f->arena, "%.*s#%.*s", STR_ARG(said),
				    STR_ARG(link->anchor));
	found = note(f, LINK, said);
	if (str_present(found->path))
		return;
	found->path = arena_str(&c->arena, link->path);
	found->anchor = arena_str(&c->arena, link->anchor);
}

static void add_use(struct pagecheck *c, struct str fragment, struct str sheet)
{
	GROW(c->uses, c->uses_n, c->uses_cap);
	c->uses[c->uses_n++] = (struct use){ arena_str(&c->arena, fragment),
					     arena_str(&c->arena, sheet) };
}

static void note_links(struct file *f)
{
	for (size_t i = 0; i < f->scan.links_n; i++) {
		const struct page_link *asked = &f->scan.links[i];
		const struct link *link = &f->links[i];

		if (link->kind == LINK_HOST && asked->loads)
			note(f, THIRD_PARTY, asked->href);
		if (link->kind != LINK_SITE)
			continue;
		if (f->fragment && link->relative)
			note(f, RELATIVE, asked->href);
		else
			note_link(f, link);
		if (f->fragment && asked->style)
			add_use(f->check, f->path, link->path);
	}
}

static void note_ids(struct file *f)
{
	const struct page_scan *s = &f->scan;

	for (size_t i = 0; i < s->ids_n; i++) {
		seen_add(&f->check->known, f->path, s->ids[i], 1);
		if (i && str_eq(s->ids[i - 1], s->ids[i]))
			note(f, ID_TWICE, s->ids[i]);
	}
}

static int note_file(struct file *f, struct diags *diags)
{
	struct pagecheck *c = f->check;

	if (seen_add(&c->known, f->path, STR(""), 1)) {
		diag_add(diags, DIAG_DUPLICATE_PATH, NO_PLACE,
			 "two things would be published as '%.*s'", STR_ARG(f->path));
		diag_hint(diags, "one of them is in content/: rename it");
		return -1;
	}
	c->files++;
	note_ids(f);
	note_links(f);
	if (str_ends(f->path, STR(".css")))
		note(f, SHEET, f->path)->size = f->size;
	else if (f->fragment)
		note(f, FRAGMENT, f->path)->size = f->size;
	else if (f->size > PAGE_BUDGET)
		note(f, PAGE_HEAVY, f->path)->size = f->size;
	return 0;
}

int pagecheck_put(struct pagecheck *c, struct str path, struct str bytes,
		  struct diags *diags)
{
	struct file f = { .check = c, .arena = ARENA_INIT, .path = path,
			  .fragment = str_ends(path, STR("/fragment.html")) };
	int status;

	read_file(&f, bytes);
	pthread_mutex_lock(&c->mutex);
	status = note_file(&f, diags);
	pthread_mutex_unlock(&c->mutex);
	page_scan_release(&f.scan);
	arena_release(&f.arena);
	return status;
}

/* --- All of them --- */

static bool is_mistake(const struct pagecheck *c, const struct finding *f)
{
	switch (f->kind) {
	case LINK:
		return !is_known(c, f->path, f->anchor);
	case FRAGMENT:
		return f->size > FRAGMENT_BUDGET;
	case SHEET:
		return false;
	default:
		return true;
	}
}

static bool is_folder(struct pagecheck *c, const struct finding *f)
{
	return f->kind == LINK &&
	       is_known(c, arena_printf(&c->arena, "%.*s/index.html", STR_ARG(f->path)),
			f->anchor);
}

static bool is_heavier(const struct finding *a, const struct finding *b)
{
	return a->size != b->size ? a->size > b->size : str_cmp(a->page, b->page) < 0;
}

/* Of those that are too heavy one is said, and how many there are. */
static void keep_heaviest(struct pagecheck *c, enum kind kind)
{
	struct finding *heaviest = NULL;
	size_t n = 0, count = 0;

	for (size_t i = 0; i < c->n; i++) {
		struct finding *f = &c->findings[i];

		if (f->kind == kind && ++count && heaviest) {
			if (is_heavier(f, heaviest))
				*heaviest = *f;
			continue;
		}
		c->findings[n] = *f;
		if (f->kind == kind)
			heaviest = &c->findings[n];
		n++;
	}
	c->n = n;
	if (heaviest)
		heaviest->pages = count;
}

/* Adds the fragments' stylesheets, leaves out what isn't wrong after all. */
static void settle(struct pagecheck *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->uses_n; i++) {
		const struct finding *sheet = find(c, SHEET, c->uses[i].sheet);

		if (sheet)
			find(c, FRAGMENT, c->uses[i].fragment)->size += sheet->size;
	}
	for (size_t i = 0; i < c->n; i++)
		if (is_mistake(c, &c->findings[i])) {
			c->findings[n] = c->findings[i];
			c->findings[n].folder = is_folder(c, &c->findings[n]);
			n++;
		}
	c->n = n;
	keep_heaviest(c, PAGE_HEAVY);
	keep_heaviest(c, FRAGMENT);
}

static int by_page(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int c = str_cmp(x->page, y->page);

	if (!c)
		c = (x->kind > y->kind) - (x->kind < y->kind);
	return c ? c : str_cmp(x->subject, y->subject);
}

/* Rounded up: what is over a budget reads as more than it. */
static size_t kilobytes(size_t bytes)
{
	return (bytes + 999) / 1000;
}

/* long: a sentence for each kind */
static void say(const struct finding *f, struct place where, struct diags *diags)
{
	bool heavy = f->kind == PAGE_HEAVY || f->kind == FRAGMENT;
	char pages[48] = "";

	if (f->pages > 1)
		snprintf(pages, sizeof(pages), !heavy ? ", on %zu pages" :
			 f->pages == 2 ? "; so has %zu other" : "; so have %zu others",
			 f->pages - heavy);
	switch (f->kind) {
	case LINK:
		if (f->anchor.n && !f->folder) {
			diag_add(diags, DIAG_ANCHOR_MISSING, where,
				 "the link to '%.*s' leads to a page without that id%s",
				 STR_ARG(f->subject), pages);
			break;
		}
		diag_add(diags, DIAG_LINK_BROKEN, where, "the link to '%.*s' leads nowhere%s",
			 STR_ARG(f->subject), pages);
		if (f->folder)
			diag_hint(diags, "pages are folders: it needs a '/' behind the name");
		break;
	case RELATIVE:
		diag_add(diags, DIAG_LINK_BROKEN, where,
			 "a fragment's link to '%.*s' leads into the page that includes it%s",
			 STR_ARG(f->subject), pages);
		diag_hint(diags, "begin it with {{root}}");
		break;
	case ID_TWICE:
		diag_add(diags, DIAG_ID_TWICE, where, "the id '%.*s' stands twice%s",
			 STR_ARG(f->subject), pages);
		break;
	case THIRD_PARTY:
		diag_add(diags, DIAG_THIRD_PARTY, where, "'%.*s' is asked of another host%s",
			 STR_ARG(f->subject), pages);
		diag_hint(diags, "put a copy into the theme's assets/ or into content/");
		break;
	case PAGE_HEAVY:
		diag_add(diags, DIAG_PAGE_HEAVY, where,
			 "the page has %zu kB compressed, more than %d kB%s",
			 kilobytes(f->size), PAGE_BUDGET / 1000, pages);
		break;
	case FRAGMENT:
		diag_add(diags, DIAG_FRAGMENT_HEAVY, where,
			 "with its stylesheets the fragment has %zu kB compressed, more than %d kB%s",
			 kilobytes(f->size), FRAGMENT_BUDGET / 1000, pages);
		diag_hint(diags, "a smaller 'limit' in the rules makes it lighter");
		break;
	case SHEET:
		break;
	}
}

/* Where the whole word stands in the text, or s.n. */
static size_t find_word(struct str s, struct str word)
{
	static const char before[] = "\"'(<=/} #\n", behind[] = "\"')> #?\n";

	for (size_t at = 0; at < s.n; at++) {
		size_t end;

		at += str_find(str_slice(s, at, s.n), word);
		end = at + word.n;
		if (at < s.n && at && strchr(before, s.p[at - 1]) &&
		    (end == s.n || strchr(behind, s.p[end])))
			return at;
	}
	return s.n;
}

/* An address stands there in full, or from one of its parts on. */
static bool say_in_text(const struct finding *f, const struct source *s,
			struct diags *diags)
{
	struct str word = f->subject;

	while (word.n) {
		size_t at = find_word(source_text(s), word);

		if (at < s->text.n) {
			say(f, place_in(s, at, word.n), diags);
			return true;
		}
		word = str_slice(word, str_index(word, '/') + 1, word.n);
	}
	return false;
}

/* Says it where it comes from, if that can be told. */
static bool say_in(const struct finding *f, const struct page_source *source,
		   struct diags *diags)
{
	struct diags quiet = DIAGS_INIT;
	struct source s;
	bool said;

	if (str_present(source->path) && !str_eq(source->path, f->page))
		return false;
	if (source_load(&s, source->file, &quiet) < 0) {
		diags_release(&quiet);
		return false;
	}
	said = say_in_text(f, &s, diags);
	source_release(&s);
	return said;
}

void pagecheck_report(struct pagecheck *c, const char *output,
		      const struct page_source *sources, size_t n, struct diags *diags)
{
	settle(c);
	if (c->n)
		qsort(c->findings, c->n, sizeof(*c->findings), by_page);
	for (size_t i = 0; i < c->n; i++) {
		const struct finding *f = &c->findings[i];
		bool said = false;
		char *file;

		/* What is on many pages is rather in a source of many. */
		for (size_t k = 0; !said && k < n; k++)
			said = say_in(f, &sources[f->pages > 1 ? n - 1 - k : k], diags);
		if (said)
			continue;
		file = arena_strz(&c->arena, arena_printf(&c->arena, "%s/%.*s", output,
							  STR_ARG(f->page)));
		say(f, place_file(file), diags);
	}
}
