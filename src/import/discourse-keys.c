/* Discourse's records as structs.  What threads are made of them is discourse.c's. */
#include "import/discourse-keys.h"

#include "archive/model.h"

#define POST(name, kind, member, required) \
	{ name, json_take_##kind, offsetof(struct discourse_post, member), 0, required }
#define TOPIC(name, kind, member, required) \
	{ name, json_take_##kind, offsetof(struct discourse_topic, member), 0, required }

/* [{"id":2,"count":3},...]: likes are the action 2. */
static int take_likes(struct json_reader *r, const struct json *v,
		      const struct json_key *key, void *object, const struct json_at *at)
{
	(void)r, (void)at;
	for (size_t i = 0; v->kind == JSON_LIST && i < v->u.list.n; i++) {
		const struct json *id = json_get(&v->u.list.items[i], "id");
		const struct json *count = json_get(&v->u.list.items[i], "count");

		if (id && id->kind == JSON_INT && id->u.integer == 2 && count &&
		    count->kind == JSON_INT)
			*(int64_t *)json_member(object, key->offset) = count->u.integer;
	}
	return 0;
}

/* {"post_number":3,...}, or a list of such, of which the first stands. */
static int take_accepted(struct json_reader *r, const struct json *v,
			 const struct json_key *key, void *object,
			 const struct json_at *at)
{
	(void)r, (void)at;
	if (v->kind == JSON_LIST)
		v = v->u.list.n ? &v->u.list.items[0] : NULL;
	v = json_get(v, "post_number");
	if (v && v->kind == JSON_INT)
		*(int64_t *)json_member(object, key->offset) = v->u.integer;
	return 0;
}

static int take_list(struct json_reader *r, const struct json *v,
		     const struct json_key *key, void *object, const struct json_at *at)
{
	if (v->kind != JSON_LIST)
		return json_wrong(r, at, v, "a list");
	return json_take_value(r, v, key, object, at);
}

static const struct json_key stream_keys[] = {
	{ "posts", take_list, offsetof(struct discourse_topic, posts), 0, true },
	{ "stream", take_list, offsetof(struct discourse_topic, stream), 0, false },
	{ 0 }
};

static int take_stream(struct json_reader *r, const struct json *v,
		       const struct json_key *key, void *object, const struct json_at *at)
{
	return json_keys_read(r, v, stream_keys, json_member(object, key->offset), at);
}

static int take_listed(struct json_reader *r, const struct json *v,
		       const struct json_key *key, void *object, const struct json_at *at)
{
	if (v->kind != JSON_BOOL)
		return json_wrong(r, at, v, "true or false");
	*(bool *)json_member(object, key->offset) = !v->u.boolean;
	return 0;
}

static const struct json_key post_keys[] = {
	POST("id", int, id, true),
	POST("username", text, username, false),
	POST("created_at", time, created, true),
	POST("raw", text, raw, false),
	POST("cooked", text, cooked, false),
	POST("post_number", int, number, true),
	POST("post_type", int, type, false),
	POST("updated_at", time, updated, false),
	POST("reply_to_post_number", int, reply_to, false),
	POST("like_count", int, likes, false),
	POST("topic_id", int, topic, false),
	POST("topic_slug", text, slug, false),
	POST("topic_title", text, title, false),
	POST("version", int, version, false),
	{ "actions_summary", take_likes, offsetof(struct discourse_post, likes), 0, false },
	POST("link_counts", value, links, false),
	POST("moderator", given, staff, false),
	POST("admin", given, staff, false),
	POST("staff", given, staff, false),
	POST("user_id", int, user, false),
	POST("hidden", given, hidden, false),
	POST("deleted_at", given, deleted, false),
	POST("user_deleted", given, deleted, false),
	POST("accepted_answer", given, accepted, false),
	{ 0 }
};

static const struct json_key topic_keys[] = {
	{ "post_stream", take_stream, 0, 0, false },
	TOPIC("id", int, id, true),
	TOPIC("title", text, title, false),
	TOPIC("posts_count", int, posts_count, false),
	TOPIC("created_at", time, created, false),
	TOPIC("views", int, views, false),
	TOPIC("last_posted_at", time, last_posted, false),
	TOPIC("deleted_at", given, deleted, false),
	{ "visible", take_listed, offsetof(struct discourse_topic, unlisted), 0, false },
	TOPIC("archetype", text, archetype, false),
	TOPIC("slug", text, slug, false),
	{ "tags", json_take_named, offsetof(struct discourse_topic, tags),
	  offsetof(struct discourse_topic, tags_n), false },
	{ "accepted_answer", take_accepted, offsetof(struct discourse_topic, accepted), 0,
	  false },
	{ "accepted_answers", take_accepted, offsetof(struct discourse_topic, accepted), 0,
	  false },
	{ 0 }
};

int discourse_post_read(struct json_reader *r, const struct json *v,
			const struct json_at *at, struct discourse_post *out)
{
	struct json_at body = { at, "cooked", 0 };

	*out = (struct discourse_post){
		.topic = NUMBER_NONE, .reply_to = NUMBER_NONE, .user = NUMBER_NONE,
		.type = DISCOURSE_REGULAR, .version = 1, .created = WHEN_NONE,
		.updated = WHEN_NONE, .where = r->where,
	};
	if (json_keys_read(r, v, post_keys, out, at) < 0)
		return -1;
	if (str_present(out->cooked) || str_present(out->raw) || out->deleted ||
	    out->type >= DISCOURSE_ACTION)
		return 0;
	return json_missing(r, &body);
}

int discourse_topic_read(struct json_reader *r, const struct json *v,
			 struct discourse_topic *out)
{
	*out = (struct discourse_topic){
		.created = WHEN_NONE, .last_posted = WHEN_NONE, .views = NUMBER_NONE,
		.accepted = NUMBER_NONE,
	};
	return json_keys_read(r, v, topic_keys, out, NULL);
}
