/*
 * Jira: an issue is a thread, its description the first post, its comments the rest.
 * What records hold is jira-record.c's, what texts mean jirawiki.c's and adf.c's.
 *
 * Decided here:
 * - The id of the first post is "description"; comments have their own.
 * - An account of a server is known by its user name: that is what addresses of
 *   profiles, mentions and the people who fill a roster know.  The "key" beside it, which
 *   survives a new name, stands in when there is no other.
 * - Jira says that an issue was resolved, not by which words.  A resolution that helped
 *   (not "Won't Fix", "Duplicate" and their like) makes the last comment by
 *   another than the reporter up to then the solution; without such, the last one by
 *   anybody; without that, the first one since.  An issue without comments has none.
 * - renderedFields are passed over: they come and go with how an export was asked for,
 *   and every post would seem edited.
 */
#include "import/import.h"

#include "base/mem.h"
#include "import/adf.h"
#include "import/gather.h"
#include "import/jirawiki.h"
#include "import/jsonfiles.h"
#include "jira-record.h"
#include "render/html.h"

#include <stdlib.h>

enum { ISSUE, COMMENT }; /* kinds of pieces */

static const struct str first_id = { "description", sizeof("description") - 1 };

struct jira {
	struct import *in;
	struct gather gather;  /* by the number of the issue */
	struct seen keys;      /* of the issues so far */
	struct seen secured;   /* of those that only some may see */
	struct venue venue;
	struct str base;       /* the site's address as records say it; in run */
	struct str url;        /* the venue's, without a slash at its end */
	struct arena run, arena; /* of one thread */
};

/* --- Reading --- */

static struct str text_of(const struct json *object, const char *key)
{
	const struct json *v = json_get(object, key);

	return v && v->kind == JSON_STR ? v->u.str : STR_NONE;
}

/* "https://jira.example/rest/api/2/issue/10010" says where the site is. */
static int note_base(struct jira *j, const struct json_record *record)
{
	struct str self = text_of(record->value, "self");
	size_t n = str_find(self, STR("/rest/api/"));
	struct str base = str_slice(self, 0, n);

	if (n == self.n)
		return 0;
	if (!str_present(j->base))
		j->base = arena_str(&j->run, base);
	if (str_eq(j->base, base))
		return 0;
	diag_add(record->bad, DIAG_BAD_VALUE, record->where,
		 "this is of '%.*s', what came before it of '%.*s'", STR_ARG(base),
		 STR_ARG(j->base));
	diag_hint(record->bad, "import one site after the other");
	return -1;
}

/* ".../issue/10010/comment/20020": "10010". */
static struct str issue_of(const struct json *comment)
{
	static const struct str before = { "/issue/", 7 };
	struct str self = text_of(comment, "self");
	size_t at = str_find(self, before);

	if (at == self.n)
		return STR_NONE;
	self = str_slice(self, at + before.n, self.n);
	return str_split(&self, '/');
}

static int add_piece(struct jira *j, struct str key, int kind,
		     const struct json_record *record)
{
	const struct gather_piece piece = { record->text, kind, record->where };

	if (note_base(j, record) < 0)
		return 0;
	return gather_add(&j->gather, key, &piece, j->in->diags);
}

static int take_comment(struct jira *j, const struct json_record *record)
{
	struct str issue = issue_of(record->value);

	if (issue.n)
		return add_piece(j, issue, COMMENT, record);
	diag_add(record->bad, DIAG_BAD_VALUE, record->where,
		 "a comment whose 'self' doesn't say of which issue");
	return 0;
}

/* What is left of a page of results when its list was read. */
static bool is_page(const struct json *v)
{
	return json_get(v, "issues") || json_get(v, "comments");
}

static int take_record(void *ctx, const struct json_record *record)
{
	struct jira *j = ctx;
	const struct json *v = record->value, *id = json_get(v, "id");

	if (record->list && !strcmp(record->list, "comments"))
		return take_comment(j, record);
	if (!str_present(text_of(v, "key")) || !json_get(v, "fields")) {
		if (record->list || !is_page(v)) {
			diag_add(record->bad, DIAG_BAD_VALUE, record->where,
				 "no Jira issue: %s without 'key' and 'fields'",
				 json_kind_name(v));
			diag_hint(record->bad, "the answers of /rest/api/2/issue/KEY and "
				  "/rest/api/2/search are read");
		}
		return 0;
	}
	if (id && id->kind == JSON_INT)
		return add_piece(j, arena_printf(record->arena, "%lld",
						 (long long)id->u.integer), ISSUE, record);
	return add_piece(j, text_of(v, id && id->kind == JSON_STR ? "id" : "key"), ISSUE,
			 record);
}

/* --- People --- */

