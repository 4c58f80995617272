#ifndef IMPORT_DISCOURSE_KEYS_H
#define IMPORT_DISCOURSE_KEYS_H

#include "base/json-keys.h"

/*
 * What Discourse's API says of topics and posts, as far as an archive wants it.
 * Numbers that aren't there are NUMBER_NONE, times WHEN_NONE, texts absent.
 */
struct discourse_post {
	int64_t id, topic;
	int64_t number;   /* in its topic, from 1, with gaps */
	int64_t reply_to; /* a number */
	int64_t type;     /* enum discourse_type */
	int64_t version;  /* from 1; each edit adds one */
	int64_t user, likes;
	int64_t created, updated;
	struct str username, cooked, raw;
	struct str title, slug; /* of the topic */
	bool staff, hidden, deleted, accepted;
	const struct json *links;
	struct place where;
};

enum discourse_type {
	DISCOURSE_REGULAR = 1, DISCOURSE_MODERATOR, DISCOURSE_ACTION, DISCOURSE_WHISPER
};

struct discourse_topic {
	int64_t id, created, last_posted, views;
	int64_t posts_count;
	int64_t accepted; /* a post's number */
	struct str title, slug, archetype;
	struct str *tags;
	size_t tags_n;
	bool deleted, unlisted;
	const struct json *posts;  /* a list, or NULL */
	const struct json *stream; /* the same, of the ids of all its posts */
};

int discourse_post_read(struct json_reader *r, const struct json *v,
			const struct json_at *at, struct discourse_post *out);
int discourse_topic_read(struct json_reader *r, const struct json *v,
			 struct discourse_topic *out);

#endif
