/* Ids, one a line: each makes a safe segment, and no two the same one. */
#include "target.h"

#include "render/paths.h"

enum { IDS_MAX = 64 };

static void check_segment(struct str s)
{
	invariant(s.n >= 1 && s.n <= PATH_SEGMENT_MAX);
	for (size_t i = 0; i < s.n; i++)
		invariant(strchr("abcdefghijklmnopqrstuvwxyz0123456789-", s.p[i]));
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
	struct buf segments[IDS_MAX];
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
	}
	for (size_t i = 0; i < n; i++)
		buf_release(&segments[i]);
}
