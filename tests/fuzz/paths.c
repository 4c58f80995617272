/*
 * Ids, one a line: each makes a safe segment, no two the same path, and the
 * link from one's page to the next one's leads there.
 */
#include "target.h"

#include "render/paths.h"

enum { IDS_MAX = 64 };

static void check_segment(struct str s)
{
	invariant(s.n >= 1 && s.n <= PATH_SEGMENT_MAX);
	for (size_t i = 0; i < s.n; i++)
		invariant(strchr("abcdefghijklmnopqrstuvwxyz0123456789-", s.p[i]));
}

/* Where a browser goes from the page `from`; appended to out. */
static void follow(struct str from, struct str link, struct buf *out)
{
	while (from.n && from.p[from.n - 1] != '/')
		from.n--;
	buf_addstr(out, from);
	while (str_present(link)) {
		struct str part = str_split(&link, '/');

		if (str_is(part, "..")) {
			invariant(out->n);
			buf_cut(out, out->n - 1);
			while (out->n && out->p[out->n - 1] != '/')
				buf_cut(out, out->n - 1);
		} else if (!str_is(part, ".")) {
			buf_addstr(out, part);
			if (str_present(link))
				buf_addc(out, '/');
		}
	}
}

static void check_link(struct str from, struct str to)
{
	struct buf link = BUF_INIT, there = BUF_INIT;

	path_relative(&link, from, to);
	invariant(link.n && link.p[0] != '/');
	follow(from, buf_str(&link), &there);
	invariant(str_eq(buf_str(&there), to));
	buf_release(&link);
	buf_release(&there);
}

static size_t split_ids(struct str in, struct str *ids)
{
	size_t n = 0;

	while (str_present(in) && n < IDS_MAX) {
		struct str id = str_split(&in, '\n');
		bool known = false;

		for (size_t i = 0; i < n; i++)
			known |= str_eq(ids[i], id);
		if (!known && id.n)
			ids[n++] = id;
	}
	return n;
}

static void target(struct str in)
{
	struct buf segments[IDS_MAX], from = BUF_INIT, to = BUF_INIT;
	bool clash[IDS_MAX] = { false };
	struct str ids[IDS_MAX] = { { NULL, 0 } };
	size_t n = split_ids(in, ids);

	path_clashes(ids, n, clash);
	for (size_t i = 0; i < n; i++) {
		buf_init(&segments[i]);
		(clash[i] ? path_segment_long : path_segment)(&segments[i], ids[i]);
		check_segment(buf_str(&segments[i]));
		for (size_t k = 0; k < i; k++)
			invariant(!str_eq(buf_str(&segments[k]), buf_str(&segments[i])));
		buf_reset(&to);
		thread_path(&to, i % 2 ? STR("forum") : STR("tracker"), ids[i]);
		check_link(buf_str(&from), buf_str(&to));
		check_link(buf_str(&to), buf_str(&from));
		check_link(buf_str(&to), STR(PATH_FEED));
		buf_reset(&from);
		buf_addstr(&from, buf_str(&to));
	}
	for (size_t i = 0; i < n; i++)
		buf_release(&segments[i]);
	buf_release(&from);
	buf_release(&to);
}