/* The venue's address, path, and value as a part of an address. */
static struct str url_of(struct jira *j, struct str base, const char *path,
			 struct str value)
{
	struct buf url = BUF_INIT;

	buf_addstr(&url, base);
	buf_adds(&url, path);
	url_segment(&url, value);
	return buf_to_arena(&url, &j->arena);
}

static const struct author *author_of(struct jira *j, const struct jira_user *user)
{
	struct str id = user ? jira_user_id(user) : STR_NONE, name;
	struct author *author;

	if (!id.n)
		return NULL;
	name = user->name.n ? user->name : user->login.n ? user->login : id;
	author = arena_new(&j->arena, struct author);
	author->venue = j->venue.row;
	author->id = id;
	author->name = str_slice(name, 0, str_index(name, '@'));
	if (!author->name.n)
		author->name = STR("?");
	if (str_index(id, '@') == id.n) /* else it would make an address public */
		author->url = url_of(j, j->url, user->account.n ? "/jira/people/" :
				     "/secure/ViewProfile.jspa?name=", id);
	return author;
}

static void add_person(struct jira_people *people, struct str id, struct str name)
{
	if (id.n && name.n)
		people->items[people->n++] = (struct jira_person){
			id, str_slice(name, 0, str_index(name, '@')) };
}

static void add_user(struct jira_people *people, const struct jira_user *user)
{
	if (!user)
		return;
	add_person(people, user->account, user->name);
	add_person(people, user->login, user->name);
	if (!str_eq(user->key, user->login))
		add_person(people, user->key, user->name);
}

static int person_cmp(const void *a, const void *b)
{
	const struct jira_person *x = a, *y = b;
	int order = str_cmp(x->id, y->id);

	return order ? order : str_cmp(x->name, y->name);
}

static struct jira_people people_of(struct jira *j, const struct jira_issue *issue,
				    const struct jira_comment *comments, size_t n)
{
	struct jira_people people = {
		arena_array(&j->arena, struct jira_person, 3 * (n + 3)), 0 };

	add_user(&people, issue->reporter);
	add_user(&people, issue->creator);
	add_user(&people, issue->assignee);
	for (size_t i = 0; i < n; i++)
		add_user(&people, comments[i].author);
	qsort(people.items, people.n, sizeof(*people.items), person_cmp);
	return people;
}

/* --- Posts --- */

static struct str body_of(struct jira *j, const struct json *v,
			  const struct jira_people *people)
{
	struct buf html = BUF_INIT;

	if (!v)
		return STR("");
	if (v->kind == JSON_STR)
		jirawiki_html(v->u.str, people, &html);
	else
		adf_html(v, &html);
	return buf_to_arena(&html, &j->arena);
}

static struct post post_of(struct jira *j, struct str id, const struct jira_user *author,
			   int64_t created, struct str body)
{
	return (struct post){
		.id = id, .author = author_of(j, author), .created = created,
		.edited = WHEN_NONE, .withdrawn = WHEN_NONE, .format = BODY_HTML, .body = body,
		.fetched = j->in->options->now,
	};
}

static int comment_cmp(const void *a, const void *b)
{
	const struct jira_comment *x = a, *y = b;
	int order = str_cmp(x->id, y->id);

	return order ? order : (x->updated > y->updated) - (x->updated < y->updated);
}

/* By id, each once, its latest; those that not everybody may see are left out.  How many
 * there are in all is in *known. */
static size_t pick_comments(struct jira *j, struct jira_comment *comments, size_t n,
			    size_t *known)
{
	size_t kept = 0;

	if (n)
		qsort(comments, n, sizeof(*comments), comment_cmp);
	*known = 0;
	for (size_t i = 0; i < n; i++) {
		if ((i + 1 < n && str_eq(comments[i].id, comments[i + 1].id)) ||
		    str_eq(comments[i].id, first_id)) {
			import_skip(j->in, SKIP_TWICE);
			continue;
		}
		++*known;
		if (comments[i].restricted)
			import_skip(j->in, SKIP_RESTRICTED);
		else
			comments[kept++] = comments[i];
	}
	return kept;
}

static bool has_comment(const struct jira_comment *comments, size_t n, struct str id)
{
	size_t from = 0, to = n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = str_cmp(comments[middle].id, id);

		if (order == 0)
			return true;
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return false;
}

