/* What a preview answers: the site's files, those of a shop around them, and what its own
 * script asks for. */
#include "preview-site.h"

#include "base/mem.h"
#include "preview/page.h"
#include "preview/state.h"
#include "render/paths.h"

#define PAGE_ADDRESS "/" PREVIEW_ROOT "page"

static const struct str shop_address = { "/" PREVIEW_SHOP, sizeof("/" PREVIEW_SHOP) - 1 };
static const struct live_file nothing = { .found = LIVE_NOTHING };

/* One request. */
struct asking {
	struct preview *p;
	const struct server_request *request;
	struct server_response *response;
	struct archive *archive; /* open, or NULL */
	bool looked;             /* whether it can be opened */
	struct live_file file;   /* what was asked for */
	bool shop;               /* it is the shop's */
	struct buf fragment;     /* the last one, owned */
	struct diags diags;      /* of the file */
};

/* --- What goes out --- */

/* When all has been made that can be, nothing is worth waiting for. */
static bool comes_later(const struct asking *k)
{
	return k->file.found == LIVE_LATER && !k->p->edition->done;
}

static void send_html(struct asking *k, struct str page, struct str mark)
{
	const struct page_extras extras = {
		.base = str_of(server_url(k->p->server)), .edition = str_of(k->p->name),
		.mark = mark, .waits = comes_later(k), .whole = k->shop,
	};

	/* The page brings its own policy. */
	k->response->policy = "";
	page_dress(&k->response->body, page, &extras);
}

/* A page instead of the one that was asked for. */
static void send_plain(struct asking *k, int status, const char *title, const char *text)
{
	struct buf page = BUF_INIT;

	k->response->status = status;
	page_plain(&page, title, text);
	send_html(k, buf_str(&page), STR_NONE);
	buf_release(&page);
}

static struct str until(struct arena *a, const char *what, int64_t t)
{
	char at[WHEN_RFC3339];

	if (t == WHEN_NONE)
		return arena_printf(a, "%s: not published", what);
	when_format(t, at);
	return arena_printf(a, "%s %.10s, %.5s UTC: not published", what, at, at + 11);
}

/* What stands over a page that nobody else sees. */
static struct str mark_of(struct asking *k)
{
	struct arena *a = k->request->arena;
	struct diags none = DIAGS_INIT;
	struct thread head = THREAD_INIT;
	const struct selection *s;

	if (k->file.state == LIVE_PUBLISHED)
		return STR_NONE;
	if (k->file.state == LIVE_DRAFT)
		return STR("Draft: not published");
	s = live_selection(k->p->edition->live);
	archive_thread_head(k->archive, k->file.thread->row, s->venues, s->venues_n, a, &head,
			    &none);
	diags_release(&none);
	return k->file.state == LIVE_EMBARGOED ? until(a, "Embargoed until", head.embargo)
					       : until(a, "Expired on", head.expires);
}

/* --- The site --- */

/* The file of a page's address. */
static struct str file_of(struct arena *a, struct str path)
{
	struct buf file = BUF_INIT;

	path_file(&file, str_slice(path, 1, path.n));
	return buf_to_arena(&file, a);
}

/* Once for a request: what is pointed to in an edition doesn't change under it. */
static void look(struct asking *k)
{
	if (!k->looked)
		k->archive = preview_archive(k->p);
	k->looked = true;
}

static void get(struct asking *k, struct str file, struct buf *out)
{
	look(k);
	preview_get(k->p, k->archive, file, out, &k->file, &k->diags);
}

/* As struct place_source has it. */
static int give_fragment(void *ctx, struct str slug, struct str *out, struct diags *diags)
{
	struct asking *k = ctx;
	const struct selection *s;
	struct live_file what;
	struct buf path = BUF_INIT;
	bool known = false;

	s = live_selection(k->p->edition->live);
	for (size_t i = 0; i < s->pages_n; i++)
		known = known || str_eq(s->pages[i].slug, slug);
	buf_reset(&k->fragment);
	fragment_path(&path, slug);
	preview_get(k->p, k->archive, buf_str(&path), &k->fragment, &what, diags);
	buf_release(&path);
	*out = buf_str(&k->fragment);
	return known;
}

static struct place_source source_of(struct asking *k)
{
	struct place_source from = { .fragment = give_fragment, .ctx = k };
	const struct selection *s;
	const char **slugs;

