/* GMime, and the choice of what is to be read of a message.  What the fields and texts
 * mean is mbox.c's. */
#include "import/mime.h"

#include "base/buf.h"
#include "base/library.h"
#include "base/mem.h"
#include "import/charset.h"

#include <stdlib.h>

#ifdef HAVE_GMIME

#include <dlfcn.h>
#include <gmime/gmime.h>

/* What is called of it, and of the GLib below it. */
#define CALLS(X) \
	X(g_mime_init) X(g_mime_stream_mem_new_with_buffer) X(g_mime_stream_mem_new) \
	X(g_mime_stream_mem_get_byte_array) X(g_mime_parser_new_with_stream) \
	X(g_mime_parser_construct_message) X(g_mime_message_get_mime_part) \
	X(g_mime_object_get_header) \
	X(g_mime_object_get_header_list) X(g_mime_header_list_get_count) \
	X(g_mime_header_list_get_header_at) X(g_mime_header_get_name) \
	X(g_mime_header_get_raw_value) X(g_mime_object_get_content_type) \
	X(g_mime_content_type_get_media_type) X(g_mime_content_type_get_media_subtype) \
	X(g_mime_content_type_get_parameter) X(g_mime_object_get_disposition) \
	X(g_mime_part_get_filename) X(g_mime_part_get_content) \
	X(g_mime_data_wrapper_write_to_stream) X(g_mime_multipart_get_type) \
	X(g_mime_multipart_get_count) X(g_mime_multipart_get_part) X(g_mime_part_get_type) \
	X(g_mime_utils_header_decode_text) X(g_type_check_instance_is_a) \
	X(g_object_unref) X(g_free)

static struct {
#define X(name) __typeof__(&name) name;
	CALLS(X)
#undef X
} gmime;

static const char library[] = "libgmime-3.0.so.0";

static int missing(struct diags *diags)
{
	diag_add(diags, DIAG_NOT_FOUND, NO_PLACE, "no '%s', with which mail is read", library);
	diag_hint(diags, "install GMime 3 (Debian: libgmime-3.0-0)");
	return -1;
}

int mime_ready(struct diags *diags)
{
	void *opened;

	if (gmime.g_free)
		return 0;
	opened = dlopen(library, RTLD_NOW | RTLD_LOCAL);
	if (!opened)
		return missing(diags);
#define X(name) gmime.name = (__typeof__(gmime.name))dlsym(opened, #name);
	CALLS(X)
#undef X
#define X(name) && gmime.name
	if (!(true CALLS(X)))
		return missing(diags);
#undef X
	gmime.g_mime_init();
	return 0;
}

/* Where parts are taken to. */
struct reading {
	struct arena *arena;
	struct mime_text *texts; /* owned */
	struct str *attachments; /* owned */
	size_t texts_n, texts_cap, attachments_n, attachments_cap;
};

/* --- Parts --- */

/* Deeper ones are no mail, and every level costs at each line of those below. */
enum { DEPTH_MAX = 32 };

static bool is_multipart(GMimeObject *o)
{
	return gmime.g_type_check_instance_is_a((GTypeInstance *)o,
						gmime.g_mime_multipart_get_type());
}

/* An entity that holds bytes: no list of others, no message. */
static bool is_leaf(GMimeObject *o)
{
	return gmime.g_type_check_instance_is_a((GTypeInstance *)o,
						gmime.g_mime_part_get_type());
}

static struct str type_of(GMimeObject *o)
{
	GMimeContentType *type = gmime.g_mime_object_get_content_type(o);

	return str_of(type ? gmime.g_mime_content_type_get_media_type(type) : NULL);
}

static struct str subtype_of(GMimeObject *o)
{
	GMimeContentType *type = gmime.g_mime_object_get_content_type(o);

	return str_of(type ? gmime.g_mime_content_type_get_media_subtype(type) : NULL);
}

static struct str parameter_of(GMimeObject *o, const char *name)
{
	GMimeContentType *type = gmime.g_mime_object_get_content_type(o);

	return str_of(type ? gmime.g_mime_content_type_get_parameter(type, name) : NULL);
}

/* Whose type is none: RFC 2045, section 5.2, takes it for plain text. */
static bool is_untyped(GMimeObject *o)
{
	const char *type = gmime.g_mime_object_get_header(o, "Content-Type");

	return type && !strchr(type, '/');
}