static void fill_posts(struct jira *j, const struct jira_issue *issue,
		       const struct jira_comment *comments, size_t n, struct thread *t)
{
	const struct jira_people people = people_of(j, issue, comments, n);

	t->posts = arena_array(&j->arena, struct post, n + 1);
	t->posts_n = n + 1;
	t->posts[0] = post_of(j, first_id, issue->reporter, issue->created,
			      body_of(j, issue->description, &people));
	t->posts[0].url = t->url;
	t->posts[0].score = t->score;
	for (size_t i = 0; i < n; i++) {
		const struct jira_comment *c = &comments[i];
		struct post *post = &t->posts[i + 1];

		*post = post_of(j, c->id, c->author, c->created,
				body_of(j, c->body, &people));
		post->url = url_of(j, t->url, "?focusedCommentId=", c->id);
		if (c->updated != WHEN_NONE && c->updated != c->created)
			post->edited = c->updated;
		if (has_comment(comments, n, c->parent) && !str_eq(c->parent, c->id))
			post->parent = c->parent;
	}
}

/* --- Solutions --- */

/* Names of resolutions that helped nobody, as slugs; sites add their own.  Sorted. */
static const char *const unhelpful[] = {
	"abandoned", "as-designed", "auto-closed", "by-design", "can-t-reproduce",
	"cannot-replicate", "cannot-reproduce", "declined", "deferred", "duplicate",
	"expected-behavior", "expected-behaviour", "hold", "inactive", "incomplete",
	"insufficient-information", "invalid", "later", "needs-more-info",
	"needs-more-information", "no-longer-applicable", "not-a-bug", "not-a-defect",
	"not-a-problem", "not-an-issue", "not-our-bug", "not-reproducible", "obsolete",
	"on-hold", "out-of-date", "out-of-scope", "postponed", "rejected", "remind",
	"spam", "suspended", "timed-out", "unable-to-reproduce", "unresolved",
	"withdrawn", "won-t-do", "won-t-fix", "won-t-implement", "wontfix",
	"works-as-designed", "works-for-me",
};

static int name_cmp(const void *a, const void *b)
{
	return strcmp(a, *(const char *const *)b);
}

static bool is_solved(const struct jira_issue *issue)
{
	struct buf slug = BUF_INIT;
	bool solved;

	buf_addslug(&slug, issue->resolution, 64);
	solved = issue->resolution.n > 0 &&
		 !bsearch(slug.p, unhelpful, ARRAY_LEN(unhelpful), sizeof(*unhelpful),
			  name_cmp);
	buf_release(&slug);
	return solved;
}

static bool by_reporter(const struct jira_issue *issue, const struct jira_comment *c)
{
	return issue->reporter && c->author &&
	       str_eq(jira_user_id(issue->reporter), jira_user_id(c->author));
}

/* Comments are by id: of those at one time the later id came later. */
static struct str solution(const struct jira_issue *issue,
			   const struct jira_comment *comments, size_t n)
{
	const struct jira_comment *answer = NULL, *last = NULL, *since = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct jira_comment *c = &comments[i];

		if (issue->resolved != WHEN_NONE && c->created > issue->resolved) {
			if (!since || c->created < since->created)
				since = c;
			continue;
		}
		if (!last || c->created >= last->created)
			last = c;
		if (!by_reporter(issue, c) && (!answer || c->created >= answer->created))
			answer = c;
	}
	answer = answer ? answer : last ? last : since;
	return answer ? answer->id : STR_NONE;
}

/* --- Threads --- */

static void fill_tags(const struct jira_issue *issue, struct thread *t)
{
	t->tags = issue->tags;
	str_sort(t->tags, issue->tags_n);
	for (size_t i = 0; i < issue->tags_n; i++)
		if (!i || !str_eq(t->tags[i], t->tags[t->tags_n - 1]))
			t->tags[t->tags_n++] = t->tags[i];
}

static int put_issue(struct jira *j, const struct jira_issue *issue,
		     struct jira_comment *comments, size_t n, struct place where)
{
	struct archive_put how = { .where = where };
	struct thread t = {
		.venue = &j->venue, .id = issue->key, .title = issue->title,
		.created = issue->created, .updated = issue->updated,
		.score = issue->votes, .views = NUMBER_NONE,
		.withdrawn = WHEN_NONE, .embargo = WHEN_NONE, .expires = WHEN_NONE,
	};
	size_t known;

	n = pick_comments(j, comments, n, &known);
	if (issue->secured) {
		seen_add(&j->secured, issue->key, STR_NONE, 1);
		j->in->counts->skipped[SKIP_RESTRICTED] += n + 1;
		return 0;
	}
	t.url = url_of(j, j->url, "/browse/", issue->key);
	fill_tags(issue, &t);
	fill_posts(j, issue, comments, n, &t);
	if (is_solved(issue))
		t.solved_by = solution(issue, comments, n);
	how.complete = issue->commented && issue->total <= (int64_t)known;
	return import_thread(j->in, &t, &how);
}

