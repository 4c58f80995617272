/*
 * candor.yaml: what each key comes to, the defaults that four lines leave, that
 * each mistake is named at its place, and who of the company an account is.
 */
#include "select/config.h"

#include "said.h"

#include "base/mem.h"
#include "base/when.h"
#include "publish/stage.h"
#include "select/select.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#define LEAST \
	"company: Acme\n" \
	"title: Acme in the open\n" \
	"url: https://open.acme.example\n" \
	"contact: mailto:open@acme.example\n"

static int load(struct config *c, const char *text, struct diags *diags)
{
	char path[] = "/tmp/candor-config-XXXXXX";
	int fd = mkstemp(path), result;

	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	result = config_load(c, path, diags);
	unlink(path);
	return result;
}

static void load_good(struct config *c, const char *text)
{
	struct diags diags = DIAGS_INIT;

	assert_int_equal(load(c, text, &diags), 0);
	assert_int_equal(diags.n, 0);
}

static void assert_mistakes(const char *text, const char *expected)
{
	struct diags diags = DIAGS_INIT;
	struct buf b = BUF_INIT;
	struct config c;

	assert_int_equal(load(&c, text, &diags), -1);
	said(&b, &diags);
	assert_string_equal(b.p, expected);
	assert_int_equal(diags_status(&diags, false), 1);
	config_release(&c);
	buf_release(&b);
	diags_release(&diags);
}

static void four_lines_are_enough(void **state)
{
	struct config c;

	(void)state;
	load_good(&c, LEAST);
	assert_true(str_is(c.company, "Acme"));
	assert_true(str_is(c.url, "https://open.acme.example/"));
	assert_true(str_is(c.archive, "archive.db"));
	assert_true(str_is(c.rules, "rules.yaml"));
	assert_true(str_is(c.theme, "default"));
	assert_true(str_is(c.content, "content"));
	assert_true(str_is(c.output, "public"));
	assert_false(str_present(c.product_pages));
	assert_true(str_is(c.language, "en"));
	assert_int_equal(c.publish, PUBLISH_EXCHANGE);
	assert_int_equal(c.thread_pages, THREAD_PAGES_ELIGIBLE);
	assert_int_equal(c.contributors_n, 0);
	assert_int_equal(c.fragment.css, FRAGMENT_LINK);
	assert_int_equal(c.fragment.heading, 2);
	config_release(&c);
}

static void every_key_is_read(void **state)
{
	struct config c;

	(void)state;
	load_good(&c, LEAST
		"archive: data/a.db\n"
		"product_pages: shop/pages\n"
		"language: pt-BR\n"
		"publish: files\n"
		"thread_pages: shown\n"
		"fragment: {css: inline, heading: 4}\n"
		"contributors:\n"
		"  - name: Dana Reyes\n"
		"    title: Support\n"
		"    accounts: {forum: u17, qa: [12, 40]}\n"
		"    slug: dana\n"
		"    about: >-\n"
		"      I answer.\n"
		"      Mostly.\n"
		"    consent: 2026-02-01\n"
		"    until: 2028-02-01\n"
		"  - {name: Lin, accounts: {forum: u9}}\n");
	assert_true(str_is(c.archive, "data/a.db"));
	assert_true(str_is(c.product_pages, "shop/pages"));
	assert_true(str_is(c.language, "pt-BR"));
	assert_int_equal(c.publish, PUBLISH_FILES);
	assert_int_equal(c.thread_pages, THREAD_PAGES_SHOWN);
	assert_int_equal(c.fragment.css, FRAGMENT_INLINE);
	assert_int_equal(c.fragment.heading, 4);
	assert_int_equal(c.contributors_n, 2);
	assert_true(str_is(contributor_title(&c.contributors[0], 0), "Support"));
	assert_true(str_is(c.contributors[0].slug, "dana"));
	assert_true(str_is(c.contributors[0].about, "I answer. Mostly."));
	assert_true(str_is(c.contributors[1].slug, "lin"));
	assert_int_equal(c.contributors[0].accounts.n, 3);
	assert_true(str_is(c.contributors[0].accounts.items[2].venue, "qa"));
	assert_true(str_is(c.contributors[0].accounts.items[2].id, "40"));
	assert_int_equal(when_day(c.contributors[0].until) -
			 when_day(c.contributors[0].consent), 730);
	assert_true(c.contributors[1].consent == WHEN_NONE);
	assert_false(str_present(contributor_title(&c.contributors[1], 0)));
	config_release(&c);
}

