#ifndef IMPORT_GITHUB_KEYS_H
#define IMPORT_GITHUB_KEYS_H

#include "base/json-keys.h"
#include "text/body.h"

/*
 * What GitHub says of issues, pull requests, discussions, comments, replies and answers,
 * in the dialects of its REST and GraphQL APIs and of programs that use them: one record
 * for all.  Numbers that aren't there are NUMBER_NONE, times WHEN_NONE, texts absent.
 */
struct github_item {
	struct str id;    /* a number or a name, as text */
	int64_t database; /* databaseId: what REST calls id */
	int64_t number;
	struct str title, body;
	enum body_format format; /* of body */
	struct str login;     /* absent: a deleted account */
	int64_t account;
	struct str profile;   /* address of the account */
	bool bot, staff;
	struct str web;       /* its own address on the web, */
	struct str thread;    /* that of its issue, */
	struct str repository; /* and of its repository, maybe in the API */
	int64_t created, updated, edited;
	int64_t votes;
	struct str *labels;
	size_t labels_n;
	const struct json *comments; /* a list, or NULL */
	const struct json *replies;
	const struct json *answer;
	struct str answer_url;
	int64_t comments_all;   /* how many there are, where that is said */
	bool comments_cut;      /* there are more comments or replies than are here */
	bool pull, minimized, deleted, is_answer;
	int64_t reviews;
	struct place where;
};

/* 0, or -1 with diagnostics: a time that is none, and the like.  Nothing is required. */
int github_item_read(struct json_reader *r, const struct json *v,
		     const struct json_at *at, struct github_item *out);

/* Whether it begins and ends with a tag. */
bool github_is_marked_up(struct str body);

/* One of a list that may be GraphQL's edges, each with a node. */
const struct json *github_node(const struct json *list, size_t i);

/*
 * "https://github.com/acme/kettle/issues/7#issuecomment-9", or the same in the API:
 * "https://api.github.com/repos/acme/kettle/issues/7".
 */
struct github_address {
	struct str scheme;      /* "https" */
	struct str host;        /* without the "api." */
	struct str owner, name; /* of the repository */
	struct str kind;        /* "issues", "pull", ...; may be absent */
	int64_t number;         /* or NUMBER_NONE */
	struct str comment;     /* digits; may be absent */
	bool api;
};

bool github_address_parse(struct str url, struct github_address *out);
/* What a thread can be. */
bool github_address_is_thread(const struct github_address *a);

#endif
