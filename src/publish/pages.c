/* Pages from templates to files.  What is on them is the phases'. */
#include "publish/site.h"

#include "base/mem.h"
#include "render/paths.h"

static struct value page_value(struct worker *w, const struct page_meta *meta)
{
	struct arena *a = &w->arena;
	struct value v = value_object(a, 9);
	struct str url = w->site->in->config->url;

	value_set(a, &v, "title", view_line(a, meta->title));
	value_set(a, &v, "description", value_text(meta->description));
	value_set(a, &v, "published", value_text(meta->published));
	value_set(a, &v, "path", value_text(meta->path));
	value_set(a, &v, "canonical",
		  value_text(arena_printf(a, "%.*s%.*s", STR_ARG(url), STR_ARG(meta->path))));
	value_set(a, &v, "feed_path", value_text(meta->feed_path));
	value_set(a, &v, "noindex", value_bool(meta->noindex));
	value_set(a, &v, "search", value_bool(meta->search));
	value_set(a, &v, "home", value_bool(meta->path.n == 0));
	value_set(a, &v, "json_ld",
		  str_present(meta->json_ld) ? value_html(meta->json_ld) : value_none());
	return v;
}

/* How the page's links begin: "./", "../", "../../". */
static struct str root_of(struct arena *a, struct str path)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] == '/')
			buf_adds(&b, "../");
	if (!b.n)
		buf_addlit(&b, "./");
	return buf_to_arena(&b, a);
}

int site_put(const struct site *site, struct str path, struct str bytes,
	     struct diags *diags)
{
	return site->sink.put(site->sink.ctx, path, bytes, diags);
}

bool site_wants(const struct site *site, struct str path)
{
	return !site->sink.wants || site->sink.wants(site->sink.ctx, path);
}

int page_put(struct worker *w, struct str path, struct str bytes, struct diags *diags)
{
	return site_put(w->site, path, bytes, diags);
}

/* A missing key is the template's mistake: reported, and the build goes on to find
 * the others.  What fails is the build as a whole. */
static void render(struct worker *w, const struct template *t, const struct value *scope,
		   struct buf *out, struct diags *diags)
{
	const struct value *scopes[] = { &w->site->model, scope };

	buf_reset(out);
	template_render(t, scopes, ARRAY_LEN(scopes), out, diags);
}

/* body into the layout, and out. */
static int write_in_layout(struct worker *w, const struct page_meta *meta,
			   struct value *scope, struct diags *diags)
{
	struct buf file = BUF_INIT;
	int status;

	*value_member(scope, "content") = value_html(buf_str(&w->body));
	render(w, w->site->theme.page[THEME_LAYOUT], scope, &w->page, diags);
	path_file(&file, meta->path);
	status = page_put(w, buf_str(&file), buf_str(&w->page), diags);
	buf_release(&file);
	return status;
}

static void page_scope(struct worker *w, const struct page_meta *meta, struct value *scope)
{
	const struct value *menu = menu_for(w->site, meta->path);

	if (menu)
		value_set(&w->arena, scope, "menu", *menu);
	value_set(&w->arena, scope, "root", value_text(root_of(&w->arena, meta->path)));
	value_set(&w->arena, scope, "page", page_value(w, meta));
	value_set(&w->arena, scope, "content", value_none());
}

int page_write(struct worker *w, enum theme_page kind, const struct page_meta *meta,
	       struct value *scope, struct diags *diags)
{
	if (!site_wants(w->site, meta->path))
		return 0;
	page_scope(w, meta, scope);
	render(w, w->site->theme.page[kind], scope, &w->body, diags);
	return write_in_layout(w, meta, scope, diags);
}

int page_write_content(struct worker *w, const struct template *body,
		       const struct page_meta *meta, struct value *scope,
		       struct diags *diags)
{
	if (!site_wants(w->site, meta->path))
		return 0;
	page_scope(w, meta, scope);
	render(w, body, scope, &w->page, diags);
	*value_member(scope, "content") =
		value_html(arena_str(&w->arena, buf_str(&w->page)));
	render(w, w->site->theme.page[THEME_PAGE], scope, &w->body, diags);
	return write_in_layout(w, meta, scope, diags);
}

static int unspool(struct worker *w, uint32_t thread, struct value *out,
		   struct diags *diags)
{
	struct spool_ref ref = w->site->spooled[thread];
	size_t from = w->packed.n;

	invariant(ref.n > 0);
	if (spool_read(&w->site->workers[ref.worker].spool, ref, &w->packed, diags) < 0)
		return -1;
	*out = view_unpack(&w->arena, w->site->view.language,
			   str_slice(buf_str(&w->packed), from, w->packed.n));
	return 0;
}

int page_threads(struct worker *w, const uint32_t *threads, size_t n, struct value *out,
		 struct diags *diags)
{
	const struct site *site = w->site;
	size_t total = 0;

	*out = value_list(&w->arena, n);
	for (size_t i = 0; i < n; i++)
		total += site->spooled[threads[i]].n;
	/* All room at once: the values point into it. */
	buf_reset(&w->packed);
	buf_room(&w->packed, total);
	for (size_t i = 0; i < n; i++) {
		struct value *thread = &out->u.list.items[i];
		int status = site->early[threads[i]]
				     ? unspool(w, threads[i], thread, diags)
				     : thread_render(w, threads[i], thread, diags);

		if (status < 0)
			return -1;
	}
	return 0;
}

int page_head(struct worker *w, uint32_t thread, struct value *out, struct diags *diags)
{
	const struct selection *s = &w->site->selection;
	const struct chosen_thread *chosen = &s->threads[thread];
	struct thread t;

	if (archive_thread_post(w->archive, chosen->row, chosen->wrong_post, s->venues,
				s->venues_n, &w->arena, &t, diags) < 0)
		return -1;
	*out = view_thread_head(&w->arena, &w->site->view, &t, chosen, diags);
	return 0;
}
