/*
 * A page on its way through the preview: all that is in it stays there in its order, but
 * for the blanks and semicolons of a policy.
 */
#include "target.h"

#include "preview/page.h"

static bool may_go(char c)
{
	return c == ';' || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void target(struct str in)
{
	const struct page_extras extras = { .base = STR("http://127.0.0.1:4400/"),
					    .edition = STR("1"), .mark = STR("Draft") };
	struct buf out = BUF_INIT;
	const char *at;

	page_dress(&out, in, &extras);
	at = out.p;
	for (size_t i = 0; i < in.n; i++) {
		if (may_go(in.p[i]))
			continue;
		while (at < out.p + out.n && *at != in.p[i])
			at++;
		invariant(at < out.p + out.n);
		at++;
	}
	buf_release(&out);
}
