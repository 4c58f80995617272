/*
 * GitHub: issues, discussions and, under --pulls, pull requests are threads.  A
 * repository is a venue.  Records may be on top of files, in lists, or inside of the
 * answers of the GraphQL API; comments may be in their issue or far from it.
 *
 * This file finds the records and brings together what belongs to one thread;
 * github-thread.c makes threads of them.
 */
#include "github-impl.h"

#include "base/mem.h"
#include "import/github-keys.h"
#include "import/jsonfiles.h"

#include <stdlib.h>

/* --- What a record is --- */

static struct str text_of(const struct json *v, const char *key)
{
	v = json_get(v, key);
	return v && v->kind == JSON_STR ? v->u.str : STR_NONE;
}

/* Where the record, or the issue that it is a comment on, is on the web; false when it
 * doesn't say. */
static bool find_address(const struct json *v, struct github_address *out)
{
	static const char *const keys[] = { "html_url", "url", "issue_url" };

	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct str url = text_of(v, keys[i]);

		if (str_present(url) && github_address_parse(url, out) &&
		    github_address_is_thread(out))
			return true;
	}
	return false;
}

/* Milestones have a title and a number, too, and an address of their own kind. */
static bool is_thread(const struct json *v, bool has_address)
{
	const struct json *number = json_get(v, "number");

	if (!str_present(text_of(v, "title")))
		return false;
	return has_address || (number && number->kind == JSON_INT &&
			       !str_present(text_of(v, "url")) &&
			       !str_present(text_of(v, "html_url")));
}

static bool is_comment(const struct json *v, const struct github_address *a)
{
	if (json_get(v, "pull_request_url") || str_present(text_of(v, "title")))
		return false; /* on code */
	return str_present(a->comment) || json_get(v, "issue_url");
}

/* Repository, '#' and number; the repository is empty where nothing says it. */
static struct str key_of(struct github *g, const struct json *v,
			 const struct github_address *a, bool has_address)
{
	buf_reset(&g->scratch);
	if (has_address)
		buf_addf(&g->scratch, "%.*s://%.*s/%.*s/%.*s#%lld", STR_ARG(a->scheme),
			 STR_ARG(a->host), STR_ARG(a->owner), STR_ARG(a->name),
			 (long long)a->number);
	else
		buf_addf(&g->scratch, "#%lld",
			 (long long)json_get(v, "number")->u.integer);
	return buf_str(&g->scratch);
}

/* --- Records put aside --- */

static int put_aside(struct github *g, const struct json_record *record,
		     const struct json *v, enum github_piece kind, struct str key)
{
	struct gather_piece piece = { record->text, kind, record->where };
	struct buf text = BUF_INIT;
	struct jsonw w;
	int status;

	if (v != record->value) {
		jsonw_init(&w, &text);
		jsonw_value(&w, v);
		piece.text = buf_str(&text);
	}
	status = gather_add(&g->gather, key, &piece, g->in->diags);
	buf_release(&text);
	return status;
}

/* What holds records: a key of the answers of the APIs, and what pull requests lie under. */
static const struct holder {
	const char *key;
	bool pulls;
} holders[] = {
	{ "data", false }, { "repository", false }, { "search", false },
	{ "nodes", false }, { "edges", false }, { "node", false }, { "items", false },
	{ "issues", false }, { "issue", false },
	{ "discussions", false }, { "discussion", false },
	{ "pulls", true }, { "pullRequests", true }, { "pullRequest", true },
};

/* Records of GitHub that are no part of a conversation. */
static const char *const others[] = {
	"node_id", "event", "pull_request_url", "documentation_url", "errors", NULL
};

static const struct holder *find_holder(struct str key)
{
	for (size_t i = 0; i < ARRAY_LEN(holders); i++)
		if (str_is(key, holders[i].key))
			return &holders[i];
	return NULL;
}

static int not_github(const struct json_record *record)
{
	diag_add(record->bad, DIAG_UNKNOWN_FORMAT, record->where,
		 "no issue, discussion or comment of GitHub");
	diag_hint(record->bad, "an issue has a 'title' and a 'number', a comment an "
			       "'issue_url'");
	return 0;
}

static int take(struct github *g, const struct json_record *record, const struct json *v,
		bool pulls);

static int take_held(struct github *g, const struct json_record *record,
		     const struct json *v, bool pulls)
{
	bool event = json_get(v, "event"), held = false;
	int status = 0;

	for (size_t i = 0; status == 0 && i < v->u.object.n; i++) {
		const struct json_member *m = &v->u.object.members[i];
		const struct holder *holder = find_holder(m->key);

		if (!holder || event)
			continue;
		held = true;
		if (m->value.kind == JSON_LIST || m->value.kind == JSON_OBJECT)
			status = take(g, record, &m->value, pulls || holder->pulls);
	}
	if (held)
		return status;
	for (const char *const *key = others; *key; key++) {
		if (!json_get(v, *key))
			continue;
		import_skip(g->in, SKIP_OTHER);
		return 0;
	}
	return v == record->value ? not_github(record) : 0;
}