/* One that is to be read, not kept as a file. */
static bool is_text(GMimeObject *o, const char *subtype)
{
	bool same = str_ieq(type_of(o), STR("text")) &&
		    str_ieq(subtype_of(o), str_of(subtype));

	if (is_untyped(o))
		same = strcmp(subtype, "plain") == 0;
	return same && is_leaf(o) &&
	       !str_ieq(str_of(gmime.g_mime_object_get_disposition(o)), STR("attachment"));
}

static struct str clean(struct arena *a, struct str label, struct str bytes)
{
	struct buf text = BUF_INIT, kept = BUF_INIT;
	struct str rest;

	charset_add(&text, label, bytes);
	for (rest = buf_str(&text); str_present(rest);)
		buf_addstr(&kept, str_split(&rest, '\0'));
	buf_release(&text);
	return buf_to_arena(&kept, a);
}

static void add_text(struct reading *r, GMimeObject *o, bool html)
{
	GMimeStream *to = gmime.g_mime_stream_mem_new();
	GMimeDataWrapper *content = gmime.g_mime_part_get_content((GMimePart *)o);
	GByteArray *bytes;
	struct str text = STR("");

	if (content)
		gmime.g_mime_data_wrapper_write_to_stream(content, to);
	bytes = gmime.g_mime_stream_mem_get_byte_array((GMimeStreamMem *)to);
	if (bytes && bytes->len)
		text = clean(r->arena, parameter_of(o, "charset"),
			     str_make((const char *)bytes->data, bytes->len));
	GROW(r->texts, r->texts_n, r->texts_cap);
	r->texts[r->texts_n++] = (struct mime_text){
		.text = text,
		.html = html,
		.flowed = !html && str_ieq(parameter_of(o, "format"), STR("flowed")),
		.delsp = str_ieq(parameter_of(o, "delsp"), STR("yes")),
	};
	gmime.g_object_unref(to);
}

static void add_attachment(struct reading *r, GMimeObject *o)
{
	struct str name = STR_NONE, subtype = subtype_of(o);

	if (str_ieq(subtype, STR("pgp-signature")) ||
	    str_ieq(subtype, STR("pkcs7-signature")) ||
	    str_ieq(subtype, STR("x-pkcs7-signature")))
		return;
	if (is_leaf(o))
		name = str_of(gmime.g_mime_part_get_filename((GMimePart *)o));
	if (!name.n)
		name = arena_printf(r->arena, "%.*s/%.*s", STR_ARG(type_of(o)),
				    STR_ARG(subtype));
	GROW(r->attachments, r->attachments_n, r->attachments_cap);
	r->attachments[r->attachments_n++] = clean(r->arena, STR_NONE, name);
}

static GMimeObject *child(GMimeObject *o, int i)
{
	return gmime.g_mime_multipart_get_part((GMimeMultipart *)o, i);
}

static int children(GMimeObject *o)
{
	return gmime.g_mime_multipart_get_count((GMimeMultipart *)o);
}

static bool holds_text(GMimeObject *o, const char *subtype, int depth)
{
	if (!is_multipart(o) || depth > DEPTH_MAX)
		return is_text(o, subtype);
	for (int i = 0; i < children(o); i++)
		if (holds_text(child(o, i), subtype, depth + 1))
			return true;
	return false;
}

/* The alternative to read: plain text, else HTML, else the one that the sender likes
 * best, the last one. */
static int best_alternative(GMimeObject *o, int depth)
{
	static const char *const subtypes[] = { "plain", "html" };
	int n = children(o);

	for (size_t s = 0; s < ARRAY_LEN(subtypes); s++)
		for (int i = 0; i < n; i++)
			if (holds_text(child(o, i), subtypes[s], depth))
				return i;
	return n - 1;
}

/* Of a multipart that shows its parts inside a text: pictures, not files. */
static bool is_inside(GMimeObject *parent, GMimeObject *o)
{
	return str_ieq(subtype_of(parent), STR("related")) &&
	       !str_ieq(str_of(gmime.g_mime_object_get_disposition(o)), STR("attachment"));
}

/* readable: its texts are wanted, not only its files. */
static void read_part(struct reading *r, GMimeObject *o, bool readable, int depth)
{
	bool plain = is_text(o, "plain"), html = is_text(o, "html");
	int best = -1, n;

	if (!is_multipart(o) || depth > DEPTH_MAX) {
		if ((plain || html) && readable)
			add_text(r, o, html);
		else if (!plain && !html)
			add_attachment(r, o);
		return;
	}
	if (str_ieq(subtype_of(o), STR("alternative")))
		best = best_alternative(o, depth + 1);
	n = children(o);
	for (int i = 0; i < n; i++)
		if (is_multipart(child(o, i)) || i == 0 || !is_inside(o, child(o, i)))
			read_part(r, child(o, i), readable && (best < 0 || i == best),
				  depth + 1);
}

