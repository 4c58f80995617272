/*
 * Slugs and paths.  Knows nothing of files: whether a path is written, and refusing
 * one that comes twice, is publish/stage.h's.
 */
#include "render/paths.h"

#include "base/mem.h"

#include <stdlib.h>

enum { SHORT_DIGITS = 8, LONG_DIGITS = 32 };

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* Ends in "--" and 32 hex digits. */
static bool looks_long(struct str id)
{
	if (id.n < LONG_DIGITS + 2)
		return false;
	for (size_t i = id.n - LONG_DIGITS; i < id.n; i++)
		if (!is_hex(id.p[i]))
			return false;
	return str_ends(str_slice(id, 0, id.n - LONG_DIGITS), STR("--"));
}

/* May stand as it is. */
static bool is_plain(struct str id)
{
	if (id.n < 1 || id.n > PATH_SEGMENT_MAX)
		return false;
	for (size_t i = 0; i < id.n; i++)
		if (!is_word(id.p[i]) && id.p[i] != '-')
			return false;
	return !looks_long(id);
}

static void add_hashed(struct buf *out, struct str id, const char *joint, int digits)
{
	unsigned char digest[SHA256_SIZE];
	char hex[SHA256_HEX + 1];

	sha256_of(id, digest);
	sha256_hex(digest, (size_t)digits / 2, hex);
	buf_addslug(out, id, PATH_SEGMENT_MAX - (size_t)digits - strlen(joint));
	buf_adds(out, joint);
	buf_adds(out, hex);
}

void path_segment_long(struct buf *out, struct str id)
{
	add_hashed(out, id, "--", LONG_DIGITS);
}

void path_segment(struct buf *out, struct str id)
{
	if (is_plain(id))
		buf_addstr(out, id);
	else if (looks_long(id))
		path_segment_long(out, id);
	else
		add_hashed(out, id, "-", SHORT_DIGITS);
}

void path_anchor(struct buf *out, struct str id)
{
	if (is_plain(id))
		buf_addstr(out, id);
	else
		path_segment_long(out, id);
}

/* A segment made short, and whose it is. */
struct made {
	char segment[PATH_SEGMENT_MAX + 1];
	size_t id;
	bool plain;
};

static int by_segment(const void *a, const void *b)
{
	return strcmp(((const struct made *)a)->segment,
		      ((const struct made *)b)->segment);
}

static bool ends_like_short(struct str id)
{
	if (id.n < SHORT_DIGITS + 1 || id.p[id.n - SHORT_DIGITS - 1] != '-')
		return false;
	for (size_t i = id.n - SHORT_DIGITS; i < id.n; i++)
		if (!is_hex(id.p[i]))
			return false;
	return true;
}

/* All the segments that could meet: most plain ids can't meet any. */
static struct made *make_segments(const struct str *ids, size_t n, size_t *made_n)
{
	struct made *made = NULL;
	size_t cap = 0;
	struct buf b = BUF_INIT;

	*made_n = 0;
	for (size_t i = 0; i < n; i++) {
		bool plain = is_plain(ids[i]);

		if (plain ? !ends_like_short(ids[i]) : looks_long(ids[i]))
			continue;
		buf_reset(&b);
		path_segment(&b, ids[i]);
		GROW(made, *made_n, cap);
		made[*made_n] = (struct made){ .id = i, .plain = plain };
		memcpy(made[*made_n].segment, b.p, b.n);
		++*made_n;
	}
	buf_release(&b);
	return made;
}

size_t path_clashes(const struct str *ids, size_t n, bool *clash)
{
	size_t count = 0, made_n;
	struct made *made = make_segments(ids, n, &made_n);

	memset(clash, 0, n * sizeof(*clash));
	if (made_n)
		qsort(made, made_n, sizeof(*made), by_segment);
	for (size_t i = 0; i < made_n; i++) {
		bool meets = (i > 0 && !by_segment(&made[i - 1], &made[i])) ||
			     (i + 1 < made_n && !by_segment(&made[i], &made[i + 1]));

		if (meets && !made[i].plain) {
			clash[made[i].id] = true;
			count++;
		}
	}
	free(made);
	return count;
}

