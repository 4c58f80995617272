/* The files of a new site: templates with places for what the command line and the
 * archive say.  Which there are, and that they are written, is init.c's. */
#include "init-site.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "base/yamlw.h"
#include "init-texts.h"
#include "render/visible.h"

#include <inttypes.h>

/* More products than that, or with longer names, are not matched by them without being
 * asked: what is written here must load again. */
enum { MATCHES_MOST = 1000, NAME_MOST = 200, DATE = WHEN_DATE - 1 };

/* --- Templates --- */

struct slot {
	const char *name;
	struct buf text; /* owned: of {{name}} */
};

static void fill(struct buf *out, struct str text, const struct slot *slots, size_t n)
{
	while (text.n) {
		size_t at = str_find(text, STR("{{"));
		struct str behind = str_slice(text, at + 2, text.n);
		struct str name = str_slice(behind, 0, str_find(behind, STR("}}")));

		buf_addstr(out, str_slice(text, 0, at));
		for (size_t i = 0; i < n; i++)
			if (str_is(name, slots[i].name))
				buf_addstr(out, buf_str(&slots[i].text));
		text = str_slice(behind, name.n + 2, behind.n);
	}
}

static void release(struct slot *slots, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_release(&slots[i].text);
}

static struct str template_of(const unsigned char *bytes, size_t n)
{
	return str_make((const char *)bytes, n);
}

/* --- The example's dates --- */

/* The "2026-11-20" that begins there. */
static bool date_at(struct str text, size_t at, int64_t *day)
{
	struct str date = str_slice(text, at, at + DATE);

	return date.n == DATE && date.p[4] == '-' && date.p[7] == '-' && when_parse(date, day);
}

/* Days later, and nothing else changes: no example is ever old. */
static void add_later(struct buf *out, struct str text, int64_t days)
{
	char date[WHEN_DATE];
	int64_t t;

	for (size_t i = 0; i < text.n; i++) {
		if (!date_at(text, i, &t)) {
			buf_addc(out, text.p[i]);
			continue;
		}
		t += days * WHEN_DAY;
		when_format_date(t < WHEN_MIN ? WHEN_MIN : t > WHEN_MAX ? WHEN_MAX : t, date);
		buf_adds(out, date);
		i += DATE - 1;
	}
}

void init_example_jsonl(struct buf *out, const struct init_words *w)
{
	add_later(out, template_of(init_example, init_example_n), w->days);
}

/* --- People --- */

/* A flag isn't always right, and decides all the same. */
static const char staff_words[] =
	"# Your people. An account is a venue and the id that the venue gives it, never a name.\n"
	"# These are those whom the venue calls staff, the busiest first. Who of them doesn't speak\n"
	"# for you, a volunteer for example, gets `active: {to: 2000-01-01}`. Nobody is listed on a\n"
	"# page of their own without `consent:`, the day on which they agreed to that; `title:` stands\n"
	"# beside what they write.\n"
	"contributors:\n";
static const char others_words[] =
	"# Your people. An account is a venue and the id that the venue gives it, never a name. The\n"
	"# export doesn't say who they are, and before candor knows, nothing is shown. These are the\n"
	"# accounts that answered others most: take the # away before those that are yours, and before\n"
	"# `contributors:`, and add who is missing. Then run `candor analyze`.\n"
	"#contributors:\n";
static const char nobody_words[] =
	"# Your people. An account is a venue and the id that the venue gives it, never a name.\n"
	"#contributors:\n"
	"#  - name: Dana Reyes\n"
	"#    title: Support\n"
	"#    accounts: {forum: \"17\"}\n";

static void add_person(struct buf *out, struct init_person *p, const char *prefix,
		       struct arena *arena)
{
	struct str name = visible_excerpt(arena, p->name, NAME_MOST);

	buf_addf(out, "%s  - name: ", prefix);
	yamlw_text(out, str_trim(name).n ? name : p->id);
	buf_addf(out, "\n%s    accounts: {", prefix);
	yamlw_text(out, p->venue);
	buf_adds(out, ": ");
	yamlw_quoted(out, p->id);
	buf_addf(out, "}    # answers: %" PRIu64 "\n", p->answers);
}

static void add_people(struct buf *out, const struct init_survey *s)
{
	struct arena arena = ARENA_INIT;

	buf_adds(out, !s->people_n ? nobody_words : s->staff ? staff_words : others_words);
	for (size_t i = 0; i < s->people_n; i++)
		add_person(out, &s->people[i], s->staff ? "" : "#", &arena);
	arena_release(&arena);
}

