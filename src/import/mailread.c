/* From the fields of a message to those of a post. */
#include "import/mailread.h"

#include "base/mem.h"
#include "base/sha256.h"
#include "base/when.h"
#include "import/mailbody.h"
#include "import/maildate.h"
#include "import/mailname.h"
#include "import/mime.h"

static const int64_t oldest = INT64_C(631152000); /* 1990-01-01 */

struct reading {
	struct arena *arena;
	struct mime mime;
	struct str address; /* the author's */
	struct mailread *out;
};

static struct str get(const struct reading *r, const char *name)
{
	return mime_get(&r->mime, name);
}

/* --- Hashes --- */

struct str mailread_hash(struct arena *a, struct str s)
{
	unsigned char digest[SHA256_SIZE];
	char hex[MAILREAD_ID + 1];

	sha256_of(s, digest);
	sha256_hex(digest, MAILREAD_ID / 2, hex);
	return arena_str(a, str_make(hex, MAILREAD_ID));
}

uint64_t mailread_number(struct str s)
{
	unsigned char digest[SHA256_SIZE];
	uint64_t n;

	sha256_of(s, digest);
	memcpy(&n, digest, sizeof(n));
	return n ? n : 1;
}

/* --- Date --- */

static bool find_date(struct reading *r, const struct mail *mail, int64_t now)
{
	struct str received = get(r, "Received"), last = received;
	const struct str fields[] = { get(r, "Date"), STR(""), STR("") };
	int64_t dates[] = { WHEN_NONE, mail->sent, WHEN_NONE };

	while (str_present(received))
		last = str_split(&received, ';');
	maildate_parse(fields[0], &dates[0]);
	maildate_parse(last, &dates[2]);
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		r->out->date = dates[i];
		if (dates[i] >= oldest && dates[i] <= now + WHEN_DAY)
			return true;
	}
	return false;
}

/* --- Author --- */

/* The name is still encoded. */
static struct str split_from(struct reading *r, const char *field, struct str *address)
{
	struct buf first = BUF_INIT, second = BUF_INIT;

	mailname_split(get(r, field), &first, &second);
	*address = buf_to_arena(&first, r->arena);
	return buf_to_arena(&second, r->arena);
}

static void unmask_author(struct reading *r)
{
	static const char *const fields[] = { "X-Original-From", "Reply-To", "Cc" };
	struct str name = r->out->name, address;
	size_t via = str_find(name, STR(" via "));

	if (via == name.n)
		return;
	r->out->name = str_slice(name, 0, via);
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		split_from(r, fields[i], &address);
		if (address.n && !str_eq(address, r->address)) {
			r->address = address;
			return;
		}
	}
	/* Nobody says: then by name. */
	r->address = STR("");
}

/* Never with an address; of one without a name the part before the @. */
static struct str shown_name(struct reading *r, struct str name, struct str address)
{
	struct buf shown = BUF_INIT;
	struct str s;

	mailname_add_hidden(&shown, name);
	s = mailname_unquoted(buf_str(&shown));
	s = arena_str(r->arena, s);
	buf_release(&shown);
	return s.n ? s : str_slice(address, 0, str_index(address, '@'));
}

/* Of the account.  Archives that cut addresses short give one to many. */
static struct str author_id(struct reading *r)
{
	struct str address = r->address, name = r->out->name;
	bool whole = str_index(address, '@') < address.n &&
		     str_find(address, STR("..")) == address.n;

	if (whole)
		return mailread_hash(r->arena, address);
	if (!address.n && !name.n)
		return STR("");
	return mailread_hash(r->arena, arena_printf(r->arena, "%.*s\n%.*s",
						    STR_ARG(address), STR_ARG(name)));
}

static void find_author(struct reading *r)
{
	const char *field = get(r, "From").n ? "From" : "Sender";
	struct str name = split_from(r, field, &r->address);

	r->out->name = mime_decode(r->arena, name);
	unmask_author(r);
	r->out->name = shown_name(r, r->out->name, r->address);
	r->out->author = author_id(r);
}

