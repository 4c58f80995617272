/* Structured data for search engines.  Which threads get it is the build's: a
 * copy of another site's thread is not ours to announce. */
#include "render/jsonld.h"

#include "base/json.h"
#include "base/mem.h"

struct jsonld {
	struct jsonw w;
	struct str page; /* the thread's address */
};

static struct str text_of(const struct value *object, const char *key)
{
	const struct value *v = value_get(object, str_of(key));

	return v && v->kind == VALUE_TEXT ? v->u.text : STR_NONE;
}

static bool yes(const struct value *object, const char *key)
{
	const struct value *v = value_get(object, str_of(key));

	return v && v->kind == VALUE_BOOL && v->u.yes;
}

static void key_author(struct jsonw *w, const struct value *author)
{
	bool deleted = yes(author, "deleted");

	jsonw_key(w, "author");
	jsonw_object(w);
	jsonw_key_str(w, "@type", STR("Person"));
	jsonw_key_str(w, "name", deleted ? STR("[deleted]") : text_of(author, "name"));
	jsonw_key_str(w, "url", text_of(author, "url"));
	jsonw_object_end(w);
}

/* What the posting and its comments have in common. */
static void post_keys(struct jsonw *w, const struct value *post)
{
	key_author(w, value_get(post, STR("author")));
	jsonw_key_str(w, "datePublished",
		      text_of(value_get(post, STR("created")), "time"));
	jsonw_key_str(w, "dateModified", text_of(value_get(post, STR("edited")), "time"));
	jsonw_key_str(w, "text", text_of(post, "text"));
}

static void comment(struct jsonld *j, const struct value *post)
{
	struct buf url = BUF_INIT;

	buf_addstr(&url, j->page);
	buf_addc(&url, '#');
	buf_addstr(&url, text_of(post, "anchor"));
	jsonw_object(&j->w);
	jsonw_key_str(&j->w, "@type", STR("Comment"));
	jsonw_key_str(&j->w, "url", buf_str(&url));
	post_keys(&j->w, post);
	jsonw_object_end(&j->w);
	buf_release(&url);
}

static void posting(struct jsonld *j, const struct value *thread,
		    const struct value *posts)
{
	jsonw_object(&j->w);
	jsonw_key_str(&j->w, "@context", STR("https://schema.org"));
	jsonw_key_str(&j->w, "@type", STR("DiscussionForumPosting"));
	jsonw_key_str(&j->w, "url", j->page);
	jsonw_key_str(&j->w, "headline", text_of(thread, "title"));
	post_keys(&j->w, &posts->u.list.items[0]);
	jsonw_key(&j->w, "comment");
	jsonw_list(&j->w);
	for (size_t i = 1; i < posts->u.list.n; i++)
		comment(j, &posts->u.list.items[i]);
	jsonw_list_end(&j->w);
	jsonw_object_end(&j->w);
}

/* In JSON these stand in strings alone, where \u is as good. */
static void add_escaped(struct buf *out, struct str json)
{
	static const struct {
		struct str plain;
		const char *escaped;
	} rows[] = {
		{ { "<", 1 }, "\\u003c" }, { { ">", 1 }, "\\u003e" },
		{ { "&", 1 }, "\\u0026" }, { { "\xe2\x80\xa8", 3 }, "\\u2028" },
		{ { "\xe2\x80\xa9", 3 }, "\\u2029" },
	};
	static const bool stop[256] = {
		['<'] = true, ['>'] = true, ['&'] = true, [0xe2] = true,
	};

	while (json.n) {
		size_t n = str_until(json, stop), i = 0;

		buf_add(out, json.p, n);
		json = str_slice(json, n, json.n);
		while (i < ARRAY_LEN(rows) && !str_starts(json, rows[i].plain))
			i++;
		if (i < ARRAY_LEN(rows))
			buf_adds(out, rows[i].escaped);
		else
			buf_addstr(out, str_slice(json, 0, 1));
		json = str_slice(json, i < ARRAY_LEN(rows) ? rows[i].plain.n : 1, json.n);
	}
}

void jsonld_thread(struct buf *out, struct str site_url, const struct value *thread)
{
	const struct value *posts = value_get(thread, STR("posts"));
	struct buf json = BUF_INIT, page = BUF_INIT;
	struct jsonld j;

	if (!posts->u.list.n || !yes(&posts->u.list.items[0], "first"))
		return;
	buf_addstr(&page, site_url);
	buf_addstr(&page, text_of(thread, "path"));
	j.page = buf_str(&page);
	jsonw_init(&j.w, &json);
	posting(&j, thread, posts);
	buf_addlit(out, "<script type=\"application/ld+json\">");
	add_escaped(out, buf_str(&json));
	buf_addlit(out, "</script>");
	buf_release(&page);
	buf_release(&json);
}
