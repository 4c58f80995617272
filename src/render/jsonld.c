/* Structured data for search engines.  Which threads get it is the build's: a
 * copy of another site's thread is not ours to announce. */
#include "render/jsonld.h"

#include "base/json.h"
#include "base/mem.h"

#include <stdlib.h>

struct jsonld {
	struct jsonw w;
	struct str page; /* the thread's address */
};

static void key_author(struct jsonw *w, const struct value *author)
{
	bool deleted = value_yes(author, "deleted");

	jsonw_key(w, "author");
	jsonw_object(w);
	jsonw_key_str(w, "@type", STR("Person"));
	jsonw_key_str(w, "name", deleted ? STR("[deleted]") : value_str(author, "name"));
	jsonw_key_str(w, "url", value_str(author, "url"));
	jsonw_object_end(w);
}

/* What the posting and its comments have in common. */
static void post_keys(struct jsonw *w, const struct value *post)
{
	key_author(w, value_get(post, STR("author")));
	jsonw_key_str(w, "datePublished",
		      value_str(value_get(post, STR("created")), "time"));
	jsonw_key_str(w, "dateModified",
		      value_str(value_get(post, STR("edited")), "time"));
	jsonw_key_str(w, "inLanguage", value_str(post, "lang"));
	jsonw_key_str(w, "text", value_str(post, "text"));
}

/* --- the tree of answers --- */

/* What is answered deeper stands beside what it answers. */
enum { DEPTH_MAX = 16 };

/* A post among the thread's; 0 is the posting, and nobody's child. */
struct answer {
	const struct value *post;
	size_t child, last, next; /* first and last child, next one of its parent; or 0 */
	size_t under;             /* the post that answers to this one hang from */
	int depth;
};

static int by_anchor(const void *a, const void *b)
{
	const struct answer *x = *(const struct answer *const *)a;
	const struct answer *y = *(const struct answer *const *)b;

	return str_cmp(value_str(x->post, "anchor"), value_str(y->post, "anchor"));
}

/* The post that i answers, if it comes before it; else the posting. */
static size_t answered(const struct answer *all, size_t i, struct answer *const *sorted,
		       size_t n)
{
	const struct answer key = { .post = value_get(all[i].post, STR("reply_to")) };
	const struct answer *wanted = &key;
	struct answer *const *found = key.post && key.post->kind == VALUE_OBJECT
			? bsearch(&wanted, sorted, n, sizeof(*sorted), by_anchor) : NULL;

	return found && *found < &all[i] ? (size_t)(*found - all) : 0;
}

/* A post without a word, of a picture perhaps, is no comment to a search engine. */
static void hang(struct answer *all, size_t i, size_t parent)
{
	struct answer *above = &all[parent];

	all[i].under = parent;
	if (!value_str(all[i].post, "text").n)
		return;
	all[i].depth = above->depth + 1;
	if (all[i].depth < DEPTH_MAX)
		all[i].under = i;
	if (above->child)
		all[above->last].next = i;
	else
		above->child = i;
	above->last = i;
}

/* Owned. */
static struct answer *answers(const struct value *posts)
{
	size_t n = posts->u.list.n;
	struct answer *all = xcalloc(n, sizeof(*all));
	struct answer **sorted = xcalloc(n, sizeof(struct answer *));

	for (size_t i = 0; i < n; i++) {
		all[i].post = &posts->u.list.items[i];
		sorted[i] = &all[i];
	}
	qsort(sorted, n, sizeof(struct answer *), by_anchor);
	for (size_t i = 1; i < n; i++)
		hang(all, i, all[answered(all, i, sorted, n)].under);
	free(sorted);
	return all;
}

static void comments(struct jsonld *j, const struct answer *all, size_t parent)
{
	struct buf url = BUF_INIT;

	if (!all[parent].child)
		return;
	jsonw_key(&j->w, "comment");
	jsonw_list(&j->w);
	for (size_t i = all[parent].child; i; i = all[i].next) {
		buf_reset(&url);
		buf_addstr(&url, j->page);
		buf_addc(&url, '#');
		buf_addstr(&url, value_str(all[i].post, "anchor"));
		jsonw_object(&j->w);
		jsonw_key_str(&j->w, "@type", STR("Comment"));
		jsonw_key_str(&j->w, "url", buf_str(&url));
		post_keys(&j->w, all[i].post);
		comments(j, all, i);
		jsonw_object_end(&j->w);
	}
	jsonw_list_end(&j->w);
	buf_release(&url);
}

static void posting(struct jsonld *j, const struct value *thread, const struct value *posts)
{
	struct answer *all = answers(posts);

	jsonw_object(&j->w);
	jsonw_key_str(&j->w, "@context", STR("https://schema.org"));
	jsonw_key_str(&j->w, "@type", STR("DiscussionForumPosting"));
	jsonw_key_str(&j->w, "url", j->page);
	jsonw_key_str(&j->w, "headline", value_str(thread, "title"));
	post_keys(&j->w, all[0].post);
	comments(j, all, 0);
	jsonw_object_end(&j->w);
	free(all);
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

	if (!posts->u.list.n || !value_yes(&posts->u.list.items[0], "first") ||
	    !value_str(&posts->u.list.items[0], "text").n)
		return;
	buf_addstr(&page, site_url);
	buf_addstr(&page, value_str(thread, "path"));
	j.page = buf_str(&page);
	jsonw_init(&j.w, &json);
	posting(&j, thread, posts);
	buf_addlit(out, "<script type=\"application/ld+json\">");
	add_escaped(out, buf_str(&json));
	buf_addlit(out, "</script>");
	buf_release(&page);
	buf_release(&json);
}