/* --- Ids --- */

struct str mailread_next_id(struct arena *a, struct str *field)
{
	for (;;) {
		size_t open = str_index(*field, '<'), n;

		*field = str_slice(*field, open + 1, field->n);
		n = str_index(*field, '>');
		if (n >= field->n)
			return STR_NONE;
		if (n) {
			struct str id = str_slice(*field, 0, n);

			*field = str_slice(*field, n + 1, field->n);
			return mailread_hash(a, id);
		}
	}
}

static void find_ids(struct reading *r)
{
	struct mailread *out = r->out;
	struct str field = get(r, "Message-ID");
	struct str what = arena_printf(r->arena, "%lld\n%.*s\n%.*s\n%.*s",
				       (long long)out->date, STR_ARG(r->address),
				       STR_ARG(out->name), STR_ARG(out->subject));

	out->same = mailread_number(what);
	out->references = get(r, "References");
	out->reply_to = get(r, "In-Reply-To");
	out->id = mailread_next_id(r->arena, &field);
	if (str_present(out->id))
		return;
	field = str_trim(get(r, "Message-ID"));
	if (!field.n)
		field = arena_printf(r->arena, "%.*s\n%.*s", STR_ARG(what),
				     STR_ARG(out->body));
	out->id = mailread_hash(r->arena, field);
}

/* --- The list --- */

/* "<https://...>" of a field, or absent. */
static struct str field_url(const struct reading *r, const char *name)
{
	static const bool no_url[256] = { [0 ... ' '] = true, ['<'] = true, ['>'] = true,
					  ['"'] = true };
	struct str s = str_trim(get(r, name));

	if (str_starts(s, STR("<")))
		s = str_slice(s, 1, str_index(s, '>'));
	if ((str_starts(s, STR("https://")) || str_starts(s, STR("http://"))) &&
	    str_until(s, no_url) == s.n)
		return s;
	return STR_NONE;
}

/* "Kettles <kettles.lists.acme.example>" */
static struct str list_name(struct reading *r)
{
	struct str id = get(r, "List-Id"), name;
	size_t open = str_index(id, '<');

	name = mime_decode(r->arena, str_slice(id, 0, open));
	name = shown_name(r, name, STR(""));
	if (name.n)
		return name;
	id = str_slice(id, open + 1, id.n);
	name = str_slice(id, 0, str_index(id, '.'));
	return name.n ? name : STR_NONE;
}

/* --- The text --- */

/* Who hides the @ of addresses as " at " does so in texts, too: written so that the
 * redaction of pages knows them. */
static void read_body(struct reading *r)
{
	struct buf body = BUF_INIT, marked = BUF_INIT;
	struct str from = get(r, "From");

	r->out->format = mailbody_read(&r->mime, &body);
	if (r->out->format == BODY_TEXT && str_index(from, '@') == from.n &&
	    str_find(from, STR(" at ")) < from.n) {
		mailname_add_marked(&marked, buf_str(&body));
		buf_release(&body);
		body = marked;
	}
	r->out->body = buf_to_arena(&body, r->arena);
}

const char *mailread(struct arena *a, const struct mail *mail, int64_t now,
		     struct mailread *out)
{
	struct reading r = { .arena = a, .out = out };

	*out = (struct mailread){ 0 };
	if (!mime_read(a, mail->text, &r.mime) || !r.mime.fields_n)
		return "no message: it has no header";
	if (!find_date(&r, mail, now))
		return "a message without a date that can be right";
	find_author(&r);
	out->subject = mime_decode(a, get(&r, "Subject"));
	read_body(&r);
	find_ids(&r);
	out->url = field_url(&r, "Archived-At");
	out->list_url = field_url(&r, "List-Archive");
	out->list_name = list_name(&r);
	return NULL;
}