void init_candor_yaml(struct buf *out, const struct init_words *w,
		      const struct init_survey *s)
{
	struct slot slots[] = {
		{ "company", BUF_INIT },  { "title", BUF_INIT }, { "url", BUF_INIT },
		{ "contact", BUF_INIT },  { "language", BUF_INIT }, { "theme", BUF_INIT },
		{ "contributors", BUF_INIT },
	};
	const struct str texts[] = { w->company, w->title,    w->url,
				     w->contact, w->language, w->theme };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		yamlw_text(&slots[i].text, texts[i]);
	if (w->example)
		add_later(&slots[ARRAY_LEN(texts)].text,
			  template_of(init_people, init_people_n), w->days);
	else
		add_people(&slots[ARRAY_LEN(texts)].text, s);
	fill(out, template_of(init_candor, init_candor_n), slots, ARRAY_LEN(slots));
	release(slots, ARRAY_LEN(slots));
}

/* --- Products --- */

static const char match_words[] =
	"\n# Which product a conversation is about, where the archive doesn't say so.\n"
	"match:\n";
static const char whole_words[] =
	"\n# Which product a conversation is about. So far all of them are about the only one.\n"
	"match:\n";

static void add_venues(struct buf *out, const struct init_survey *s)
{
	for (size_t i = 0; i < s->venues_n; i++) {
		buf_adds(out, i ? ", " : "");
		yamlw_text(out, s->venues[i].slug);
	}
}

/* Names without a letter are no phrases to look for. */
static bool has_word(struct str s)
{
	const char *at = s.p, *end = str_end(s);

	while (at < end) {
		uint32_t c = utf8_next(&at, end);

		if (c != UTF8_BAD && utf8_wordlike(c))
			return true;
	}
	return false;
}

static void add_match(struct buf *out, struct str slug, struct str name)
{
	buf_adds(out, "  - product: ");
	yamlw_text(out, slug);
	buf_adds(out, "\n    any: [{text: {any: [");
	yamlw_text(out, name);
	buf_adds(out, "]}}]\n");
}

static void add_matches(struct buf *out, const struct init_survey *s)
{
	struct arena arena = ARENA_INIT;
	size_t n = 0;

	for (size_t i = 0; i < s->products_n && n < MATCHES_MOST; i++) {
		const struct product *p = &s->products[i];
		struct str name = visible_line(&arena, p->name);

		if (s->linked[p->row] || name.n > NAME_MOST || !has_word(name))
			continue;
		if (n++ == 0)
			buf_adds(out, match_words);
		add_match(out, p->slug, name);
	}
	arena_release(&arena);
}

/* What else there could be, for who looks at the file next. */
static void add_tags(struct buf *out, const struct init_survey *s)
{
	if (!s->tags_n)
		return;
	buf_adds(out, "  # Tags that many have:");
	for (size_t i = 0; i < s->tags_n; i++) {
		buf_adds(out, i ? ", " : " ");
		yamlw_text(out, s->tags[i].name);
		buf_addf(out, " (%" PRIu64 ")", s->tags[i].threads);
	}
	buf_adds(out, ".\n  # Another product is a line of products.csv, which 'candor import products\n"
		      "  # products.csv' takes in again, and an entry such as\n"
		      "  #- product: SLUG\n  #  any: [{tag: ");
	yamlw_text(out, s->tags[0].name);
	buf_adds(out, "}, {text: {any: [NAME]}}]\n");
}

static void add_whole(struct buf *out, const struct init_survey *s)
{
	buf_adds(out, whole_words);
	buf_adds(out, "  - product: ");
	yamlw_text(out, s->products[0].slug);
	buf_adds(out, "\n    any: [{venue: [");
	add_venues(out, s);
	buf_adds(out, "]}]\n");
	add_tags(out, s);
}

void init_rules_yaml(struct buf *out, const struct init_words *w,
		     const struct init_survey *s)
{
	struct slot slots[] = { { "share", BUF_INIT }, { "match", BUF_INIT } };

	buf_addstr(&slots[0].text, w->share);
	(w->whole ? add_whole : add_matches)(&slots[1].text, s);
	fill(out, template_of(init_rules, init_rules_n), slots, ARRAY_LEN(slots));
	release(slots, ARRAY_LEN(slots));
}
