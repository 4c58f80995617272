/*
 * A page of a shop: its places lie in it, in order and apart, each between the two
 * comments that mark it; with the same in every place they are found again.
 */
#include "../../src/publish/place-markers.h"
#include "target.h"

static void check_spots(const struct spots *spots, struct str page)
{
	size_t at = 0;

	for (size_t i = 0; i < spots->n; i++) {
		const struct spot *s = &spots->items[i];

		size_t slug = (size_t)(s->slug.p - page.p);

		invariant(s->slug.n && at <= slug && slug + s->slug.n < s->from &&
			  s->from <= s->to);
		invariant(str_find(str_slice(page, at, slug), STR("<!--")) < slug - at);
		invariant(str_ends(str_slice(page, 0, s->from), STR("-->")));
		invariant(str_starts(str_slice(page, s->to, page.n), STR("<!--")));
		at = s->to;
	}
}

static void fill(struct buf *out, const struct spots *spots, struct str page)
{
	size_t at = 0;

	for (size_t i = 0; i < spots->n; i++) {
		buf_addstr(out, str_slice(page, at, spots->items[i].from));
		buf_addlit(out, "\n<p title=\"a\">b</p>\n");
		at = spots->items[i].to;
	}
	buf_addstr(out, str_slice(page, at, page.n));
}

static void target(struct str in)
{
	struct diags d = DIAGS_INIT;
	struct buf filled = BUF_INIT;
	struct spots spots, again;

	if (memchr(in.p, '\0', in.n))
		return;
	if (spots_find(&spots, "page.html", in, &d) == 0) {
		invariant(!diags_errors(&d));
		check_spots(&spots, in);
		fill(&filled, &spots, in);
		invariant(spots_find(&again, "page.html", buf_str(&filled), &d) == 0);
		invariant(again.n == spots.n);
		for (size_t i = 0; i < again.n; i++)
			invariant(str_eq(again.items[i].slug, spots.items[i].slug));
		spots_release(&again);
	} else {
		invariant(diags_errors(&d));
	}
	spots_release(&spots);
	buf_release(&filled);
	fuzz_diags(&d);
}