/* --- Messages --- */

/* On one line: folding put a line end before a blank (RFC 5322, section 2.2.3). */
static struct str unfold(struct arena *a, const char *value)
{
	struct buf line = BUF_INIT;
	struct str text;

	for (const char *at = value; at && *at; at++)
		if (*at != '\n' && *at != '\r')
			buf_addc(&line, *at == '\t' ? ' ' : *at);
	text = clean(a, STR_NONE, str_trim(buf_str(&line)));
	buf_release(&line);
	return text;
}

static void read_fields(struct arena *a, GMimeObject *message, struct mime *out)
{
	GMimeHeaderList *list = gmime.g_mime_object_get_header_list(message);
	int n = gmime.g_mime_header_list_get_count(list);

	out->fields = arena_array(a, struct mime_field, (size_t)n);
	for (int i = 0; i < n; i++) {
		GMimeHeader *h = gmime.g_mime_header_list_get_header_at(list, i);

		out->fields[out->fields_n++] = (struct mime_field){
			.name = arena_str(a, str_of(gmime.g_mime_header_get_name(h))),
			.value = unfold(a, gmime.g_mime_header_get_raw_value(h)),
		};
	}
}

static void read_body(struct arena *a, GMimeObject *body, struct mime *out)
{
	struct reading r = { .arena = a };

	if (body)
		read_part(&r, body, true, 0);
	out->texts = arena_array(a, struct mime_text, r.texts_n);
	out->attachments = arena_array(a, struct str, r.attachments_n);
	out->texts_n = r.texts_n;
	out->attachments_n = r.attachments_n;
	for (size_t i = 0; i < r.texts_n; i++)
		out->texts[i] = r.texts[i];
	for (size_t i = 0; i < r.attachments_n; i++)
		out->attachments[i] = r.attachments[i];
	free(r.texts);
	free(r.attachments);
}

bool mime_read(struct arena *a, struct str message, struct mime *out)
{
	GMimeStream *stream = gmime.g_mime_stream_mem_new_with_buffer(message.p, message.n);
	GMimeParser *parser = gmime.g_mime_parser_new_with_stream(stream);
	GMimeMessage *read = gmime.g_mime_parser_construct_message(parser, NULL);

	*out = (struct mime){ 0 };
	if (read) {
		read_fields(a, (GMimeObject *)read, out);
		read_body(a, gmime.g_mime_message_get_mime_part(read), out);
		gmime.g_object_unref(read);
	}
	gmime.g_object_unref(parser);
	gmime.g_object_unref(stream);
	return read != NULL;
}

struct str mime_decode(struct arena *a, struct str value)
{
	char *in = xmemdup0(str_present(value) ? value.p : "", value.n);
	char *decoded = gmime.g_mime_utils_header_decode_text(NULL, in);
	struct str text = clean(a, STR_NONE, str_trim(str_of(decoded ? decoded : "")));

	gmime.g_free(decoded);
	free(in);
	return text;
}

void library_gmime(struct buf *out)
{
	static const char *const parts[] = { "gmime_major_version", "gmime_minor_version",
					     "gmime_micro_version" };
	void *opened = dlopen(library, RTLD_NOW | RTLD_LOCAL);

	if (!opened)
		buf_adds(out, "not installed");
	for (size_t i = 0; opened && i < ARRAY_LEN(parts); i++) {
		const guint *part = dlsym(opened, parts[i]);

		buf_addf(out, "%s%u", i ? "." : "", part ? *part : 0);
	}
}

#else

void library_gmime(struct buf *out)
{
	buf_adds(out, "not built in");
}

int mime_ready(struct diags *diags)
{
	diag_add(diags, DIAG_NOT_FOUND, NO_PLACE, "built without GMime, which mail needs");
	diag_hint(diags, "install GMime 3 (Debian: libgmime-3.0-dev) and build again");
	return -1;
}

bool mime_read(struct arena *a, struct str message, struct mime *out)
{
	(void)a;
	(void)message;
	*out = (struct mime){ 0 };
	return false;
}

struct str mime_decode(struct arena *a, struct str value)
{
	return arena_str(a, value);
}

#endif

struct str mime_get(const struct mime *m, const char *name)
{
	for (size_t i = 0; i < m->fields_n; i++)
		if (str_ieq(m->fields[i].name, str_of(name)))
			return m->fields[i].value;
	return STR_NONE;
}
