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

static int64_t number_in(const struct json *v)
{
	v = json_get(v, "number");
	return v && v->kind == JSON_INT ? v->u.integer : NUMBER_NONE;
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
	if (!str_present(text_of(v, "title")))
		return false;
	return has_address || (number_in(v) != NUMBER_NONE &&
			       !str_present(text_of(v, "url")) &&
			       !str_present(text_of(v, "html_url")));
}

static bool is_comment(const struct json *v, const struct github_address *a)
{
	if (json_get(v, "pull_request_url") || str_present(text_of(v, "title")))
		return false; /* on code */
	return str_present(a->comment) || json_get(v, "issue_url");
}

/* Repository, '#' and number; the repository is empty where nothing says it.  A file of a
 * repository knows better than addresses that were true once. */
static struct str key_of(struct github *g, const struct json *v,
			 const struct github_address *a, bool has_address)
{
	int64_t number = has_address ? a->number : number_in(v);

	buf_reset(&g->scratch);
	if (str_present(g->repo) && number_in(v) != NUMBER_NONE)
		buf_addf(&g->scratch, "https://github.com/%.*s#%lld", STR_ARG(g->repo),
			 (long long)number_in(v));
	else if (has_address)
		buf_addf(&g->scratch, "%.*s://%.*s/%.*s/%.*s#%lld", STR_ARG(a->scheme),
			 STR_ARG(a->host), STR_ARG(a->owner), STR_ARG(a->name),
			 (long long)number);
	else
		buf_addf(&g->scratch, "#%lld", (long long)number);
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

/* "acme/kettle", which a file of a repository says before its lists; once for a file. */
static void note_repo(struct github *g, const struct json_record *record)
{
	struct diags ignored = DIAGS_INIT;
	struct json *head;
	struct str repo;

	if (record->list && record->path == g->path)
		return;
	g->path = record->list ? record->path : NULL; /* else a document ends */
	g->repo = STR_NONE;
	if (!record->list)
		return;
	buf_reset(&g->scratch);
	jsonstream_head(record->stream, &g->scratch);
	head = json_parse(record->arena, buf_str(&g->scratch), record->where, &ignored);
	diags_release(&ignored);
	repo = head ? text_of(head, "repo") : STR_NONE;
	if (str_index(repo, '/') < repo.n && str_index(repo, '#') == repo.n)
		g->repo = arena_str(&g->arena, repo);
}

static int take_record(void *ctx, const struct json_record *record)
{
	const struct holder *holder = record->list ? find_holder(str_of(record->list)) : NULL;

	note_repo(ctx, record);
	return take(ctx, record, record->value, holder && holder->pulls);
}

/* --- Venues --- */

/* As the option says, else as the export. */
static int add_venue(struct github *g, struct str repository, struct venue *out)
{
	struct str url = str_of(g->in->options->url);
	struct venue guess = { .kind = STR("tracker") };
	struct github_address a;

	if (github_address_parse(str_present(url) ? url : repository, &a)) {
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

/* Where one venue is named for all: whether this repository is it.  A venue that is none
 * of GitHub's repositories stands for the first. */
static bool is_venue(const struct github *g, const struct github_address *a,
		     const struct venue *venue)
{
	struct github_address own;

	if (!a->name.n)
		return true;
	if (!github_address_parse(venue->url, &own))
		return !g->repositories_n;
	return str_ieq(a->owner, own.owner) && str_ieq(a->name, own.name);
}

static int add_repository(struct github *g, struct str repository)
{
	const struct import_options *o = g->in->options;
	struct github_repository *new;
	struct github_address a = { .number = 0 };

	github_address_parse(repository, &a);
	GROW(g->repositories, g->repositories_n, g->repositories_cap);
	new = &g->repositories[g->repositories_n];
	*new = (struct github_repository){ 0 };
	if ((o->venue || o->url || o->name) && g->repositories_n)
		new->venue = g->repositories[0].venue;
	else if (add_venue(g, repository, &new->venue) < 0)
		return -1;
	if (!is_venue(g, &a, &new->venue))
		new->prefix = arena_printf(&g->arena, "%.*s/%.*s", STR_ARG(a.owner),
					   STR_ARG(a.name));
	g->repositories_n++;
	return 0;
}

int github_venue(struct github *g, struct str repository, const struct venue **venue,
		 struct str *prefix)
{
	uint64_t known = seen_add(&g->known, repository, STR_NONE, g->repositories_n + 1);

	if (!known) {
		if (add_repository(g, repository) < 0)
			return -1;
		known = g->repositories_n;
	}
	*venue = &g->repositories[known - 1].venue;
	*prefix = g->repositories[known - 1].prefix;
	return 0;
}

/* --- The run --- */

static int read_github(struct import *in, char **paths, size_t n)
{
	static const char *const lists[] = { "issues", "pulls", "pullRequests",
					     "discussions", "items", NULL };
	struct github g = { .in = in, .gather = GATHER_INIT, .arena = ARENA_INIT,
			    .known = SEEN_INIT, .scratch = BUF_INIT };
	int status = jsonfiles_read(in, paths, n, lists, take_record, &g);

	if (status == 0)
		status = gather_each(&g.gather, github_thread, &g, in->diags);
	gather_release(&g.gather);
	arena_release(&g.arena);
	free(g.repositories);
	seen_release(&g.known);
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