	s = live_selection(k->p->edition->live);
	slugs = arena_array(k->request->arena, const char *, s->pages_n);
	for (size_t i = 0; i < s->pages_n; i++)
		slugs[i] = arena_strz(k->request->arena, s->pages[i].slug);
	from.slugs = slugs;
	from.slugs_n = s->pages_n;
	return from;
}

/* --- The shop --- */

/* Whose conversations a page of the shop has first. */
static const struct choice *choice_of(const struct preview *p, const struct placed *placed)
{
	const struct selection *s;

	if (!placed->slugs_n)
		return NULL;
	s = live_selection(p->edition->live);
	for (size_t i = 0; i < s->pages_n; i++)
		if (str_eq(s->pages[i].slug, placed->slugs[0]))
			return &s->pages[i];
	return NULL;
}

/* The file of the shop, or "" for the list of its pages; false: there is no such. */
static bool get_from_shop(struct asking *k, struct str name, struct buf *out)
{
	struct placed placed = { 0 };
	struct place_source from;
	struct shop *shop;
	int status;

	look(k);
	shop = k->p->edition ? k->p->edition->shop : NULL;
	if (!shop)
		return false;
	from = source_of(k);
	if (!name.n)
		status = shop_index(shop, &from, out, &k->diags) + 1;
	else
		status = shop_get(shop, name, &from, k->request->arena, &placed, out,
				  &k->diags);
	k->file = (struct live_file){ .found = status > 0 ? LIVE_FILE : LIVE_NOTHING,
				      .choice = choice_of(k->p, &placed) };
	return status > 0;
}

/* Of its own pages a shop knows best what they may do. */
static void send_from_shop(struct asking *k, struct str name, struct buf *bytes)
{
	const char *type = name.n ? page_type(name) : page_type(STR("x.html"));

	k->shop = true;
	k->response->type = type;
	k->response->policy = "";
	if (!page_is_html(type)) {
		buf_addstr(&k->response->body, buf_str(bytes));
		return;
	}
	/* In whatever encoding it says itself. */
	if (name.n)
		k->response->type = "text/html";
	send_html(k, buf_str(bytes), STR_NONE);
}

static void go_to(struct asking *k, struct str path)
{
	k->response->status = 302;
	k->response->location = path;
}

/* Whether it is a folder with an index.html in it. */
static bool is_folder(struct asking *k, struct str name, bool shop)
{
	struct str index = arena_printf(k->request->arena, "%.*s/index.html", STR_ARG(name));
	struct buf none = BUF_INIT;

	if (shop)
		get_from_shop(k, index, &none);
	else
		get(k, index, &none);
	buf_release(&none);
	return k->file.found != LIVE_NOTHING;
}

static void answer_shop(struct asking *k, struct str name)
{
	struct arena *a = k->request->arena;
	struct buf bytes = BUF_INIT;
	bool folder = name.n && name.p[name.n - 1] == '/';

	if (folder)
		name = arena_printf(a, "%.*sindex.html", STR_ARG(name));
	if (get_from_shop(k, name, &bytes))
		send_from_shop(k, name, &bytes);
	else if (!folder && is_folder(k, name, true))
		go_to(k, arena_printf(a, "/" PREVIEW_SHOP "%.*s/", STR_ARG(name)));
	else if (k->p->edition && !k->p->edition->shop)
		send_plain(k, 404, "No product pages",
			   "Say where they are: candor preview --shop DIR, or product_pages "
			   "in candor.yaml.");
	else
		send_plain(k, 404, "No such page", "The folder of product pages has no such "
						   "file.");
	buf_release(&bytes);
}

/* --- Files of the site, else of the shop --- */

static void send_nothing(struct asking *k, struct str path)
{
	struct arena *a = k->request->arena;
	struct str name = str_slice(path, 1, path.n);
	struct buf bytes = BUF_INIT;

	if (!k->archive)
		send_plain(k, 503, "Nothing to show yet",
			   "There is a mistake; as soon as it is mended, this page comes.");
	else if (!str_ends(path, STR("/")) && is_folder(k, name, false))
		go_to(k, arena_printf(a, "%.*s/", STR_ARG(path)));
	else if (get_from_shop(k, file_of(a, path), &bytes))
		send_from_shop(k, file_of(a, path), &bytes);
	else
		send_plain(k, 404, "No such page", "The site has no page of this address.");
	buf_release(&bytes);
}

