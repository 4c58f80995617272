#ifndef JIRA_RECORD_H
#define JIRA_RECORD_H

#include "base/json-keys.h"

/*
 * What Jira's REST interface gives, in its versions 2 and 3, as far as it matters.
 * Everything is in the reader's arena, or where the JSON is.
 */
struct jira_user {
	struct str account; /* "accountId", the cloud's */
	struct str login;   /* "name", a server's */
	struct str key;     /* a server's, too */
	struct str name;    /* "displayName" */
};

struct jira_comment {
	struct str id, parent;
	const struct jira_user *author; /* NULL: deleted, or nobody said who */
	const struct json *body;        /* text, a document, or NULL */
	int64_t created, updated;
	bool restricted; /* to a role, a group or the service desk's own people */
};

struct jira_issue {
	struct str id, key, title;
	const struct json *description;
	const struct jira_user *reporter, *creator, *assignee;
	int64_t created, updated;
	int64_t resolved;      /* or WHEN_NONE */
	struct str resolution; /* its name, or absent */
	bool secured;          /* only some may see it */
	int64_t votes;
	struct str *tags;      /* labels and components */
	size_t tags_n;
	struct jira_comment *comments;
	size_t comments_n;
	int64_t total;         /* of its comments; -1 when the export doesn't say */
	bool commented;        /* the export has a list of them, if an empty one */
};

/* The whole id of the account, absent when there is none. */
struct str jira_user_id(const struct jira_user *user);
/* 0, or -1 with diagnostics. */
int jira_read_issue(struct json_reader *r, const struct json *v, struct jira_issue *out);
int jira_read_comment(struct json_reader *r, const struct json *v,
		      struct jira_comment *out);

#endif
