/*
 * A post that was removed and one that may quote it, with a byte of 1 between them;
 * the first byte says in which format.  What is left is UTF-8; what was the other's own
 * stays, in order; looking again changes nothing; and when hashes are all that is left
 * it comes out the same.
 */
#include "import.h"

#include "archive/handle.h"
#include "archive/scrub.h"

static const struct author authors[] = {
	{ .id = { "jm-wren", 7 }, .name = { "Jane Wren", 9 } },
	{ .id = { "m1", 2 }, .name = { "Max", 3 } },
	{ .id = { "quill_9", 7 }, .name = { "removed", 7 } },
};

static struct archive *archive;
static struct diags diags = DIAGS_INIT;

static struct scrub *begin(void)
{
	struct scrub *s;

	archive_scrub_drop(archive);
	s = archive_scrub(archive);
	invariant(scrub_enter(s, STR("qa"), STR("1"), &diags) == 0);
	return s;
}

static void open_once(void)
{
	char *path;

	if (archive)
		return;
	fuzz_open();
	path = fsys_join(fuzz_dir, "scrub.db");
	invariant(archive_open(&archive, path, ARCHIVE_CREATE, &diags) == 0);
	free(path);
}

/* Its bytes are the body's, in order, but for marks and what is put around them. */
static void compare(struct str before, struct str after)
{
	static const char *const ours[] = { SCRUB_MARK, "<blockquote>", "</blockquote>",
					    "[quote]", "[/quote]", "> ", "\n" };
	size_t at = 0, i = 0;

	while (i < after.n) {
		size_t skip = 0;

		for (size_t k = 0; k < ARRAY_LEN(ours) && !skip; k++)
			if (str_starts(str_slice(after, i, after.n), str_of(ours[k])))
				skip = strlen(ours[k]);
		if (skip) {
			i += skip;
			continue;
		}
		while (at < before.n && before.p[at] != after.p[i])
			at++;
		invariant(at++ < before.n);
		i++;
	}
}

static struct str scrubbed(struct scrub *s, enum body_format format, struct str body,
			   struct arena *a)
{
	struct str out;

	invariant(scrub_body(s, format, body, a, &out, &diags) >= 0);
	invariant(utf8_valid(out));
	return out;
}

static void check(enum body_format format, struct str removed, struct str body)
{
	struct arena a = ARENA_INIT;
	struct scrub *s = begin();
	struct str once, url;

	invariant(scrub_learn_post(s, format, removed, &diags) == 0);
	for (size_t i = 0; i < ARRAY_LEN(authors); i++)
		invariant(scrub_learn_author(s, &authors[i], &diags) == 0);
	once = scrubbed(s, format, body, &a);
	compare(body, once);
	invariant(str_eq(scrubbed(s, format, once, &a), once));
	invariant(str_eq(scrubbed(begin(), format, body, &a), once));
	invariant(scrub_url(begin(), body, &a, &url, &diags) >= 0 && utf8_valid(url));
	arena_release(&a);
}

static void target(struct str in)
{
	struct buf whole = BUF_INIT;
	struct str body;

	if (!in.n || memchr(in.p, '\0', in.n))
		return;
	open_once();
	invariant(archive_begin(archive, &diags) == 0);
	utf8_add_repaired(&whole, str_slice(in, 1, in.n));
	body = buf_str(&whole);
	{
		struct str removed = str_split(&body, 1);

		check((enum body_format)((unsigned char)in.p[0] % 3), removed,
		      str_present(body) ? body : STR(""));
	}
	archive_rollback(archive);
	buf_release(&whole);
	fuzz_diags(&diags);
}
