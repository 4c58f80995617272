/* What the company's accounts are called at its venues. */
#include "select/naming.h"

static int read_naming(struct namings *all, struct str venue, const struct ynode *node,
		       struct fields_ctx *ctx)
{
	struct naming *naming = &all->items[all->n++];

	*naming = (struct naming){ .venue = venue, .at = node->at, .n = node->n };
	return field_strs(node, &naming->globs, ctx);
}

int namings_read(const struct ynode *node, void *namings, struct fields_ctx *ctx)
{
	struct namings *all = namings;
	int result = 0;

	all->items = arena_array(ctx->arena, struct naming, node->count + 1);
	if (node->kind != Y_MAP)
		return read_naming(all, STR_NONE, node, ctx);
	for (const struct ynode *i = node->first; i; i = i->next)
		if (read_naming(all, i->key->text, i, ctx) < 0)
			result = -1;
	return result;
}

const struct naming *namings_find(const struct namings *all, struct str venue)
{
	for (size_t i = 0; i < all->n; i++)
		if (!str_present(all->items[i].venue) || str_eq(all->items[i].venue, venue))
			return &all->items[i];
	return NULL;
}

static bool continues(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Steps over what c stands for at *at, if it stands there. */
static bool step(struct str c, struct str name, size_t *at)
{
	if (*at >= name.n ||
	    (c.p[0] != '?' && !str_ieq(c, str_slice(name, *at, *at + 1))))
		return false;
	++*at;
	while (c.p[0] == '?' && *at < name.n && continues(name.p[*at]))
		++*at;
	return true;
}

/* Only the last '*' is ever tried again: what an earlier one took is as good as any. */
bool glob_matches(struct str glob, struct str name)
{
	size_t g = 0, at = 0, star = glob.n, from = 0;

	while (g < glob.n || at < name.n) {
		if (g < glob.n && glob.p[g] == '*') {
			star = g++;
			from = at;
		} else if (g < glob.n && step(str_slice(glob, g, g + 1), name, &at)) {
			g++;
		} else if (star < glob.n && from < name.n) {
			g = star + 1;
			at = ++from;
		} else {
			return false;
		}
	}
	return true;
}

bool naming_matches(const struct naming *naming, struct str name)
{
	for (size_t i = 0; i < naming->globs.n; i++)
		if (glob_matches(naming->globs.items[i], name))
			return true;
	return false;
}
