/* GitHub's records as structs, whatever API they come from.  What threads are made of
 * them is github-thread.c's. */
#include "import/github-keys.h"

#include "archive/model.h"
#include "base/mem.h"

/* --- Addresses --- */

static int64_t number_of(struct str digits)
{
	int64_t n = 0;

	if (!digits.n || digits.n > 18)
		return NUMBER_NONE;
	for (size_t i = 0; i < digits.n; i++) {
		if (digits.p[i] < '0' || digits.p[i] > '9')
			return NUMBER_NONE;
		n = n * 10 + (digits.p[i] - '0');
	}
	return n;
}

/* The digits in "#issuecomment-9", "#discussioncomment-9". */
static struct str comment_of(struct str fragment)
{
	size_t at = str_find(fragment, STR("comment-"));
	struct str digits = str_slice(fragment, at + strlen("comment-"), fragment.n);

	return number_of(digits) == NUMBER_NONE ? STR_NONE : digits;
}

/* An API stands on a host or below a path of its own. */
static void leave_api(struct github_address *a, struct str *path)
{
	if (str_starts(*path, STR("api/v3/")))
		*path = str_slice(*path, strlen("api/v3/"), path->n);
	a->api = str_starts(*path, STR("repos/"));
	if (!a->api)
		return;
	*path = str_slice(*path, strlen("repos/"), path->n);
	if (str_starts(a->host, STR("api.")))
		a->host = str_slice(a->host, strlen("api."), a->host.n);
}

bool github_address_parse(struct str url, struct github_address *out)
{
	size_t scheme = str_find(url, STR("://")), hash = str_index(url, '#');
	struct str path = str_slice(url, scheme + 3, hash);

	if (scheme == url.n)
		return false;
	*out = (struct github_address){ .scheme = str_slice(url, 0, scheme),
					.number = NUMBER_NONE };
	out->host = str_split(&path, '/');
	leave_api(out, &path);
	out->owner = str_split(&path, '/');
	if (str_present(path))
		out->name = str_split(&path, '/');
	if (str_present(path))
		out->kind = str_split(&path, '/');
	if (str_present(path))
		out->number = number_of(str_split(&path, '/'));
	out->comment = comment_of(str_slice(url, hash, url.n));
	return out->host.n && out->owner.n && out->name.n;
}

bool github_address_is_thread(const struct github_address *a)
{
	static const char *const kinds[] = { "issues", "pull", "pulls", "discussions" };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_is(a->kind, kinds[i]))
			return a->number != NUMBER_NONE;
	return false;
}

/* --- Values --- */

const struct json *github_node(const struct json *list, size_t i)
{
	const struct json *node = json_get(&list->u.list.items[i], "node");

	return node ? node : &list->u.list.items[i];
}

/* The list that v is or, as a connection of GraphQL, has; or NULL. */
static const struct json *list_of(const struct json *v)
{
	const struct json *nodes = json_get(v, "nodes");

	if (v->kind == JSON_OBJECT)
		v = nodes ? nodes : json_get(v, "edges");
	return v && v->kind == JSON_LIST ? v : NULL;
}

static int64_t int_in(const struct json *v, const char *key)
{
	v = json_get(v, key);
	return v && v->kind == JSON_INT ? v->u.integer : NUMBER_NONE;
}

static struct str text_in(const struct json *v, const char *key)
{
	v = json_get(v, key);
	return v && v->kind == JSON_STR ? v->u.str : STR_NONE;
}

static bool true_in(const struct json *v, const char *key)
{
	v = json_get(v, key);
	return v && v->kind == JSON_BOOL && v->u.boolean;
}

#define TAKE(name) \
	static int take_##name(struct json_reader *r, const struct json *v, \
			       const struct json_key *key, void *object, \
			       const struct json_at *at)

TAKE(id)
{
	struct str *out = json_member(object, key->offset);

	if (v->kind == JSON_INT)
		*out = arena_printf(r->arena, "%lld", (long long)v->u.integer);
	else if (v->kind == JSON_STR)
		*out = v->u.str;
	else
		return json_wrong(r, at, v, "a number or a name");
	return 0;
}

TAKE(html)
{
	struct github_item *item = object;

	if (str_present(item->body) && item->format == BODY_MARKDOWN)
		return 0;
	item->format = BODY_HTML;
	return json_take_text(r, v, key, object, at);
}

