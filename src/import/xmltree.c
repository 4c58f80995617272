/* Records of XML as trees, out of the events of xmlstream.c.  What they mean is the
 * importers'. */
#include "import/xmltree.h"

#include "base/buf.h"

#include "base/instream.h"

#define MB ((size_t)1 << 20)

struct builder {
	struct xmltree *how;
	const char *path;
	struct diags *diags;
	struct xmlstream stream;

	struct arena around; /* what surrounds the records */
	struct arena arena;  /* the record's */
	struct buf text;     /* since the last tag */
	struct xmlnode *at;  /* the innermost open element, or NULL */
	struct xmlnode *record; /* the open one, or NULL */
	struct buf name;     /* of the element at hand */
	bool started;
	size_t room, room_around; /* bytes that may still be kept */
};

static struct arena *arena_of(struct builder *b)
{
	return b->record ? &b->arena : &b->around;
}

/* Takes n bytes of what may be kept. */
static int take_room(struct builder *b, size_t n, struct place where)
{
	size_t *room = b->record ? &b->room : &b->room_around;

	if (n <= *room) {
		*room -= n;
		return 0;
	}
	if (!b->record)
		return diag_add(b->diags, DIAG_TOO_LARGE, where,
				"more than %d MB around what is to be read", XMLTREE_AROUND_MB);
	return diag_add(b->diags, DIAG_TOO_LARGE, where, "a <%.*s> of more than %d MB",
			STR_ARG(b->record->local), XMLTREE_RECORD_MB);
}

/* --- Names --- */

static const char *prefix_of(const struct xmlspace *spaces, struct str space)
{
	static const char xml[] = "http://www.w3.org/XML/1998/namespace";

	if (!str_present(space))
		return "";
	if (str_is(space, xml))
		return "xml";
	for (const struct xmlspace *s = spaces; s->prefix; s++)
		if (str_is(space, s->uri) || (*s->prefix && str_is(space, s->prefix)))
			return s->prefix;
	return "?";
}

/* Valid until the next one. */
static struct str name_of(struct builder *b, struct str space, struct str local)
{
	const char *prefix = prefix_of(b->how->spaces, space);

	buf_reset(&b->name);
	if (*prefix)
		buf_addf(&b->name, "%s:", prefix);
	buf_addstr(&b->name, local);
	return buf_str(&b->name);
}

static bool among(struct str name, const char *const *names)
{
	for (; *names; names++)
		if (str_is(name, *names))
			return true;
	return false;
}

/* --- The tree --- */

static struct xmlnode *add_node(struct builder *b, struct place where)
{
	struct xmlnode *node = arena_new(arena_of(b), struct xmlnode);
	struct xmlnode *up = b->at;

	node->line = where.line;
	node->up = up;
	node->depth = up ? up->depth + 1 : 1;
	if (!up)
		return node;
	if (up->last)
		up->last->next = node;
	else
		up->first = node;
	up->last = node;
	return node;
}

/* The text since the last tag becomes a node. */
static int end_text(struct builder *b, struct place where)
{
	struct str text = buf_str(&b->text);
	bool kept = b->at && (b->record ? text.n : str_trim(text).n);
	struct xmlnode *node;

	if (kept && take_room(b, text.n + sizeof(*node), where) < 0)
		return -1;
	if (kept) {
		node = add_node(b, where);
		node->text = arena_str(arena_of(b), text);
	}
	buf_reset(&b->text);
	return 0;
}

static void name_node(struct builder *b, const struct xmlelement *e,
		      struct xmlnode *node)
{
	struct arena *arena = arena_of(b);
	struct xmlattr *attrs = arena_array(arena, struct xmlattr, e->attrs_n);

	node->name = arena_str(arena, name_of(b, e->space, e->name));
	node->local = str_slice(node->name, node->name.n - e->name.n, node->name.n);
	for (size_t i = 0; i < e->attrs_n; i++) {
		attrs[i].name = arena_str(arena, name_of(b, e->attrs[i].space,
							 e->attrs[i].name));
		attrs[i].value = arena_str(arena, e->attrs[i].value);
	}
	node->attrs = attrs;
	node->attrs_n = e->attrs_n;
}

static size_t size_of(const struct xmlelement *e)
{
	size_t n = sizeof(struct xmlnode) + e->name.n;

	for (size_t i = 0; i < e->attrs_n; i++)
		n += sizeof(struct xmlattr) + e->attrs[i].name.n + e->attrs[i].value.n;
	return n;
}

/* --- Records --- */

/* The open record never ended; what comes stands where it stood. */
static void cut_record(struct builder *b)
{
	b->how->cut++;
	b->at = b->record->up;
	b->record = NULL;
}

static int give_record(struct builder *b)
{
	const struct xmlrecord record = {
		.node = b->record,
		.where = place_line(b->path, b->record->line, 0),
		.arena = &b->arena,
	};

	b->record = NULL;
	return b->how->fn(b->how->ctx, &record);
}

static int check_root(struct builder *b, struct str name, struct place where)
{
	b->started = true;
	if (among(name, b->how->roots))
		return 0;
	if (str_starts(name, STR("?:"))) /* of a namespace that nobody looks for */
		name = str_slice(name, 2, name.n);
	return diag_add(b->diags, DIAG_SYNTAX, where, "not %s: it begins with <%.*s>",
			b->how->wanted, STR_ARG(name));
}

/* --- Events --- */

