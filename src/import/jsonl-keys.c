/* What lines of the interchange form hold: one row a key.  How rows are read is
 * json-keys.c's, what lines do is jsonl.c's. */
#include "import/jsonl-keys.h"

#include "archive/archive.h"

#define KEY(name, take, type, member) \
	{ name, json_take_##take, offsetof(type, member), 0, false }
#define REQUIRED(name, take, type, member) \
	{ name, json_take_##take, offsetof(type, member), 0, true }
/* A list and its count are the members m and m_n. */
#define LIST(name, take, type, m, required) \
	{ name, json_take_##take, offsetof(type, m), offsetof(type, m##_n), required }
#define END { NULL, NULL, 0, 0, false }

const struct json_key jsonl_venue_keys[] = {
	REQUIRED("slug", slug, struct venue, slug),
	REQUIRED("name", name, struct venue, name),
	REQUIRED("url", name, struct venue, url),
	KEY("kind", text, struct venue, kind),
	KEY("language", language, struct venue, language),
	KEY("licence", text, struct venue, licence),
	KEY("own", bool, struct venue, own),
	END
};

const struct json_key jsonl_product_keys[] = {
	REQUIRED("slug", slug, struct product, slug),
	REQUIRED("name", name, struct product, name),
	REQUIRED("url", name, struct product, url),
	LIST("aliases", names, struct product, aliases, false),
	END
};

static const struct json_key author_keys[] = {
	REQUIRED("id", name, struct author, id),
	REQUIRED("name", text, struct author, name),
	KEY("url", text, struct author, url),
	KEY("staff", bool, struct author, staff),
	END
};

static JSON_TAKE(author)
{
	struct author *author = arena_new(r->arena, struct author);

	if (v->kind == JSON_NULL)
		return 0;
	*(const struct author **)json_member(object, key->offset) = author;
	return json_keys_read(r, v, author_keys, author, at);
}

static JSON_TAKE(format)
{
	enum body_format *out = json_member(object, key->offset);

	for (size_t i = 0; v->kind == JSON_STR && body_format_names[i]; i++) {
		if (str_is(v->u.str, body_format_names[i])) {
			*out = (enum body_format)i;
			return 0;
		}
	}
	return json_wrong(r, at, v, "'markdown', 'html' or 'text'");
}

static const struct json_key post_keys[] = {
	REQUIRED("id", name, struct post, id),
	KEY("parent", text, struct post, parent),
	KEY("author", author, struct post, author),
	REQUIRED("created", time, struct post, created),
	KEY("edited", time, struct post, edited),
	REQUIRED("format", format, struct post, format),
	KEY("language", language, struct post, language),
	REQUIRED("body", text, struct post, body),
	KEY("score", int, struct post, score),
	KEY("url", text, struct post, url),
	KEY("licence", text, struct post, licence),
	KEY("permission", text, struct post, permission),
	KEY("gone", bool, struct post, gone),
	KEY("hidden", bool, struct post, hidden),
	KEY("withdrawn", time, struct post, withdrawn),
	KEY("fetched", time, struct post, fetched),
	END
};

static JSON_TAKE(posts)
{
	size_t n = v->kind == JSON_LIST ? v->u.list.n : 0;
	struct post *posts = arena_array(r->arena, struct post, n);
	int status = 0;

	if (v->kind != JSON_LIST)
		return json_wrong(r, at, v, "a list of posts");
	for (size_t i = 0; i < n; i++) {
		const struct json_at item = { at, NULL, i };

		posts[i] = (struct post)POST_INIT;
		status |= json_keys_read(r, &v->u.list.items[i], post_keys, &posts[i],
					 &item);
	}
	*(struct post **)json_member(object, key->offset) = posts;
	*(size_t *)json_member(object, key->n_offset) = n;
	return status;
}

/* A label's keys, whether it is the whole struct or a part of it. */
#define LABEL_KEYS(type, label) \
	REQUIRED("name", name, type, label name), \
	KEY("post", text, type, label post), \
	KEY("quote", text, type, label quote), \
	REQUIRED("by", name, type, label by), \
	REQUIRED("at", time, type, label at), \
	KEY("note", text, type, label note), \
	END

static const struct json_key label_keys[] = { LABEL_KEYS(struct label, ) };

static JSON_TAKE(labels)
{
	size_t n = v->kind == JSON_LIST ? v->u.list.n : 0;
	struct label *labels = arena_array(r->arena, struct label, n);
	int status = 0;

	if (v->kind != JSON_LIST)
		return json_wrong(r, at, v, "a list of labels");
	for (size_t i = 0; i < n; i++) {
		const struct json_at item = { at, NULL, i };

		status |= json_keys_read(r, &v->u.list.items[i], label_keys, &labels[i],
					 &item);
	}
	*(struct label **)json_member(object, key->offset) = labels;
	*(size_t *)json_member(object, key->n_offset) = n;
	return status;
}

const struct json_key jsonl_thread_keys[] = {
	REQUIRED("venue", slug, struct thread_line, venue),
	REQUIRED("id", name, struct thread_line, thread.id),
	REQUIRED("url", name, struct thread_line, thread.url),
	REQUIRED("title", text, struct thread_line, thread.title),
	REQUIRED("created", time, struct thread_line, thread.created),
	KEY("updated", time, struct thread_line, thread.updated),
	KEY("score", int, struct thread_line, thread.score),
	KEY("views", int, struct thread_line, thread.views),
	KEY("solved_by", text, struct thread_line, thread.solved_by),
	KEY("gone", bool, struct thread_line, thread.gone),
	KEY("hidden", bool, struct thread_line, thread.hidden),
	KEY("withdrawn", time, struct thread_line, thread.withdrawn),
	KEY("embargo", time, struct thread_line, thread.embargo),
	KEY("expires", time, struct thread_line, thread.expires),
	LIST("tags", names, struct thread_line, thread.tags, false),
	LIST("products", slugs, struct thread_line, thread.products, false),
	LIST("posts", posts, struct thread_line, thread.posts, true),
	LIST("labels", labels, struct thread_line, thread.labels, false),
	END
};

const struct json_key jsonl_label_line_keys[] = {
	REQUIRED("venue", slug, struct label_line, venue),
	REQUIRED("thread", name, struct label_line, thread),
	LABEL_KEYS(struct label_line, label.)
};

static int digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* 64 digits to 32 bytes in the arena. */
static JSON_TAKE(hex)
{
	struct str s = v->kind == JSON_STR ? v->u.str : STR_NONE;
	unsigned char *bytes = arena_array(r->arena, unsigned char, SHA256_SIZE);

	for (size_t i = 0; i < s.n && i < SHA256_HEX; i++) {
		int digit = digit_of(s.p[i]);

		if (digit < 0)
			s.n = 0;
		else
			bytes[i / 2] = (unsigned char)(bytes[i / 2] << 4 | digit);
	}
	if (s.n != SHA256_HEX)
		return json_wrong(r, at, v, "64 lower-case hex digits");
	*(const unsigned char **)json_member(object, key->offset) = bytes;
	return 0;
}

static JSON_TAKE(kind)
{
	for (size_t i = 0; v->kind == JSON_STR && tombstone_kinds[i]; i++) {
		if (str_is(v->u.str, tombstone_kinds[i])) {
			*(struct str *)json_member(object, key->offset) = v->u.str;
			return 0;
		}
	}
	return json_wrong(r, at, v, "'author', 'thread', 'post', 'text' or 'name'");
}

const struct json_key jsonl_tombstone_key_keys[] = {
	REQUIRED("id", name, struct tombstone_key_line, id),
	REQUIRED("key", hex, struct tombstone_key_line, key),
	END
};

const struct json_key jsonl_tombstone_keys[] = {
	REQUIRED("key", name, struct tombstone_line, key),
	REQUIRED("kind", kind, struct tombstone_line, kind),
	REQUIRED("hash", hex, struct tombstone_line, hash),
	END
};