TAKE(body)
{
	struct github_item *item = object;

	item->format = BODY_MARKDOWN;
	return json_take_text(r, v, key, object, at);
}

/* An address that isn't the API's. */
TAKE(web)
{
	struct github_address a;

	if (v->kind == JSON_STR && github_address_parse(v->u.str, &a) && !a.api)
		*(struct str *)json_member(object, key->offset) = v->u.str;
	(void)r, (void)at;
	return 0;
}

/* Its own name of a deleted account. */
static bool is_ghost(struct str login)
{
	return !login.n || str_is(login, "ghost");
}

/* "login", or {"login":...}, or {"name":...} where there is no login. */
TAKE(author)
{
	struct github_item *item = object;
	struct str login = v->kind == JSON_STR ? v->u.str : text_in(v, "login");
	struct str type = text_in(v, "type");

	(void)r, (void)key, (void)at;
	if (!str_present(login))
		login = text_in(v, "name");
	if (is_ghost(login))
		return 0;
	if (!str_present(type))
		type = text_in(v, "__typename");
	item->login = login;
	item->account = int_in(v, "id");
	if (item->account == NUMBER_NONE)
		item->account = int_in(v, "databaseId");
	item->profile = text_in(v, "html_url");
	item->bot = str_is(type, "Bot") || true_in(v, "is_bot") ||
		    str_ends(login, STR("[bot]"));
	return 0;
}

TAKE(association)
{
	static const char *const ours[] = { "OWNER", "MEMBER", "COLLABORATOR" };

	(void)r, (void)at;
	for (size_t i = 0; v->kind == JSON_STR && i < ARRAY_LEN(ours); i++)
		if (str_is(v->u.str, ours[i]))
			*(bool *)json_member(object, key->offset) = true;
	return 0;
}

/* {"+1":2,"-1":1,"total_count":5}: thumbs are votes, the others are moods; all of them
 * only where the thumbs aren't told apart. */
TAKE(reactions)
{
	int64_t up = int_in(v, "+1"), down = int_in(v, "-1");
	int64_t all = int_in(v, "total_count");
	int64_t *votes = json_member(object, key->offset);

	(void)r, (void)at;
	if (all == NUMBER_NONE)
		all = int_in(v, "totalCount");
	if (up != NUMBER_NONE)
		*votes = up - (down != NUMBER_NONE ? down : 0);
	else if (all != NUMBER_NONE && *votes == NUMBER_NONE)
		*votes = all;
	return 0;
}

/* [{"content":"THUMBS_UP","users":{"totalCount":2}},...] */
TAKE(groups)
{
	int64_t *votes = json_member(object, key->offset), sum = 0;

	(void)r, (void)at;
	if (v->kind != JSON_LIST)
		return 0;
	for (size_t i = 0; i < v->u.list.n; i++) {
		const struct json *group = &v->u.list.items[i];
		const struct json *users = json_get(group, "users");
		int64_t n = int_in(users ? users : json_get(group, "reactors"), "totalCount");

		if (n == NUMBER_NONE)
			continue;
		if (str_is(text_in(group, "content"), "THUMBS_UP"))
			sum += n;
		else if (str_is(text_in(group, "content"), "THUMBS_DOWN"))
			sum -= n;
	}
	*votes = sum;
	return 0;
}

TAKE(labels)
{
	v = list_of(v);
	return v ? json_take_named(r, v, key, object, at) : 0;
}

/* A connection of GraphQL that doesn't hold all it stands for. */
static bool is_cut(const struct json *v)
{
	const struct json *list = list_of(v), *page = json_get(v, "pageInfo");
	int64_t all = int_in(v, "totalCount");

	if (v->kind != JSON_OBJECT || !list)
		return v->kind != JSON_LIST;
	if (all != NUMBER_NONE)
		return (int64_t)list->u.list.n < all;
	return !page || true_in(page, "hasNextPage");
}

/* How many there are, a list of them, or a connection. */
TAKE(comments)
{
	struct github_item *item = object;

	(void)r, (void)at;
	if (v->kind == JSON_INT) {
		item->comments_all = v->u.integer;
		return 0;
	}
	*(const struct json **)json_member(object, key->offset) = list_of(v);
	item->comments_cut |= is_cut(v);
	return 0;
}

