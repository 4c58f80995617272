/* Canonical lines.  The order of the calls is the order of the keys. */
#include "archive/jsonl.h"

#include "base/json.h"

static void key_text(struct jsonw *w, const char *key, struct str s)
{
	if (s.n)
		jsonw_key_str(w, key, s);
}

static void key_unless(struct jsonw *w, const char *key, int64_t v, int64_t none)
{
	if (v != none)
		jsonw_key_int(w, key, v);
}

static void key_true(struct jsonw *w, const char *key, bool v)
{
	if (v)
		jsonw_key_bool(w, key, true);
}

static void key_list(struct jsonw *w, const char *key, const struct str *items, size_t n)
{
	if (!n)
		return;
	jsonw_key(w, key);
	jsonw_list(w);
	for (size_t i = 0; i < n; i++)
		jsonw_str(w, items[i]);
	jsonw_list_end(w);
}

static void start(struct jsonw *w, struct buf *out, const char *type)
{
	jsonw_init(w, out);
	jsonw_object(w);
	jsonw_key_str(w, "type", str_of(type));
}

void jsonl_venue(struct buf *out, const struct venue *v)
{
	struct jsonw w;

	start(&w, out, "venue");
	jsonw_key_str(&w, "slug", v->slug);
	jsonw_key_str(&w, "name", v->name);
	jsonw_key_str(&w, "url", v->url);
	key_text(&w, "kind", v->kind);
	key_text(&w, "language", v->language);
	key_text(&w, "licence", v->licence);
	key_true(&w, "own", v->own);
	jsonw_object_end(&w);
}

void jsonl_product(struct buf *out, const struct product *p)
{
	struct jsonw w;

	start(&w, out, "product");
	jsonw_key_str(&w, "slug", p->slug);
	jsonw_key_str(&w, "name", p->name);
	jsonw_key_str(&w, "url", p->url);
	key_list(&w, "aliases", p->aliases, p->aliases_n);
	jsonw_object_end(&w);
}

static void add_author(struct jsonw *w, const struct author *author)
{
	jsonw_key(w, "author");
	jsonw_object(w);
	jsonw_key_str(w, "id", author->id);
	jsonw_key_str(w, "name", author->name);
	key_text(w, "url", author->url);
	key_true(w, "staff", author->staff);
	jsonw_object_end(w);
}

static void add_post(struct jsonw *w, const struct post *p, bool with_fetched)
{
	jsonw_object(w);
	jsonw_key_str(w, "id", p->id);
	key_text(w, "parent", p->parent);
	if (p->author)
		add_author(w, p->author);
	jsonw_key_time(w, "created", p->created);
	jsonw_key_time(w, "edited", p->edited);
	jsonw_key_str(w, "format", str_of(body_format_names[p->format]));
	key_text(w, "language", p->language);
	jsonw_key_str(w, "body", p->body);
	key_unless(w, "score", p->score, 0);
	key_text(w, "url", p->url);
	key_text(w, "licence", p->licence);
	key_text(w, "permission", p->permission);
	key_true(w, "gone", p->gone);
	key_true(w, "hidden", p->hidden);
	jsonw_key_time(w, "withdrawn", p->withdrawn);
	if (with_fetched)
		jsonw_key_time(w, "fetched", p->fetched);
	jsonw_object_end(w);
}

static void add_label(struct jsonw *w, const struct label *l)
{
	jsonw_object(w);
	jsonw_key_str(w, "name", l->name);
	key_text(w, "post", l->post);
	key_text(w, "quote", l->quote);
	jsonw_key_str(w, "by", l->by);
	jsonw_key_time(w, "at", l->at);
	key_text(w, "note", l->note);
	jsonw_object_end(w);
}

void jsonl_thread(struct buf *out, const struct thread *t, bool with_fetched)
{
	struct jsonw w;

	start(&w, out, "thread");
	jsonw_key_str(&w, "venue", t->venue->slug);
	jsonw_key_str(&w, "id", t->id);
	jsonw_key_str(&w, "url", t->url);
	jsonw_key_str(&w, "title", t->title);
	jsonw_key_time(&w, "created", t->created);
	jsonw_key_time(&w, "updated", t->updated);
	key_unless(&w, "score", t->score, 0);
	key_unless(&w, "views", t->views, NUMBER_NONE);
	key_text(&w, "solved_by", t->solved_by);
	key_true(&w, "gone", t->gone);
	key_true(&w, "hidden", t->hidden);
	jsonw_key_time(&w, "withdrawn", t->withdrawn);
	jsonw_key_time(&w, "embargo", t->embargo);
	jsonw_key_time(&w, "expires", t->expires);
	key_list(&w, "tags", t->tags, t->tags_n);
	key_list(&w, "products", t->products, t->products_n);
	jsonw_key(&w, "posts");
	jsonw_list(&w);
	for (size_t i = 0; i < t->posts_n; i++)
		add_post(&w, &t->posts[i], with_fetched);
	jsonw_list_end(&w);
	if (t->labels_n) {
		jsonw_key(&w, "labels");
		jsonw_list(&w);
		for (size_t i = 0; i < t->labels_n; i++)
			add_label(&w, &t->labels[i]);
		jsonw_list_end(&w);
	}
	jsonw_object_end(&w);
}