static void add_path(struct buf *out, const char *before, struct str slug,
		     const char *after)
{
	buf_adds(out, before);
	path_segment(out, slug);
	buf_adds(out, after);
}

void page_path(struct buf *out, struct str slug)
{
	add_path(out, "", slug, "/");
}

void product_path(struct buf *out, struct str slug)
{
	add_path(out, "products/", slug, "/");
}

void candidates_path(struct buf *out, struct str slug)
{
	add_path(out, "products/", slug, "/all/");
}

void scenario_path(struct buf *out, struct str slug)
{
	add_path(out, PATH_SCENARIOS, slug, "/");
}

void scenario_candidates_path(struct buf *out, struct str slug)
{
	add_path(out, PATH_SCENARIOS, slug, "/all/");
}

void fragment_path(struct buf *out, struct str slug)
{
	add_path(out, "products/", slug, "/fragment.html");
}

void product_feed_path(struct buf *out, struct str slug)
{
	add_path(out, "products/", slug, "/" PATH_FEED);
}

void thread_path(struct buf *out, struct str venue, struct str id)
{
	add_path(out, PATH_THREADS, venue, "/");
	add_path(out, "", id, "/");
}

void thread_path_long(struct buf *out, struct str venue, struct str id)
{
	add_path(out, PATH_THREADS, venue, "/");
	path_segment_long(out, id);
	buf_addc(out, '/');
}

/* Bytes of name before its last dot; all of them when it has none. */
static size_t stem(struct str name)
{
	for (size_t i = name.n; i > 1; i--)
		if (name.p[i - 1] == '.')
			return i - 1;
	return name.n;
}

void asset_path(struct buf *out, struct str name,
		const unsigned char digest[SHA256_SIZE])
{
	char hex[SHA256_HEX + 1];
	size_t dot = stem(name);

	sha256_hex(digest, SHORT_DIGITS / 2, hex);
	buf_addlit(out, "assets/");
	buf_addstr(out, str_slice(name, 0, dot));
	buf_addc(out, '.');
	buf_adds(out, hex);
	buf_addstr(out, str_slice(name, dot, name.n));
}

void image_path(struct buf *out, const unsigned char digest[SHA256_SIZE],
		const char *suffix)
{
	char hex[SHA256_HEX + 1];

	sha256_hex(digest, LONG_DIGITS / 2, hex);
	buf_addf(out, PATH_IMAGES "%s.%s", hex, suffix);
}

void wrong_path(struct buf *out, size_t n)
{
	buf_adds(out, PATH_WRONG);
	if (n > 1)
		buf_addf(out, "%zu/", n);
}

static void topics_path(struct buf *out, struct str slug)
{
	product_path(out, slug);
	buf_adds(out, "topics/");
}

void topic_path(struct buf *out, struct str slug, struct str topic)
{
	topics_path(out, slug);
	path_segment(out, topic);
	buf_addc(out, '/');
}

void topic_path_long(struct buf *out, struct str slug, struct str topic)
{
	topics_path(out, slug);
	path_segment_long(out, topic);
	buf_addc(out, '/');
}

void contributor_path(struct buf *out, struct str slug)
{
	buf_adds(out, PATH_CONTRIBUTORS);
	buf_addstr(out, slug);
	buf_addc(out, '/');
}

void sitemap_path(struct buf *out, unsigned n)
{
	buf_addf(out, PATH_SITEMAP_PART "%u.xml", n);
}

void path_file(struct buf *out, struct str path)
{
	buf_addstr(out, path);
	if (!path.n || path.p[path.n - 1] == '/')
		buf_addlit(out, "index.html");
}

struct str path_in(struct arena *a, void (*path)(struct buf *, struct str), struct str s)
{
	struct buf b = BUF_INIT;

	path(&b, s);
	return buf_to_arena(&b, a);
}
