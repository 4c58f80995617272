/* Jira's issues and comments, row by row.  What threads they make is jira.c's. */
#include "jira-record.h"

#include "base/when.h"
#include "import/adf.h"

#define KEY(name, take, type, member) \
	{ name, json_take_##take, offsetof(type, member), 0, false }
#define REQUIRED(name, take, type, member) \
	{ name, json_take_##take, offsetof(type, member), 0, true }
#define END { NULL, NULL, 0, 0, false }

/* --- Values --- */

/* Text, or a number as some programs write it. */
static JSON_TAKE(id)
{
	struct str *out = json_member(object, key->offset);

	if (v->kind == JSON_INT)
		*out = arena_printf(r->arena, "%lld", (long long)v->u.integer);
	else if (v->kind == JSON_STR && v->u.str.n)
		*out = v->u.str;
	else
		return json_wrong(r, at, v, "an id");
	return 0;
}

static JSON_TAKE(body)
{
	if (v->kind != JSON_STR && !adf_is(v))
		return json_wrong(r, at, v, "text or a document of Atlassian's");
	*(const struct json **)json_member(object, key->offset) = v;
	return 0;
}

static JSON_TAKE(present)
{
	(void)r;
	(void)v;
	(void)at;
	*(bool *)json_member(object, key->offset) = true;
	return 0;
}

static JSON_TAKE(unless)
{
	if (v->kind != JSON_BOOL)
		return json_wrong(r, at, v, "true or false");
	*(bool *)json_member(object, key->offset) |= !v->u.boolean;
	return 0;
}

static const struct json_key user_keys[] = {
	KEY("accountId", text, struct jira_user, account),
	KEY("name", text, struct jira_user, login),
	KEY("key", text, struct jira_user, key),
	KEY("displayName", text, struct jira_user, name),
	END
};

static JSON_TAKE(user)
{
	struct jira_user *user = arena_new(r->arena, struct jira_user);

	*(const struct jira_user **)json_member(object, key->offset) = user;
	return json_keys_read(r, v, user_keys, user, at);
}

struct str jira_user_id(const struct jira_user *user)
{
	if (user->account.n)
		return user->account;
	return user->login.n ? user->login : user->key.n ? user->key : STR_NONE;
}

/* --- Comments --- */

static const struct json_key comment_keys[] = {
	REQUIRED("id", id, struct jira_comment, id),
	KEY("author", user, struct jira_comment, author),
	KEY("body", body, struct jira_comment, body),
	REQUIRED("created", time, struct jira_comment, created),
	KEY("updated", time, struct jira_comment, updated),
	KEY("visibility", present, struct jira_comment, restricted),
	KEY("jsdPublic", unless, struct jira_comment, restricted),
	KEY("parentId", id, struct jira_comment, parent),
	END
};

static int read_comment(struct json_reader *r, const struct json *v,
			const struct json_at *at, struct jira_comment *out)
{
	*out = (struct jira_comment){ .updated = WHEN_NONE };
	return json_keys_read(r, v, comment_keys, out, at);
}

int jira_read_comment(struct json_reader *r, const struct json *v,
		      struct jira_comment *out)
{
	return read_comment(r, v, NULL, out);
}

static JSON_TAKE(comment_list)
{
	struct jira_issue *issue = object;
	size_t n = v->kind == JSON_LIST ? v->u.list.n : 0;
	int status = 0;

	(void)key;
	if (v->kind != JSON_LIST)
		return json_wrong(r, at, v, "a list");
	issue->commented = true;
	issue->comments = arena_array(r->arena, struct jira_comment, n);
	for (size_t i = 0; i < n; i++) {
		const struct json_at item = { at, NULL, i };

		status |= read_comment(r, &v->u.list.items[i], &item,
				       &issue->comments[issue->comments_n++]);
	}
	return status;
}

static const struct json_key comments_keys[] = {
	KEY("comments", comment_list, struct jira_issue, comments),
	KEY("total", int, struct jira_issue, total),
	END
};

/* --- Issues --- */

/* Into the issue itself: its parts are members of it. */
static JSON_TAKE(comments)
{
	(void)key;
	return json_keys_read(r, v, comments_keys, object, at);
}

static const struct json_key votes_keys[] = {
	KEY("votes", int, struct jira_issue, votes),
	END
};

static JSON_TAKE(votes)
{
	(void)key;
	return json_keys_read(r, v, votes_keys, object, at);
}

static const struct json_key resolution_keys[] = {
	REQUIRED("name", text, struct jira_issue, resolution),
	END
};

static JSON_TAKE(resolution)
{
	(void)key;
	return json_keys_read(r, v, resolution_keys, object, at);
}

/* Texts, or objects with a name. */
static JSON_TAKE(tags)
{
	struct jira_issue *issue = object;
	size_t n = v->kind == JSON_LIST ? v->u.list.n : 0;
	struct str *tags = arena_array(r->arena, struct str, issue->tags_n + n);

	(void)key;
	if (v->kind != JSON_LIST)
		return json_wrong(r, at, v, "a list");
	if (issue->tags_n)
		memcpy(tags, issue->tags, issue->tags_n * sizeof(*tags));
	issue->tags = tags;
	for (size_t i = 0; i < n; i++) {
		const struct json *tag = &v->u.list.items[i];
		const struct json *name = json_get(tag, "name");
		const struct json_at item = { at, NULL, i };

		tag = name ? name : tag;
		if (tag->kind != JSON_STR)
			return json_wrong(r, &item, tag, "text");
		if (tag->u.str.n)
			tags[issue->tags_n++] = tag->u.str;
	}
	return 0;
}

static const struct json_key field_keys[] = {
	REQUIRED("summary", text, struct jira_issue, title),
	KEY("description", body, struct jira_issue, description),
	KEY("reporter", user, struct jira_issue, reporter),
	KEY("creator", user, struct jira_issue, creator),
	KEY("assignee", user, struct jira_issue, assignee),
	REQUIRED("created", time, struct jira_issue, created),
	KEY("updated", time, struct jira_issue, updated),
	KEY("resolutiondate", time, struct jira_issue, resolved),
	KEY("resolution", resolution, struct jira_issue, resolution),
	KEY("security", present, struct jira_issue, secured),
	KEY("votes", votes, struct jira_issue, votes),
	KEY("labels", tags, struct jira_issue, tags),
	KEY("components", tags, struct jira_issue, tags),
	KEY("comment", comments, struct jira_issue, comments),
	END
};

static JSON_TAKE(fields)
{
	(void)key;
	return json_keys_read(r, v, field_keys, object, at);
}

static const struct json_key issue_keys[] = {
	KEY("id", id, struct jira_issue, id),
	REQUIRED("key", id, struct jira_issue, key),
	REQUIRED("fields", fields, struct jira_issue, title),
	END
};

int jira_read_issue(struct json_reader *r, const struct json *v, struct jira_issue *out)
{
	*out = (struct jira_issue){ .updated = WHEN_NONE, .resolved = WHEN_NONE,
				    .total = -1 };
	return json_keys_read(r, v, issue_keys, out, NULL);
}