/* What the pieces of one issue say. */
struct whole {
	struct jira_issue issue;
	struct place where; /* of the issue; no path: there is none */
	struct jira_comment *comments;
	size_t n, cap;      /* comments is owned */
};

static int put_whole(struct jira *j, struct whole *w)
{
	struct diags bad = DIAGS_INIT;

	if (!seen_add(&j->keys, w->issue.key, STR_NONE, 1))
		return put_issue(j, &w->issue, w->comments, w->n, w->where);
	diag_add(&bad, DIAG_DUPLICATE_ID, w->where,
		 "issue '%.*s' came before, with another 'id'", STR_ARG(w->issue.key));
	return import_bad_record(j->in, w->where, &bad);
}

static void add_comments(struct whole *w, const struct jira_comment *comments, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		GROW(w->comments, w->n, w->cap);
		w->comments[w->n++] = comments[i];
	}
}

static void read_piece(struct jira *j, const struct gather_piece *piece, struct whole *w,
		       struct diags *bad)
{
	struct json_reader r = { &j->arena, bad, piece->where, true };
	const struct json *v = json_parse(&j->arena, piece->text, piece->where, bad);
	struct jira_comment comment;
	struct jira_issue issue;

	if (!v)
		return;
	if (piece->kind == COMMENT) {
		if (jira_read_comment(&r, v, &comment) == 0)
			add_comments(w, &comment, 1);
		return;
	}
	if (jira_read_issue(&r, v, &issue) < 0)
		return;
	add_comments(w, issue.comments, issue.comments_n);
	if (w->where.path)
		import_skip(j->in, SKIP_TWICE);
	if (!w->where.path || issue.updated >= w->issue.updated) {
		w->issue = issue;
		w->where = piece->where;
	}
}

static int put_pieces(void *ctx, struct str key, const struct gather_piece *pieces,
		      size_t n)
{
	struct jira *j = ctx;
	struct whole w = { .where = NO_PLACE };
	struct diags bad = DIAGS_INIT;
	bool broken = false;
	int status = 0;

	(void)key;
	for (size_t i = 0; status == 0 && i < n; i++) {
		read_piece(j, &pieces[i], &w, &bad);
		if (!bad.n)
			continue;
		broken |= pieces[i].kind == ISSUE;
		status = import_bad_record(j->in, pieces[i].where, &bad);
	}
	if (status == 0 && w.where.path)
		status = put_whole(j, &w);
	else if (!broken)
		j->in->counts->skipped[SKIP_ORPHAN] += w.n;
	free(w.comments);
	arena_reset(&j->arena);
	return status;
}

/* --- The run --- */

static bool is_secured(void *ctx, struct str id)
{
	return seen_get(ctx, id, STR_NONE) != 0;
}

static int find_site(struct jira *j)
{
	struct venue guess = { .url = j->base, .kind = STR("tracker") };

	if (import_venue(j->in, &guess, &j->run, &j->venue) < 0)
		return -1;
	j->url = j->venue.url;
	while (str_ends(j->url, STR("/")))
		j->url.n--;
	return 0;
}

static int put_all(struct jira *j)
{
	if (!j->gather.items_n)
		return 0;
	if (find_site(j) < 0 || gather_each(&j->gather, put_pieces, j, j->in->diags) < 0)
		return -1;
	/* Public once, and no longer. */
	if (!j->secured.n)
		return 0;
	return import_mark_gone(j->in, j->venue.row, is_secured, &j->secured);
}

static int read_jira(struct import *in, char **paths, size_t n)
{
	static const char *const lists[] = { "issues", "comments", NULL };
	struct jira j = { .in = in, .gather = GATHER_INIT, .keys = SEEN_INIT,
			  .secured = SEEN_INIT, .run = ARENA_INIT, .arena = ARENA_INIT };
	int status = jsonfiles_read(in, paths, n, lists, take_record, &j);

	if (status == 0)
		status = put_all(&j);
	gather_release(&j.gather);
	seen_release(&j.keys);
	seen_release(&j.secured);
	arena_release(&j.run);
	arena_release(&j.arena);
	return status;
}

/* An issue, or a page of issues or comments. */
static int sniff(const char *path, struct str head)
{
	bool fields = str_find(head, STR("\"fields\"")) < head.n;
	bool api = str_find(head, STR("/rest/api/")) < head.n;

	(void)path;
	if (fields && (api || str_find(head, STR("\"issuetype\"")) < head.n ||
		       str_find(head, STR("\"reporter\"")) < head.n))
		return 80;
	return api && str_find(head, STR("\"comments\"")) < head.n ? 80 : 0;
}

const struct importer importer_jira = {
	.name = "jira",
	.reads = "issues of Jira as JSON",
	.endings = ".json",
	.sniff = sniff,
	.read = read_jira,
};