static void required_and_unknown_keys(void **state)
{
	(void)state;
	assert_mistakes("",
			"1:1 missing-key: missing key 'company'\n"
			"1:1 missing-key: missing key 'title'\n"
			"1:1 missing-key: missing key 'url'\n"
			"1:1 missing-key: missing key 'contact'\n");
	assert_mistakes(LEAST "tittle: x\nscenarios: []\nredact: []\n",
			"5:1 unknown-key: unknown key 'tittle' (did you mean 'title'?)\n"
			"6:1 unknown-key: unknown key 'scenarios'\n"
			"7:1 unknown-key: unknown key 'redact'\n");
	assert_mistakes(LEAST "fragment: {css: inlin, heading: 1, style: x}\n",
			"5:17 bad-value: 'inlin' is no value of 'css' (did you mean 'inline'?)\n"
			"5:33 bad-value: 1 is not between 2 and 5\n"
			"5:36 unknown-key: unknown key 'style' in 'fragment'\n");
	assert_mistakes(LEAST "publish: exchnage\nthread_pages: all\n",
			"5:10 bad-value: 'exchnage' is no value of 'publish' "
			"(did you mean 'exchange'?)\n"
			"6:15 bad-value: 'all' is no value of 'thread_pages' "
			"(one of: eligible, shown)\n");
}

static void addresses(void **state)
{
	static const char *const bad[] = {
		"ftp://a.example/", "open.acme.example", "https://", "https:///x",
		"https://a.example/?q=1", "https://a.example/#top", "'https://a b/'",
		"'https://a\"b/'", "javascript:alert(1)", "//a.example/",
		"https://me@a.example/",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct diags diags = DIAGS_INIT;
		struct buf text = BUF_INIT;
		struct config c;

		buf_addf(&text, "company: A\ntitle: B\ncontact: mailto:a@b.example\nurl: %s\n",
			 bad[i]);
		assert_int_equal(load(&c, text.p, &diags), -1);
		assert_int_equal(diags.n, 1);
		assert_int_equal(diags.items[0].id, DIAG_BAD_VALUE);
		assert_int_equal(diags.items[0].line, 4);
		config_release(&c);
		diags_release(&diags);
		buf_release(&text);
	}
	assert_mistakes("company: A\ntitle: B\nurl: acme.example\ncontact: open@acme.example\n",
			"3:6 bad-value: 'acme.example' is not the address of a site (a full "
			"address without query or fragment, such as "
			"https://open.acme.example/)\n"
			"4:10 bad-value: 'open@acme.example' is not an address to report "
			"problems to (mailto:open@acme.example or the https:// address of a "
			"form)\n");
	assert_mistakes("company: A\ntitle: B\nurl: http://a.example/b\ncontact: 'mailto:@'\n",
			"4:10 bad-value: 'mailto:@' is not an address to report problems to "
			"(mailto:open@acme.example or the https:// address of a form)\n");
}

static void contact_may_be_a_form(void **state)
{
	struct config c;

	(void)state;
	load_good(&c, "company: A\ntitle: B\nurl: http://a.example/b\n"
		      "contact: https://a.example/report?about=open#form\n");
	assert_true(str_is(c.url, "http://a.example/b/"));
	config_release(&c);
}

