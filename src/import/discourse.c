/*
 * Discourse: a topic is a thread.  Topics and posts may lie in any order in any number
 * of files: topics with their posts (/t/ID.json), further posts of them
 * (/t/ID/posts.json), posts alone (/posts/ID.json, /posts.json).
 *
 * This file brings the pieces of topics together; discourse-thread.c makes threads of them.
 */
#include "discourse-impl.h"

#include "base/json-keys.h"
#include "import/jsonfiles.h"

/* --- Reading: records put aside by topic --- */

/* The forum's address is what its links to its own topics have before "/t/": taken when
 * all of them agree. */
static void note_link(struct discourse *d, struct str url)
{
	size_t at = str_find(url, STR("://")), path = str_find(url, STR("/t/"));
	struct str host = str_slice(url, at + 3, path);

	if (at == url.n || path == url.n || path < at + 3)
		return;
	if (!str_present(d->host))
		d->host = arena_printf(&d->arena, "https://%.*s", STR_ARG(host));
	else if (!str_eq(str_slice(d->host, strlen("https://"), d->host.n), host))
		d->hosts_differ = true;
}

static void note_links(struct discourse *d, const struct json *links)
{
	for (size_t i = 0; links && links->kind == JSON_LIST && i < links->u.list.n; i++) {
		const struct json *link = &links->u.list.items[i];
		const struct json *internal = json_get(link, "internal");
		const struct json *url = json_get(link, "url");

		if (internal && internal->kind == JSON_BOOL && internal->u.boolean && url &&
		    url->kind == JSON_STR)
			note_link(d, url->u.str);
	}
}

static void note_posts(struct discourse *d, const struct json *v)
{
	const struct json *posts = json_get(json_get(v, "post_stream"), "posts");

	note_links(d, json_get(v, "link_counts"));
	for (size_t i = 0; posts && posts->kind == JSON_LIST && i < posts->u.list.n; i++)
		note_links(d, json_get(&posts->u.list.items[i], "link_counts"));
}

static bool has_any(const struct json *v, const char *const *keys)
{
	while (*keys && !json_get(v, *keys))
		keys++;
	return *keys;
}

/* Lists whose items are given one by one; other answers of Discourse hold no posts. */
static const char *const lists[] = { "latest_posts", "posts", "topics", NULL };
static const char *const others[] = { "topic_list", "category_list", "categories", "users",
				      "private_posts",
				      "errors", NULL };

static int put_aside(struct discourse *d, const struct json_record *record,
		     enum discourse_piece kind, const char *key)
{
	const struct json_at at = { NULL, key, 0 };
	const struct json *id = json_get(record->value, key);
	struct json_reader r = { record->arena, record->bad, record->where, true };
	const struct gather_piece piece = { record->text, kind, record->where };

	if (!id || id->kind != JSON_INT)
		return id ? json_wrong(&r, &at, id, "a whole number") : json_missing(&r, &at);
	note_posts(d, record->value);
	return gather_add(&d->gather,
			  arena_printf(record->arena, "%lld", (long long)id->u.integer),
			  &piece, d->in->diags);
}

static int take_record(void *ctx, const struct json_record *record)
{
	struct discourse *d = ctx;
	const struct json *v = record->value;
	int status;

	if (json_get(v, "post_stream") || (json_get(v, "title") && json_get(v, "posts_count"))) {
		status = put_aside(d, record, DISCOURSE_TOPIC, "id");
	} else if (json_get(v, "post_number")) {
		status = put_aside(d, record, DISCOURSE_POST, "topic_id");
	} else if (has_any(v, others)) {
		import_skip(d->in, SKIP_OTHER);
		return 0;
	} else if (has_any(v, lists)) {
		return 0;
	} else {
		diag_add(record->bad, DIAG_UNKNOWN_FORMAT, record->where,
			 "neither a topic nor a post of Discourse");
		diag_hint(record->bad, "a topic has the key 'post_stream', a post 'post_number'");
		return 0;
	}
	return record->bad->n ? 0 : status;
}

static bool has_vanished(void *ctx, struct str id)
{
	return seen_get(ctx, id, STR_NONE);
}

/* --- The run --- */

static int find_venue(struct discourse *d)
{
	struct venue guess = { .url = d->hosts_differ ? STR_NONE : d->host,
			       .kind = STR("forum") };

	if (import_venue(d->in, &guess, &d->arena, &d->venue) < 0)
		return -1;
	d->url = d->venue.url;
	while (str_ends(d->url, STR("/")))
		d->url.n--;
	return 0;
}

static int put_threads(struct discourse *d)
{
	if (!d->gather.items_n)
		return 0;
	if (find_venue(d) < 0 ||
	    gather_each(&d->gather, discourse_thread, d, d->in->diags) < 0)
		return -1;
	return d->vanished.n ? import_mark_gone(d->in, d->venue.row, has_vanished,
						&d->vanished)
			     : 0;
}

static int read_discourse(struct import *in, char **paths, size_t n)
{
	struct discourse d = { .in = in, .gather = GATHER_INIT, .arena = ARENA_INIT,
			       .vanished = SEEN_INIT };
	int status = jsonfiles_read(in, paths, n, lists, take_record, &d);

	if (status == 0)
		status = put_threads(&d);
	gather_release(&d.gather);
	arena_release(&d.arena);
	seen_release(&d.vanished);
	return status;
}

static int sniff(const char *path, struct str head)
{
	size_t at = str_find(head, STR("\"post_stream\""));

	(void)path;
	if (at < head.n || str_find(head, STR("\"latest_posts\"")) < head.n)
		return 95;
	return str_find(head, STR("\"post_number\"")) < head.n &&
	       str_find(head, STR("\"topic_id\"")) < head.n ? 90 : 0;
}

const struct importer importer_discourse = {
	.name = "discourse",
	.reads = "topics and posts in Discourse's JSON",
	.endings = ".json .jsonl .ndjson",
	.sniff = sniff,
	.read = read_discourse,
};