/* What holds something of all pages. */
static void send_late(struct asking *k)
{
	if (comes_later(k))
		send_plain(k, 503, "Still being made",
			   "This file holds something of all pages; it comes when they have "
			   "been made.");
	else
		send_plain(k, 503, "Not made",
			   "This file holds something of all pages, and one of them could not "
			   "be made.");
}

static void answer_file(struct asking *k)
{
	struct str path = k->request->path;
	struct str file = file_of(k->request->arena, path);
	const char *type = page_type(file);
	struct buf bytes = BUF_INIT;

	get(k, file, &bytes);
	if (k->file.found == LIVE_LATER) {
		send_late(k);
	} else if (k->file.found == LIVE_NOTHING) {
		send_nothing(k, path);
	} else {
		k->response->type = type;
		if (page_is_html(type))
			send_html(k, buf_str(&bytes), mark_of(k));
		else
			buf_addstr(&k->response->body, buf_str(&bytes));
	}
	buf_release(&bytes);
}

/* --- The preview's own --- */

static void look_at_page(struct asking *k, struct str path)
{
	struct arena *a = k->request->arena;
	struct buf none = BUF_INIT;

	if (server_path_is_fine(path) && str_starts(path, shop_address))
		get_from_shop(k, path.n == shop_address.n
					 ? STR("")
					 : str_slice(file_of(a, path), shop_address.n - 1, SIZE_MAX),
			      &none);
	else if (server_path_is_fine(path))
		get(k, file_of(a, path), &none);
	buf_release(&none);
}

static void answer_state(struct asking *k)
{
	const struct preview *p = k->p;
	struct str path = server_field(k->request, "path");
	struct state state = { .path = path, .file = &k->file, .page = &k->diags };

	look_at_page(k, path);
	state.edition = str_of(p->name);
	state.done = p->edition && p->edition->done;
	state.failed = p->wrong.n > 0;
	state.wrong = state.failed || !p->edition ? &p->wrong : &p->edition->found;
	state.live = p->edition ? p->edition->live : NULL;
	state.rules = p->edition ? p->edition->rules : NULL;
	state.archive = k->archive;
	state.shop = p->edition && p->edition->shop;
	k->response->type = "application/json";
	state_json(&k->response->body, &state, k->request->arena);
}

static void answer(struct asking *k);

/* What is at another address, for the script in its page. */
static void answer_page(struct asking *k)
{
	const struct server_request *outer = k->request;
	struct server_request request = *outer;

	request.path = server_field(k->request, "path");
	if (!server_path_is_fine(request.path) || str_is(request.path, PAGE_ADDRESS)) {
		k->response->status = 404;
		return;
	}
	k->request = &request;
	answer(k);
	k->request = outer;
}

/* As it is typed. */
static void answer_shop_folder(struct asking *k)
{
	go_to(k, STR("/" PREVIEW_SHOP));
}

static void answer_events(struct asking *k)
{
	k->response->events = true;
}

static void answer_script(struct asking *k)
{
	k->response->type = page_type(STR("preview.js"));
	buf_add(&k->response->body, preview_js, preview_js_n);
}

static void answer_style(struct asking *k)
{
	k->response->type = page_type(STR("preview.css"));
	buf_add(&k->response->body, preview_css, preview_css_n);
}

static const struct route {
	const char *path;
	void (*answer)(struct asking *k);
} routes[] = {
	{ "/" PREVIEW_ROOT "events", answer_events },
	{ "/" PREVIEW_ROOT "state", answer_state },
	{ PAGE_ADDRESS, answer_page },
	{ "/" PREVIEW_ROOT "shop", answer_shop_folder },
	{ "/" PREVIEW_ROOT "preview.js", answer_script },
	{ "/" PREVIEW_ROOT "preview.css", answer_style },
};

static void answer(struct asking *k)
{
	struct str path = k->request->path;

	for (size_t i = 0; i < ARRAY_LEN(routes); i++)
		if (str_is(path, routes[i].path)) {
			routes[i].answer(k);
			return;
		}
	if (str_starts(path, shop_address))
		answer_shop(k, str_slice(path, shop_address.n, path.n));
	else
		answer_file(k);
}

void preview_answer(void *preview, const struct server_request *request,
		    struct server_response *response)
{
	struct asking k = { .p = preview, .request = request, .response = response,
			    .file = nothing, .fragment = BUF_INIT };

	answer(&k);
	archive_close(k.archive);
	if (k.p->edition)
		preview_note(k.p, &k.diags);
	buf_release(&k.fragment);
	diags_release(&k.diags);
}