static void languages(void **state)
{
	static const char *const bad[] = { "e", "en_GB", "languages", "1a",
					   "en-", "'en '", "en-abcdefghi" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct buf text = BUF_INIT;
		struct diags diags = DIAGS_INIT;
		struct config c;

		buf_addf(&text, LEAST "language: %s\n", bad[i]);
		assert_int_equal(load(&c, text.p, &diags), -1);
		assert_int_equal(diags.items[0].line, 5);
		config_release(&c);
		diags_release(&diags);
		buf_release(&text);
	}
	assert_mistakes(LEAST "language: en_GB\n",
			"5:11 bad-value: 'en_GB' is not a language tag "
			"(a tag such as en, de or pt-BR)\n");
}

static void mistakes_about_people(void **state)
{
	(void)state;
	assert_mistakes(LEAST "contributors: Dana\n",
			"5:15 bad-value: expected a list of people, found 'Dana'\n");
	assert_mistakes(LEAST "contributors:\n- {name: Dana, accounts: u17}\n- {title: x}\n",
			"6:26 bad-value: expected a mapping from venues to account ids, "
			"found 'u17'\n"
			"7:3 missing-key: missing key 'name' in 'contributors'\n"
			"7:3 missing-key: missing key 'accounts' in 'contributors'\n");
	assert_mistakes(LEAST "contributors:\n"
			      "- name: Dana\n"
			      "  accounts: {forum: u17}\n"
			      "  consent: 2026-02-01\n"
			      "  until: 2026-01-31\n",
			"9:10 bad-value: 'until' is before 'consent' for 'Dana'\n");
	assert_mistakes(LEAST "contributors:\n"
			      "- {name: Dana, accounts: {forum: u17}}\n"
			      "- {name: Lin, accounts: {forum: [u9, u17]}}\n",
			"7:38 bad-value: the account 'u17' at 'forum' is listed twice "
			"(it is listed for 'Dana' already; an account is one person's)\n");
}

static void patterns_are_a_file(void **state)
{
	struct config c;

	(void)state;
	load_good(&c, LEAST);
	assert_int_equal(c.patterns.file.n, 0);
	config_release(&c);
	load_good(&c, LEAST "patterns: own.yaml\n");
	assert_true(str_is(c.patterns.file, "own.yaml") && !c.patterns.replace);
	config_release(&c);
	load_good(&c, LEAST "patterns: {file: own.yaml, replace: true}\n");
	assert_true(str_is(c.patterns.file, "own.yaml") && c.patterns.replace);
	config_release(&c);
	assert_mistakes(LEAST "patterns: [own.yaml]\n",
			"5:11 bad-value: expected a mapping, found a list\n");
	assert_mistakes(LEAST "patterns: {replace: true}\n",
			"5:1 missing-key: missing key 'file' in 'patterns'\n");
}

static void shared_accounts_are_nobody_s_own(void **state)
{
	(void)state;
	assert_mistakes(LEAST "shared_accounts: u8\n",
			"5:18 bad-value: expected a mapping from venues to account ids, "
			"found 'u8'\n");
	assert_mistakes(LEAST "shared_accounts: {forum: [u8, u17, u8]}\n"
			      "contributors: [{name: Dana, accounts: {forum: u17}}]\n",
			"6:47 bad-value: the account 'u17' at 'forum' is listed twice "
			"(it is listed under 'shared_accounts' already)\n"
			"5:36 bad-value: the account 'u8' at 'forum' is listed twice "
			"(it is listed under 'shared_accounts' already)\n");
}

#define PERSON LEAST "contributors:\n- name: Dana\n  accounts: {forum: u17}\n"