/* In a sound file a record within a record is a part of it. */
static bool begins_record(struct builder *b, struct str name)
{
	if (!among(name, b->how->records))
		return false;
	if (b->record && b->stream.breaches)
		cut_record(b);
	return !b->record;
}

/* It is no child of what surrounds it, which must not grow. */
static struct xmlnode *begin_record(struct builder *b, struct place where)
{
	arena_reset(&b->arena);
	b->room = XMLTREE_RECORD_MB * MB;
	b->record = arena_new(&b->arena, struct xmlnode);
	b->record->up = b->at;
	b->record->depth = b->at ? b->at->depth + 1 : 1;
	b->record->line = where.line;
	return b->record;
}

static int on_start(void *ctx, const struct xmlelement *e, struct place where)
{
	struct builder *b = ctx;
	struct str name = name_of(b, e->space, e->name);
	struct xmlnode *node;

	if (!b->started && check_root(b, name, where) < 0)
		return -1;
	if (end_text(b, where) < 0)
		return -1;
	node = begins_record(b, name) ? begin_record(b, where) : add_node(b, where);
	if (node->depth > XMLTREE_DEPTH)
		return diag_add(b->diags, DIAG_TOO_DEEP, where, "more than %d levels",
				XMLTREE_DEPTH);
	if (take_room(b, size_of(e), where) < 0)
		return -1;
	name_node(b, e, node);
	b->at = node;
	return 0;
}

static int on_end(void *ctx)
{
	struct builder *b = ctx;
	struct xmlnode *node = b->at;

	if (!node)
		return 0;
	if (end_text(b, place_line(b->path, node->line, 0)) < 0)
		return -1;
	b->at = node->up;
	return node == b->record ? give_record(b) : 0;
}

static int on_text(void *ctx, struct str text, struct place where)
{
	struct builder *b = ctx;

	buf_addstr(&b->text, text);
	if (b->text.n > XMLTREE_RECORD_MB * MB)
		return take_room(b, b->text.n, where);
	return 0;
}

int xmltree_read(struct xmltree *how, const char *path, struct diags *diags)
{
	static const struct xmlevents events = { on_start, on_end, on_text };
	struct builder b = {
		.how = how,
		.path = instream_name(path),
		.diags = diags,
		.stream = { .events = &events, .declared = true, .recover = how->recover },
		.around = ARENA_INIT,
		.arena = ARENA_INIT,
		.text = BUF_INIT,
		.name = BUF_INIT,
		.room_around = XMLTREE_AROUND_MB * MB,
	};
	int status;

	b.stream.ctx = &b;
	how->cut = 0;
	status = xmlstream_read(&b.stream, path, diags);
	how->cut += b.record != NULL;
	arena_release(&b.around);
	arena_release(&b.arena);
	buf_release(&b.text);
	buf_release(&b.name);
	return status;
}

/* Behind the declaration, instruction or comment that s begins with; s itself when it
 * begins with none. */
static struct str skip_prolog(struct str s)
{
	static const struct str ends[][2] = {
		{ { "<?", 2 }, { "?>", 2 } },
		{ { "<!--", 4 }, { "-->", 3 } },
	};

	for (size_t i = 0; i < 2; i++)
		if (str_starts(s, ends[i][0]))
			return str_slice(s, str_find(s, ends[i][1]) + ends[i][1].n, s.n);
	return s;
}

struct str xmltree_root(struct str head)
{
	size_t n = 0;

	if (str_starts(head, STR("\xef\xbb\xbf")))
		head = str_slice(head, 3, head.n);
	while (n != head.n) {
		n = head.n;
		head = str_trim(skip_prolog(str_trim(head)));
	}
	if (!str_starts(head, STR("<")))
		return STR_NONE;
	return str_slice(head, 1, str_index(head, '>'));
}

/* --- What is in a tree --- */

static const struct xmlnode *named(const struct xmlnode *node, struct str name)
{
	while (node && (!str_present(node->name) || !str_eq(node->name, name)))
		node = node->next;
	return node;
}

const struct xmlnode *xmlnode_child(const struct xmlnode *node, const char *name)
{
	return node ? named(node->first, str_of(name)) : NULL;
}

const struct xmlnode *xmlnode_again(const struct xmlnode *node)
{
	return named(node->next, node->name);
}

struct str xmlnode_attr(const struct xmlnode *node, const char *name)
{
	for (size_t i = 0; node && i < node->attrs_n; i++)
		if (str_is(node->attrs[i].name, name))
			return node->attrs[i].value;
	return STR_NONE;
}

/* No deeper than XMLTREE_DEPTH. */
static void add_text(struct buf *out, const struct xmlnode *node)
{
	if (!str_present(node->name))
		buf_addstr(out, node->text);
	for (const struct xmlnode *c = node->first; c; c = c->next)
		add_text(out, c);
}

struct str xmlnode_text(struct arena *arena, const struct xmlnode *node)
{
	struct buf text = BUF_INIT;
	struct str whole;

	if (!node)
		return STR_NONE;
	if (node->first && node->first == node->last && !str_present(node->first->name))
		return str_trim(node->first->text);
	add_text(&text, node);
	whole = str_trim(arena_str(arena, buf_str(&text)));
	buf_release(&text);
	return whole;
}

struct str xmlnode_first(struct arena *arena, const struct xmlnode *node,
			 const char *const *names)
{
	for (; *names; names++) {
		struct str text = xmlnode_text(arena, xmlnode_child(node, *names));

		if (text.n)
			return text;
	}
	return STR_NONE;
}
