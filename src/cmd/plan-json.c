/* A plan for programs: keys may be added, and mean the same for ever. */
#include "cmd/plan.h"

#include "base/json.h"
#include "base/utf8.h"
#include "base/when.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const against_names[] = {
	[AGAINST_PUBLISHED] = "published",
	[AGAINST_BUILT] = "built",
	[AGAINST_SOURCE] = "source",
	[AGAINST_ARCHIVE] = "archive",
};
static const char *const change_names[PLAN_CHANGES] = {
	[PLAN_ENTER] = "enter",
	[PLAN_LEAVE] = "leave",
	[PLAN_TURN] = "turn",
	[PLAN_MOVE] = "move",
};

/* A path is any bytes. */
static void key_text(struct jsonw *w, const char *key, struct str s)
{
	struct buf b = BUF_INIT;

	jsonw_key(w, key);
	if (str_present(s)) {
		utf8_add_repaired(&b, s);
		jsonw_str(w, buf_str(&b));
	} else {
		jsonw_null(w);
	}
	buf_release(&b);
}

static void counts(struct jsonw *w, size_t shown, size_t wrong, struct ratio required)
{
	char text[48];

	snprintf(text, sizeof(text), "%" PRId64 "/%" PRId64, required.num, required.den);
	jsonw_object(w);
	jsonw_key_int(w, "shown", (int64_t)shown);
	jsonw_key_int(w, "wrong", (int64_t)wrong);
	jsonw_key_str(w, "required", str_of(text));
	jsonw_object_end(w);
}

static void key_site(struct jsonw *w, const char *key, const struct record *r)
{
	jsonw_key(w, key);
	if (r)
		counts(w, r->shown, r->wrong, r->required);
	else
		jsonw_null(w);
}

static void key_page(struct jsonw *w, const char *key, const struct record_page *page)
{
	jsonw_key(w, key);
	if (plan_stands(page))
		counts(w, page->shown, page->wrong, page->required);
	else
		jsonw_null(w);
}

static void key_state(struct jsonw *w, const char *key, const struct record_thread *t)
{
	jsonw_key(w, key);
	if (!t) {
		jsonw_null(w);
		return;
	}
	jsonw_object(w);
	jsonw_key(w, "position");
	if (t->position)
		jsonw_int(w, t->position);
	else
		jsonw_null(w);
	jsonw_key_bool(w, "wrong", t->wrong);
	jsonw_key_str(w, "reason", str_of(reason_names[t->reason]));
	jsonw_object_end(w);
}

static void thread(struct jsonw *w, const struct plan_thread *t)
{
	const struct record_thread *of = plan_thread_of(t);

	jsonw_object(w);
	jsonw_key_str(w, "venue", of->venue);
	jsonw_key_str(w, "id", of->id);
	key_text(w, "title", t->title);
	key_state(w, "before", t->before);
	key_state(w, "after", t->after);
	key_text(w, "why", t->why);
	key_text(w, "rule", t->rule);
	jsonw_object_end(w);
}

static void page_object(struct jsonw *w, const struct plan_page *page)
{
	const struct record_page *of = plan_page_of(page);
	bool then = plan_stands(page->before), now = plan_stands(page->after);

	jsonw_object(w);
	jsonw_key_str(w, of->scenario ? "scenario" : "product", of->slug);
	jsonw_key_str(w, "change", then == now ? STR("changes")
				   : now       ? STR("enters")
					       : STR("leaves"));
	key_text(w, "why", then == now ? STR_NONE : str_of(plan_page_why(page)));
	key_page(w, "before", page->before);
	key_page(w, "after", page->after);
	for (int c = 0; c < PLAN_CHANGES; c++) {
		jsonw_key(w, change_names[c]);
		jsonw_list(w);
		for (size_t i = 0; i < page->lists[c].n; i++)
			thread(w, &page->lists[c].items[i]);
		jsonw_list_end(w);
	}
	jsonw_key_bool(w, "text", page->text);
	jsonw_object_end(w);
}

static void key_paths(struct jsonw *w, const char *key, const struct str *paths, size_t n)
{
	jsonw_key(w, key);
	jsonw_list(w);
	for (size_t i = 0; i < n; i++)
		jsonw_str(w, paths[i]);
	jsonw_list_end(w);
}

static void key_files(struct jsonw *w, const struct plan_files *f)
{
	jsonw_key(w, "files");
	if (f->unknown) {
		jsonw_null(w);
		return;
	}
	jsonw_object(w);
	key_paths(w, "new", f->fresh, f->fresh_n);
	key_paths(w, "changed", f->changed, f->changed_n);
	jsonw_key_int(w, "same", (int64_t)f->same);
	jsonw_key_int(w, "removed", (int64_t)f->removed);
	jsonw_object_end(w);
}

static void key_against(struct jsonw *w, const struct plan *p)
{
	jsonw_key(w, "against");
	jsonw_object(w);
	jsonw_key_str(w, "kind", str_of(against_names[p->against]));
	key_text(w, "path", p->path);
	jsonw_object_end(w);
}

void plan_json(struct buf *out, const struct plan *p)
{
	char day[WHEN_DATE];
	struct jsonw w;

	when_format_date(p->after->day * WHEN_DAY, day);
	jsonw_init(&w, out);
	jsonw_object(&w);
	jsonw_key_str(&w, "as_of", str_of(day));
	key_against(&w, p);
	jsonw_key_bool(&w, "changes", !plan_empty(p));
	jsonw_key_bool(&w, "fails", p->fails != 0);
	jsonw_key(&w, "site");
	jsonw_object(&w);
	key_site(&w, "before", p->before);
	key_site(&w, "after", p->after);
	jsonw_object_end(&w);
	jsonw_key(&w, "pages");
	jsonw_list(&w);
	for (size_t i = 0; i < p->pages_n; i++)
		if (plan_page_changes(&p->pages[i]))
			page_object(&w, &p->pages[i]);
	jsonw_list_end(&w);
	key_files(&w, &p->files);
	jsonw_object_end(&w);
	buf_addc(out, '\n');
}