static void mistakes_about_titles(void **state)
{
	(void)state;
	assert_mistakes(PERSON "  title: {from: 2023-01-01, title: Support}\n",
			"8:10 bad-value: expected a title or a list of titles, "
			"found a mapping\n");
	assert_mistakes(PERSON "  title: []\n",
			"8:10 bad-value: expected a title or a list of titles, "
			"found a list\n");
	assert_mistakes(PERSON "  title: [Support]\n",
			"8:11 bad-value: expected a mapping, found 'Support'\n");
	assert_mistakes(PERSON "  title: [{from: soon, titel: Support}]\n",
			"8:18 bad-value: expected a date like 2026-11-22 or a time like "
			"2026-11-22T07:30:00Z, found 'soon'\n"
			"8:24 unknown-key: unknown key 'titel' in 'title' "
			"(did you mean 'title'?)\n"
			"8:11 missing-key: missing key 'title' in 'title'\n");
	assert_mistakes(PERSON "  title: [{title: Support}, {title: Head of support}]\n",
			"8:29 missing-key: missing key 'from' in 'title' "
			"(only the first may go without)\n");
	assert_mistakes(PERSON "  title:\n"
			       "  - {from: 2025-06-01, title: Support}\n"
			       "  - {from: 2025-06-01, title: Head of support}\n",
			"10:12 bad-value: the title 'Head of support' does not begin after "
			"the one above it (the oldest comes first)\n");
}

static void mistakes_about_periods(void **state)
{
	(void)state;
	assert_mistakes(PERSON "  active:\n",
			"8:10 bad-value: expected a period or a list of periods, "
			"found nothing\n");
	assert_mistakes(PERSON "  active: []\n",
			"8:11 bad-value: expected a period or a list of periods, "
			"found a list\n");
	assert_mistakes(PERSON "  active: {}\n",
			"8:11 bad-value: a period has a 'from', a 'to' or both (who always "
			"speaks for the company needs no 'active')\n");
	assert_mistakes(PERSON "  active: {from: 2025-06-30, to: 2024-01-01}\n",
			"8:34 bad-value: 'to' is not after 'from'\n");
	assert_mistakes(PERSON "  active: {from: 2025-06-30, to: 2025-06-30}\n",
			"8:34 bad-value: 'to' is not after 'from'\n");
	assert_mistakes(PERSON "  active: {from: 2025-06-30, till: 2025-06-30}\n",
			"8:30 unknown-key: unknown key 'till' in 'active'\n");
	assert_mistakes(PERSON "  active: [{to: 2024-01-01}, {to: 2025-01-01}]\n",
			"8:30 missing-key: missing key 'from' in 'active' "
			"(only the first may go without)\n");
#define OVERLAP \
	"bad-value: the period begins before the one above it ends (the oldest comes " \
	"first; 'to' is the first day behind it)\n"
	assert_mistakes(PERSON "  active: [{to: 2024-01-02}, {from: 2024-01-01}]\n",
			"8:37 " OVERLAP);
	assert_mistakes(PERSON "  active: [{from: 2024-01-02}, {from: 2025-01-01}]\n",
			"8:39 " OVERLAP);
	assert_mistakes(PERSON "  active:\n"
			       "  - {from: 2024-01-01, to: 2025-01-01}\n"
			       "  - {from: 2022-01-01, to: 2023-01-01}\n",
			"10:12 " OVERLAP);
}

static int64_t at(const char *time)
{
	int64_t t;

	assert_true(when_parse(str_of(time), &t));
	return t;
}

/* The first instant of 'from' is in, that of 'to' is out. */
static void people_come_and_go(void **state)
{
	static const struct author dana = { .id = { "u17", 3 }, .staff = true };
	struct roster *r;
	struct config c;

	(void)state;
	load_good(&c, PERSON "  active:\n"
			     "  - {to: 2023-01-01}\n"
			     "  - {from: 2024-01-01, to: 2024-06-30T12:00:00Z}\n"
			     "  - {from: 2024-06-30T12:00:01Z}\n");
	r = roster_new(&c);
#define FIND(time) roster_find(r, STR("forum"), &dana, at(time))
	assert_int_equal(FIND("0001-01-01"), 0);
	assert_int_equal(FIND("2022-12-31T23:59:59Z"), 0);
	/* Whatever the venue calls a listed account. */
	assert_int_equal(FIND("2023-01-01"), ROSTER_NONE);
	assert_int_equal(FIND("2023-12-31T23:59:59Z"), ROSTER_NONE);
	assert_int_equal(FIND("2024-01-01"), 0);
	assert_int_equal(FIND("2024-06-30T11:59:59Z"), 0);
	assert_int_equal(FIND("2024-06-30T12:00:00Z"), ROSTER_NONE);
	assert_int_equal(FIND("2024-06-30T12:00:01Z"), 0);
	assert_int_equal(FIND("9999-12-31T23:59:58Z"), 0);
	assert_int_equal(roster_whose(r, STR("forum"), &dana), 0);
	roster_free(r);
	config_release(&c);
}