static int take(struct github *g, const struct json_record *record, const struct json *v,
		bool pulls)
{
	struct github_address address = { .number = NUMBER_NONE };
	enum github_piece kind = GITHUB_THREAD;
	bool has_address;
	int status = 0;

	if (v->kind == JSON_LIST) {
		for (size_t i = 0; status == 0 && i < v->u.list.n; i++)
			status = take(g, record, &v->u.list.items[i], pulls);
		return status;
	}
	if (v->kind != JSON_OBJECT) /* a null is what the API keeps to itself */
		return v == record->value ? not_github(record) : 0;
	has_address = find_address(v, &address);
	if (pulls || str_starts(address.kind, STR("pull")))
		kind = GITHUB_PULL;
	if (is_thread(v, has_address))
		return put_aside(g, record, v, kind,
				 key_of(g, v, &address, has_address));
	if (has_address && is_comment(v, &address))
		return put_aside(g, record, v, GITHUB_COMMENT,
				 key_of(g, v, &address, has_address));
	return take_held(g, record, v, pulls);
}

static int take_record(void *ctx, const struct json_record *record)
{
	const struct holder *holder = record->list ? find_holder(str_of(record->list)) : NULL;

	return take(ctx, record, record->value, holder && holder->pulls);
}

/* --- Venues --- */

static int add_venue(struct github *g, struct str repository, struct venue *out)
{
	struct github_address a;
	struct venue guess = { .kind = STR("tracker") };

	if (github_address_parse(repository, &a)) {
		guess.url = arena_str(&g->arena, repository);
		guess.name = arena_printf(&g->arena, "%.*s/%.*s", STR_ARG(a.owner),
					  STR_ARG(a.name));
		buf_reset(&g->scratch);
		buf_addslug(&g->scratch, guess.name, 64);
		if (g->scratch.n)
			guess.slug = arena_str(&g->arena, buf_str(&g->scratch));
	}
	return import_venue(g->in, &guess, &g->arena, out);
}

/* What names one venue can't name several. */
static int several(struct github *g, struct str repository)
{
	const struct import_options *o = g->in->options;

	if (!g->venues_n || (!o->venue && !o->url && !o->name))
		return 0;
	diag_add(g->in->diags, DIAG_USAGE, NO_PLACE,
		 "'%s' names one venue, and the export holds several repositories",
		 o->venue ? "--venue" : o->url ? "--url" : "--name");
	diag_hint(g->in->diags, "the second one is '%.*s'; import one after the other, or "
				"leave the option out", STR_ARG(repository));
	return -1;
}

int github_venue(struct github *g, struct str repository, const struct venue **out)
{
	uint64_t known = seen_add(&g->repositories, repository, STR_NONE, g->venues_n + 1);
	struct venue venue;

	if (!known) {
		if (several(g, repository) < 0 || add_venue(g, repository, &venue) < 0)
			return -1;
		GROW(g->venues, g->venues_n, g->venues_cap);
		g->venues[g->venues_n++] = venue;
		known = g->venues_n;
	}
	*out = &g->venues[known - 1];
	return 0;
}

/* --- The run --- */

static int read_github(struct import *in, char **paths, size_t n)
{
	static const char *const lists[] = { "issues", "pulls", "pullRequests",
					     "discussions", "items", NULL };
	struct github g = { .in = in, .gather = GATHER_INIT, .arena = ARENA_INIT,
			    .repositories = SEEN_INIT, .scratch = BUF_INIT };
	int status = jsonfiles_read(in, paths, n, lists, take_record, &g);

	if (status == 0)
		status = gather_each(&g.gather, github_thread, &g, in->diags);
	gather_release(&g.gather);
	arena_release(&g.arena);
	free(g.venues);
	seen_release(&g.repositories);
	buf_release(&g.scratch);
	return status;
}

static int sniff(const char *path, struct str head)
{
	static const char *const keys[] = {
		"author_association", "authorAssociation", "issue_url", "repository_url",
		"chosenAt", "commentTotal", "upvoteCount", "isAnswered",
	};

	(void)path;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		char quoted[32];

		snprintf(quoted, sizeof(quoted), "\"%s\"", keys[i]);
		if (str_find(head, str_of(quoted)) < head.n)
			return 90;
	}
	return 0;
}

const struct importer importer_github = {
	.name = "github",
	.reads = "issues and discussions in GitHub's JSON",
	.endings = ".json .jsonl .ndjson",
	.sniff = sniff,
	.read = read_github,
};