/* As programs that keep copies add them to what the API gives; of a pull request both are
 * there, and what is on code is under the first name. */
TAKE(comment_data)
{
	struct github_item *item = object;

	return item->comments ? 0 : take_comments(r, v, key, object, at);
}

TAKE(reviews)
{
	v = list_of(v);
	(void)r, (void)at;
	if (v)
		*(int64_t *)json_member(object, key->offset) = (int64_t)v->u.list.n;
	return 0;
}

/* --- Rows: snake_case is REST's, camelCase GraphQL's --- */

#define ITEM(name, kind, member) \
	{ name, json_take_##kind, offsetof(struct github_item, member), 0, false }
#define OWN(name, kind, member) \
	{ name, take_##kind, offsetof(struct github_item, member), 0, false }

static const struct json_key item_keys[] = {
	OWN("id", id, id),
	ITEM("databaseId", int, database),
	ITEM("number", int, number),
	ITEM("title", text, title),
	OWN("body", body, body),
	OWN("bodyHTML", html, body),
	OWN("body_html", html, body),
	OWN("user", author, login),
	OWN("author", author, login),
	OWN("author_association", association, staff),
	OWN("authorAssociation", association, staff),
	ITEM("created_at", time, created),
	ITEM("createdAt", time, created),
	ITEM("updated_at", time, updated),
	ITEM("updatedAt", time, updated),
	ITEM("lastEditedAt", time, edited),
	OWN("url", web, web),
	OWN("html_url", web, web),
	ITEM("issue_url", text, thread),
	ITEM("repository_url", text, repository),
	OWN("reactions", reactions, votes),
	OWN("reactionGroups", groups, votes),
	ITEM("upvotes", int, votes),
	ITEM("upvoteCount", int, votes),
	{ "labels", take_labels, offsetof(struct github_item, labels),
	  offsetof(struct github_item, labels_n), false },
	OWN("comments", comments, comments),
	OWN("comment_data", comment_data, comments),
	OWN("comment_regular_data", comments, comments),
	ITEM("commentTotal", int, comments_all),
	OWN("replies", comments, replies),
	OWN("reviews", reviews, reviews),
	ITEM("answer", value, answer),
	ITEM("answer_html_url", text, answer_url),
	ITEM("isAnswer", given, is_answer),
	ITEM("pull_request", given, pull),
	ITEM("isMinimized", given, minimized),
	ITEM("minimized", given, minimized),
	ITEM("deletedAt", given, deleted),
	{ 0 }
};

bool github_is_marked_up(struct str body)
{
	struct str s = str_trim(body);

	return str_starts(s, STR("<")) && str_ends(s, STR(">"));
}

/* A body that GitHub made HTML of, under the key of its Markdown. */
static bool is_rendered(struct str body)
{
	static const char *const marks[] = { " dir=\"auto\"", "notranslate",
					     "class=\"email-" };
	struct str s = str_trim(body);

	if (!github_is_marked_up(s))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_find(s, str_of(marks[i])) < s.n)
			return true;
	return str_starts(s, STR("<p>")) && str_ends(s, STR("</p>"));
}

/* Of an issue any event is an update, of a comment an edit alone, unless edits are told
 * by themselves. */
static void settle_edited(struct github_item *item, const struct json *v)
{
	if (json_get(v, "lastEditedAt") || json_get(v, "includesCreatedEdit") ||
	    str_present(item->title))
		return;
	if (item->updated != WHEN_NONE && item->updated > item->created)
		item->edited = item->updated;
}

int github_item_read(struct json_reader *r, const struct json *v,
		     const struct json_at *at, struct github_item *out)
{
	*out = (struct github_item){
		.database = NUMBER_NONE, .number = NUMBER_NONE, .account = NUMBER_NONE,
		.created = WHEN_NONE, .updated = WHEN_NONE, .edited = WHEN_NONE,
		.votes = NUMBER_NONE, .comments_all = NUMBER_NONE, .where = r->where,
		.format = BODY_MARKDOWN,
	};
	if (json_keys_read(r, v, item_keys, out, at) < 0)
		return -1;
	if (out->format == BODY_MARKDOWN && is_rendered(out->body))
		out->format = BODY_HTML;
	out->staff &= !out->bot;
	settle_edited(out, v);
	return 0;
}