static void titles_change(void **state)
{
	struct config c;
	const struct contributor *p;

	(void)state;
	load_good(&c, PERSON "  title:\n"
			     "  - {title: Trainee}\n"
			     "  - {from: 2023-01-01, title: Support}\n"
			     "  - {from: 2025-06-01, title: Head of support}\n"
			     "- {name: Lin, accounts: {}, title: [{from: 2023-01-01, title: Parts}]}\n");
	p = c.contributors;
	assert_true(str_is(contributor_title(p, at("0001-01-01")), "Trainee"));
	assert_true(str_is(contributor_title(p, at("2022-12-31T23:59:59Z")), "Trainee"));
	assert_true(str_is(contributor_title(p, at("2023-01-01")), "Support"));
	assert_true(str_is(contributor_title(p, at("2025-05-31")), "Support"));
	assert_true(str_is(contributor_title(p, at("2026-01-01")), "Head of support"));
	assert_false(str_present(contributor_title(p + 1, at("2022-12-31"))));
	assert_true(str_is(contributor_title(p + 1, at("2023-01-01")), "Parts"));
	config_release(&c);
}

static void naming_by_venue(void **state)
{
	struct config c;

	(void)state;
	load_good(&c, LEAST "contributors_named: '*-acme'\n");
	assert_true(naming_matches(namings_find(&c.named, STR("forum")), STR("dana-ACME")));
	config_release(&c);
	load_good(&c, LEAST "contributors_named: {forum: ['*-acme', 'acme *'], qa: acme-*}\n");
	assert_true(naming_matches(namings_find(&c.named, STR("forum")), STR("Acme Dana")));
	assert_false(naming_matches(namings_find(&c.named, STR("qa")), STR("Acme Dana")));
	assert_null(namings_find(&c.named, STR("tracker")));
	config_release(&c);
	assert_mistakes(LEAST "contributors_named: {forum: {a: b}, qa: ''}\n",
			"5:29 bad-value: expected text or a list of texts, found a mapping\n"
			"5:41 bad-value: expected text, found ''\n");
}

static void file_must_be_there(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct config c;

	(void)state;
	assert_int_equal(config_load(&c, "/nowhere/candor.yaml", &diags), -1);
	assert_int_equal(diags.items[0].id, DIAG_NOT_FOUND);
	config_release(&c);
	diags_release(&diags);
}

static void roster_knows_accounts(void **state)
{
	static const struct author dana = { .id = { "u17", 3 } };
	static const struct author staff = { .id = { "u1", 2 }, .staff = true };
	static const struct author listed_staff = { .id = { "u9", 2 }, .staff = true };
	static const struct author customer = { .id = { "u2", 2 }, .name = { "Dana", 4 } };
	static const struct author shared = { .id = { "u8", 2 } };
	struct roster *r;
	struct config c;

	(void)state;
	load_good(&c, LEAST "contributors:\n"
			    "- {name: Dana, accounts: {forum: u17, qa: 5}}\n"
			    "- {name: Lin, accounts: {forum: u9}}\n"
			    "shared_accounts: {forum: u8}\n");
	r = roster_new(&c);
	assert_int_equal(roster_find(r, STR("forum"), &shared, 0), ROSTER_STAFF);
	assert_int_equal(roster_find(r, STR("qa"), &shared, 0), ROSTER_NONE);
	assert_int_equal(roster_find(r, STR("forum"), &dana, 0), 0);
	assert_int_equal(roster_find(r, STR("qa"), &dana, 0), ROSTER_NONE);
	assert_int_equal(roster_find(r, STR("forum"), &listed_staff, 0), 1);
	assert_int_equal(roster_find(r, STR("forum"), &staff, 0), ROSTER_STAFF);
	assert_int_equal(roster_find(r, STR("forum"), &customer, 0), ROSTER_NONE);
	roster_free(r);
	config_release(&c);
	load_good(&c, LEAST);
	r = roster_new(&c);
	assert_int_equal(roster_find(r, STR("forum"), &staff, 0), ROSTER_STAFF);
	assert_int_equal(roster_find(r, STR("forum"), &dana, 0), ROSTER_NONE);
	roster_free(r);
	config_release(&c);
}

/* Who hasn't agreed has no page, so no slug of theirs is in anybody's way. */
static void slugs_are_made_of_names(void **state)
{
	struct config c;

	(void)state;
	load_good(&c, LEAST
		"contributors:\n"
		"  - {name: Aoife Ni Bhriain, accounts: {f: a}, consent: 2026-02-01}\n"
		"  - {name: Aoife ni-Bhriain, accounts: {f: b}}\n"
		"  - {name: \"\u674e\", accounts: {f: c}}\n"
		"  - {name: \"\u674e\", slug: li, accounts: {f: d}, consent: 2026-02-01}\n");
	assert_true(str_is(c.contributors[0].slug, "aoife-ni-bhriain"));
	assert_true(str_is(c.contributors[3].slug, "li"));
	config_release(&c);
	assert_mistakes(LEAST
		"contributors:\n"
		"  - {name: A B, accounts: {f: a}, consent: 2026-02-01}\n"
		"  - {name: \"\u674e\", accounts: {f: b}, consent: 2026-02-01}\n"
		"  - {name: C, slug: No, accounts: {f: c}}\n",
		"7:12 bad-value: the name '\u674e' makes no address for a page "
		"(give a 'slug': 1 to 64 of a-z, 0-9 and '-')\n"
		"8:21 bad-value: 'No' is no slug (1 to 64 of a-z, 0-9 and '-')\n");
	assert_mistakes(LEAST
		"contributors:\n"
		"  - {name: A B, accounts: {f: a}, consent: 2026-02-01}\n"
		"  - {name: A-b, accounts: {f: b}, consent: 2026-02-01}\n",
		"7:5 bad-value: the page of 'A-b' would be at 'a-b', as that of 'A B' is "
		"(give one of them a 'slug' of its own)\n");
}

static void listed_from_consent_to_until(void **state)
{
	struct contributor c = { .consent = 10 * WHEN_DAY + 7200, .until = 20 * WHEN_DAY };

	(void)state;
	assert_false(contributor_listed(&c, 9));
	assert_true(contributor_listed(&c, 10));
	assert_true(contributor_listed(&c, 19));
	assert_false(contributor_listed(&c, 20));
	c.until = WHEN_NONE;
	assert_true(contributor_listed(&c, 20));
	c.consent = WHEN_NONE;
	assert_false(contributor_listed(&c, 20));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_lines_are_enough),
		cmocka_unit_test(every_key_is_read),
		cmocka_unit_test(required_and_unknown_keys),
		cmocka_unit_test(addresses),
		cmocka_unit_test(contact_may_be_a_form),
		cmocka_unit_test(languages),
		cmocka_unit_test(mistakes_about_people),
		cmocka_unit_test(patterns_are_a_file),
		cmocka_unit_test(shared_accounts_are_nobody_s_own),
		cmocka_unit_test(mistakes_about_titles),
		cmocka_unit_test(mistakes_about_periods),
		cmocka_unit_test(people_come_and_go),
		cmocka_unit_test(titles_change),
		cmocka_unit_test(naming_by_venue),
		cmocka_unit_test(file_must_be_there),
		cmocka_unit_test(roster_knows_accounts),
		cmocka_unit_test(slugs_are_made_of_names),
		cmocka_unit_test(listed_from_consent_to_until),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
