/*
 * rules.yaml: what each key comes to, what is assumed for one that isn't
 * there, that each mistake is named at its place with what to do about it, and
 * that the rules say themselves in whole sentences.
 */
#include "select/rules.h"

#include "said.h"

#include "base/fsys.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

static struct rules *good(const char *text)
{
	struct diags diags = DIAGS_INIT;
	struct rules *r;

	rules_parse(&r, "rules.yaml", str_of(text), &diags);
	if (diags.n) {
		struct buf b = BUF_INIT;

		said(&b, &diags);
		fail_msg("%s", b.p);
	}
	diags_release(&diags);
	return r;
}

static void assert_mistakes(const char *text, const char *expected)
{
	struct diags diags = DIAGS_INIT;
	struct buf b = BUF_INIT;
	struct rules *r;

	assert_int_equal(rules_parse(&r, "rules.yaml", str_of(text), &diags), -1);
	assert_null(r);
	said(&b, &diags);
	assert_string_equal(b.p, expected);
	assert_int_equal(diags_status(&diags, false), 1);
	buf_release(&b);
	diags_release(&diags);
}

static const char whole[] =
	"publish:\n"
	"  limit: 6\n"
	"  order:\n"
	"    solved: 0.5\n"
	"    recent: {weight: 3, half_life: 90 days}\n"
	"wrong:\n"
	"  share: 1/3\n"
	"  over: page\n"
	"  evidence: confirmed\n"
	"  spread: false\n"
	"  max_age: 3 years\n"
	"  shortfall: skip\n"
	"keep:\n"
	"  - contributor: true\n"
	"  - posts: {min: 2, max: 60}\n"
	"    age: {max: 5 years}\n"
	"drop:\n"
	"  - label: [private, spam]\n"
	"  - text: {any: [lawsuit, \"charge back*\"]}\n"
	"  - matches: '(?i)\\border\\s+\\d{8}\\b'\n"
	"caps: {per_customer: 1, per_contributor: 40%, per_venue: 60%}\n"
	"match:\n"
	"  - product: kettle-2\n"
	"    any: [{tag: k2}, {text: {any: [\"kettle 2\", K2]}}]\n"
	"products:\n"
	"  kettle-2: {limit: 4, wrong: {share: 50%}}\n"
	"  oven: {limit: 1}\n"
	"scenarios:\n"
	"  - {slug: small, title: In a small kitchen, when: {tag: small}}\n"
	"  - slug: guests\n"
	"    title: For having people over\n"
	"    about: When there are many of you.\n"
	"    when: {text: {any: [guests, dinner party]}}\n"
	"    limit: 3\n"
	"    wrong: {share: 2/5}\n"
	"redact: [phone, {name: order number, matches: '\\bA-\\d{6}\\b'}, email, card]\n";

static void every_key_is_read(void **state)
{
	struct rules *r = good(whole);

	(void)state;
	assert_int_equal(r->limit, 6);
	assert_int_equal(r->limit_line, 2);
	assert_int_equal(r->order.solved, 500);
	assert_int_equal(r->order.thanked, 0);
	assert_int_equal(r->order.recent, 3000);
	assert_int_equal(r->order.half_life, 90);
	assert_int_equal(r->wrong.share.num, 1);
	assert_int_equal(r->wrong.share.den, 3);
	assert_int_equal(r->wrong.share_line, 7);
	assert_true(r->wrong.over_page && !r->wrong.over_site && !r->wrong.spread);
	assert_int_equal(r->wrong.max_age, 3 * 365);
	assert_int_equal(r->wrong.shortfall, SHORTFALL_SKIP);
	assert_int_equal(r->keep_n, 2);
	assert_int_equal(r->keep[1].line, 15);
	assert_int_equal(r->drop_n, 3);
	assert_int_equal(r->drop[2].line, 20);
	assert_int_equal(r->caps[CAP_CUSTOMER].count, 1);
	assert_int_equal(r->caps[CAP_CONTRIBUTOR].part.num, 2);
	assert_int_equal(r->cap_lines[CAP_VENUE], 21);
	assert_int_equal(r->matches_n, 1);
	assert_true(rules_override(r, STR("kettle-2"))->has_share);
	assert_int_equal(rules_override(r, STR("kettle-2"))->limit, 4);
	assert_false(rules_override(r, STR("oven"))->has_share);
	assert_null(rules_override(r, STR("fan")));
	assert_int_equal(r->scenarios_n, 2);
	assert_true(str_is(r->scenarios[0].slug, "small"));
	assert_false(str_present(r->scenarios[0].about));
	assert_false(r->scenarios[0].own.has_limit || r->scenarios[0].own.has_share);
	assert_true(str_is(r->scenarios[1].title, "For having people over"));
	assert_true(str_is(r->scenarios[1].about, "When there are many of you."));
	assert_true(r->scenarios[1].own.has_limit && r->scenarios[1].own.has_share);
	assert_int_equal(r->scenarios[1].own.limit, 3);
	assert_int_equal(r->scenarios[1].own.limit_line, 34);
	assert_int_equal(r->scenarios[1].own.share.den, 5);
	assert_int_equal(r->scenarios[1].own.share_line, 35);
	assert_true(r->vocabulary.ages);
	assert_int_equal(r->redact_n, 4);
	assert_int_equal(r->redact[0].kind, REDACT_PHONE);
	assert_int_equal(r->redact[1].kind, REDACT_PATTERN);
	assert_true(str_is(r->redact[1].name, "order number"));
	assert_int_equal(r->redact[3].kind, REDACT_CARD);
	rules_free(r);
}

static void defaults(void **state)
{
	struct rules *r = good("");

	(void)state;
	assert_int_equal(r->limit, 10);
	assert_int_equal(r->limit_line, 0);
	assert_int_equal(r->order.solved, 2000);
	assert_int_equal(r->order.thanked, 2000);
	assert_int_equal(r->order.helpful, 1000);
	assert_int_equal(r->order.recent, 3000);
	assert_int_equal(r->order.half_life, 180);
	assert_int_equal(r->wrong.share.num * 4, r->wrong.share.den);
	assert_true(r->wrong.over_page && r->wrong.over_site && r->wrong.spread);
	assert_true(r->wrong.max_age == MAX_AGE_NONE);
	assert_int_equal(r->wrong.shortfall, SHORTFALL_TRIM);
	assert_false(r->vocabulary.ages);
	assert_int_equal(r->redact_n, 0);
	rules_free(r);
}

static void weights(void **state)
{
	static const struct {
		const char *text;
		int64_t weight;
	} good_ones[] = { { "0", 0 }, { "2", 2000 }, { "0.5", 500 }, { "1000", 1000000 },
			  { "0.001", 1 }, { "12.25", 12250 } };
	static const char *const bad_ones[] = { "-1", "1001", "1000.001", "0.0001", ".5",
						"5.", "1e3", "two", "''" };
	char text[100];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good_ones); i++) {
		struct rules *r;

		snprintf(text, sizeof(text), "publish: {order: {recent: %s}}\n",
			 good_ones[i].text);
		r = good(text);
		assert_int_equal(r->order.recent, good_ones[i].weight);
		assert_int_equal(r->order.half_life, 180);
		rules_free(r);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad_ones); i++) {
		struct diags diags = DIAGS_INIT;
		struct rules *r;

		snprintf(text, sizeof(text), "publish: {order: {helpful: %s}}\n", bad_ones[i]);
		assert_int_equal(rules_parse(&r, "r", str_of(text), &diags), -1);
		assert_int_equal(diags.items[0].id, DIAG_BAD_VALUE);
		diags_release(&diags);
	}
}

static void mistakes_of_structure(void **state)
{
	(void)state;
	assert_mistakes("{wrong: {shaer: 25%}}\n",
			"1:10 unknown-key: unknown key 'shaer' in 'wrong' "
			"(did you mean 'share'?)\n");
	assert_mistakes("{scenario: []}\n", "1:2 unknown-key: unknown key 'scenario' "
					    "(did you mean 'scenarios'?)\n");
	assert_mistakes("{scenarios: {a: b}}\n",
			"1:13 bad-value: expected a list of scenarios, found a mapping\n");
	assert_mistakes("{scenarios: [a, {slug: a, titel: A, limit: 0, wrong: {}}]}\n",
			"1:14 bad-value: expected a mapping, found 'a'\n"
			"1:27 unknown-key: unknown key 'titel' in 'scenarios' "
			"(did you mean 'title'?)\n"
			"1:44 bad-value: 0 is not between 1 and 10000\n"
			"1:47 missing-key: missing key 'share' in 'wrong'\n"
			"1:17 missing-key: missing key 'title' in 'scenarios'\n"
			"1:17 missing-key: missing key 'when' in 'scenarios'\n");
	assert_mistakes("{keep: {posts: 1}}\n",
			"1:8 bad-value: expected a list of conditions, found a mapping\n");
	assert_mistakes("{match: {tag: a}, products: [a]}\n",
			"1:9 bad-value: expected a list of products with conditions, "
			"found a mapping\n"
			"1:29 bad-value: expected a mapping with products as keys, "
			"found a list\n");
	assert_mistakes("{match: [{tag: a}, x]}\n",
			"1:10 missing-key: missing key 'product' in 'match'\n"
			"1:20 bad-value: expected a condition, found 'x'\n");
	assert_mistakes("{products: {a: {wrong: {over: page}, limit: 0}}}\n",
			"1:25 unknown-key: unknown key 'over' in 'wrong'\n"
			"1:17 missing-key: missing key 'share' in 'wrong'\n"
			"1:45 bad-value: 0 is not between 1 and 10000\n");
}

static void mistakes_of_value(void **state)
{
	(void)state;
	assert_mistakes("publish: {order: {solved: many}}\n",
			"1:27 bad-value: 'many' is not a weight (a number from 0 to 1000 "
			"with at most three decimals, such as 2 or 0.5)\n");
	assert_mistakes("publish: {order: {recent: {half_life: 0 days}}}\n",
			"1:39 bad-value: a half-life is 1 day to 100 years\n"
			"1:19 missing-key: missing key 'weight' in 'recent'\n");
	assert_mistakes("{wrong: {over: [page, sight]}}\n",
			"1:23 bad-value: 'sight' is nothing that a share can be over "
			"(one of 'page', 'site', or both in a list)\n");
	assert_mistakes("{wrong: {over: []}}\n",
			"1:16 bad-value: expected 'page', 'site', or both in a list, "
			"found a list\n");
	assert_mistakes("{wrong: {evidence: detect}}\n",
			"1:20 bad-value: 'detect' is no value of 'evidence' (did you mean "
			"'detected'?)\n");
	assert_mistakes("{wrong: {evidence: {detected: formula}}}\n",
			"1:31 bad-value: 'formula' is no value of 'detected' (one of: "
			"hedged, slip, fault)\n");
	assert_mistakes("topics:\n"
			"- {name: a, title: A, when: {tag: a}}\n"
			"- {name: a, title: B, when: {tag: b}}\n"
			"- {name: c, title: A, when: {tag: c}}\n",
			"3:10 duplicate-id: a topic 'a' was already there\n"
			"4:10 duplicate-id: a topic 'A' was already there\n");
	assert_mistakes("topics:\n"
			"- {name: faults, title: A, when: {tag: a}}\n"
			"- {name: all, title: B, when: {not: {topic: faults}}}\n",
			"3:38 bad-value: a topic can't be made of topics\n");
	assert_mistakes("keep: [{topic: [faults, fault]}]\n"
			"topics: [{name: faults, title: A, when: {tag: a}}]\n",
			"1:25 bad-value: no topic 'fault' under 'topics' (did you mean "
			"'faults'?)\n");
	assert_mistakes("{keep: [{evidence: {kind: gratitude, grade: slip}}]}\n",
			"1:45 bad-value: only an admission has a grade\n");
	assert_mistakes("{keep: [{evidence: {grade: slip}}]}\n",
			"1:10 missing-key: missing key 'kind' in 'evidence'\n");
	assert_mistakes("scenarios:\n"
			"- {slug: a, title: A, when: {tag: a}}\n"
			"- {slug: b, title: A, when: {tag: a}}\n"
			"- {slug: a, title: B, when: {tag: b}}\n",
			"4:10 duplicate-id: a scenario 'a' was already there\n");
	assert_mistakes("{scenarios: [{slug: 'Big/Screens', title: '', when: {tag: a}}]}\n",
			"1:21 bad-value: 'Big/Screens' is no slug (1 to 64 of a-z, 0-9 and "
			"'-')\n"
			"1:43 bad-value: expected text, found ''\n");
	assert_mistakes("{caps: {per_customer: 0, per_venue: 120%}}\n",
			"1:23 bad-value: 0 is not between 1 and 10000\n"
			"1:37 bad-value: a share can't be over 100 %\n");
}

static void mistakes_in_conditions(void **state)
{
	(void)state;
	assert_mistakes("{keep: [{contributer: yes}]}\n",
			"1:10 unknown-key: unknown key 'contributer' in 'keep' "
			"(did you mean 'contributor'?)\n");
	assert_mistakes("{match: [{prodcut: a, tag: b}]}\n",
			"1:11 unknown-key: unknown key 'prodcut' in 'match' "
			"(did you mean 'product'?)\n"
			"1:10 missing-key: missing key 'product' in 'match'\n");
	assert_mistakes("{scenarios: [{slug: a, title: A, when: {contributer: yes}},\n"
			"{slug: b, title: B, when: {}}, {slug: c, title: C, when: x}]}\n",
			"1:41 unknown-key: unknown key 'contributer' in 'when' "
			"(did you mean 'contributor'?)\n"
			"2:27 bad-value: no condition in 'when'\n"
			"2:58 bad-value: expected a condition, found 'x'\n");
	assert_mistakes("{drop: [{}, {any: []}, {not: {}}, {all: x}]}\n",
			"1:9 bad-value: no condition in 'drop'\n"
			"1:19 bad-value: no condition in 'any'\n"
			"1:30 bad-value: no condition in 'not'\n"
			"1:41 bad-value: expected a list of conditions, found 'x'\n");
	assert_mistakes("{keep: [{posts: {}}, {age: {min: 2 years, max: 1 year}}]}\n",
			"1:17 missing-key: neither 'min' nor 'max' in 'posts'\n"
			"1:28 bad-value: 'min' is over 'max' in 'age': nothing can meet it\n");
	assert_mistakes("{keep: [{tag: []}, {text: {}}, {text: [a, '*']}]}\n",
			"1:15 bad-value: an empty list: nothing can meet it\n"
			"1:27 missing-key: neither 'any' nor 'all' in 'text'\n"
			"1:43 bad-value: no letter or digit in the phrase '*'\n");
}

static void bad_pattern_is_placed(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct rules *r;

	(void)state;
	assert_int_equal(rules_parse(&r, "r", STR("{drop: [{matches: [a, '(b']}]}\n"),
				     &diags), -1);
	assert_int_equal(diags.n, 1);
	assert_string_equal(diag_name(diags.items[0].id), "bad-regex");
	assert_int_equal(diags.items[0].line, 1);
	diags_release(&diags);
}

/* "oven" isn't in the archive. */
static void assert_says(const struct rules *r, const char *tag, const char *expected)
{
	const struct product kettle = { .slug = STR("kettle-2"), .name = STR("Kettle 2") };
	struct arena a = ARENA_INIT;
	struct rules_sentence *s;
	size_t n = rules_say(r, &kettle, 1, language_find(str_of(tag)), &a, &s);
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		if (i == 0 || !str_eq(s[i].section, s[i - 1].section))
			buf_addf(&b, "# %.*s\n", STR_ARG(s[i].section));
		buf_addf(&b, "%.*s\n", STR_ARG(s[i].text));
	}
	assert_string_equal(b.p, expected);
	buf_release(&b);
	arena_release(&a);
}

static void rules_say_themselves(void **state)
{
	struct rules *r = good(whole);

	(void)state;
	assert_says(r, "en",
"# Which conversations are considered\n"
"Every public conversation in our archive that is filed under a product is considered for that product's page.\n"
"For the product “Kettle 2”, a conversation is also considered if it is tagged “k2”, or it says “kettle 2” or “K2”.\n"
"The page “In a small kitchen” considers a conversation about any product if it is tagged “small”.\n"
"The page “For having people over” considers a conversation about any product if it says “guests” or “dinner party”.\n"
"A conversation is not shown if it was withdrawn where it took place, if any post in it comes without a licence or a permission to republish it, or if the time for which it was released hasn't begun or is over.\n"
"# What a conversation must meet\n"
"A conversation can be shown only if somebody from the company takes part.\n"
"A conversation can be shown only if it has 2 to 60 posts, and its last post is at most 5 years old.\n"
"# What is left out\n"
"A conversation is left out if one of our curators labelled it “private” or “spam”.\n"
"A conversation is left out if it says “lawsuit” or “charge back…”.\n"
"A conversation is left out if its text fits the pattern “(?i)\\border\\s+\\d{8}\\b”.\n"
"A conversation that one of our curators labelled “private” is left out, whatever the other rules say.\n"
"# Where we were wrong\n"
"At least 1 of 3 of the conversations shown, on every page, are ones in which one of our people says that we were wrong.\n"
"A conversation counts as one of these only if a curator has confirmed it, by pointing at the post that says so.\n"
"That post may be at most 3 years old; older ones can be shown, but don't count.\n"
"A page for which we don't have enough of them is left out.\n"
"# In which order\n"
"Conversations are ranked by points; those with the most are shown, the highest first.\n"
"0.5 points if the question was solved.\n"
"3 points if the last post is from today, and half as many for every 90 days since.\n"
"Of two with equal points, the one with the later last post comes first.\n"
"# How many\n"
"A page shows at most 6 conversations.\n"
"At most 1 on a page is from the same customer.\n"
"At most 40% of a page's conversations, rounded up, are joined by the same one of our people.\n"
"At most 60% of a page's conversations, rounded up, are from the same place.\n"
"The page of “Kettle 2” shows at most 4 conversations.\n"
"On the page of “Kettle 2”, at least 50% are ones in which one of our people says that we were wrong.\n"
"The page of “oven” shows at most 1 conversation.\n"
"The page of “For having people over” shows at most 3 conversations.\n"
"On the page of “For having people over”, at least 40% are ones in which one of our people says that we were wrong.\n"
"# What is taken out of the text\n"
"Phone numbers are taken out.\n"
"Whatever fits our pattern for “order number” is taken out.\n"
"E-mail addresses are taken out.\n"
"Payment card numbers are taken out.\n"
"Wherever something was taken out, a mark in square brackets says what.\n");
	rules_free(r);
}

/* In each language, and in the form for behind "if", "wenn" and "als". */
static void every_predicate_says_itself(void **state)
{
	static const char *const tags[] = { "en", "de", "nl" };
	static const struct {
		const char *condition, *clauses[ARRAY_LEN(tags)];
	} cases[] = {
		{ "contributor: yes",
		  { "somebody from the company takes part",
		    "jemand aus dem Unternehmen daran beteiligt ist",
		    "iemand van het bedrijf eraan deelneemt" } },
		{ "contributor: no",
		  { "nobody from the company takes part",
		    "niemand aus dem Unternehmen daran beteiligt ist",
		    "niemand van het bedrijf eraan deelneemt" } },
		{ "referral: yes",
		  { "somebody in it was sent to us by others",
		    "jemand darin auf Empfehlung zu uns kam",
		    "iemand erin op aanraden van anderen bij ons kwam" } },
		{ "evidence: {kind: admission, grade: slip}",
		  { "our search for such words found a small mistake that one of our people "
		    "admits, or a greater one, in it",
		    "unsere Suche nach solchen Worten darin ein kleines Versehen, das jemand "
		    "aus unserem Team einräumt, oder ein größeres gefunden hat",
		    "we bij het zoeken naar zulke woorden er een kleine vergissing die een "
		    "van onze mensen toegeeft, of een grotere, in vonden" } },
		{ "evidence: gratitude",
		  { "our search for such words found a customer's thanks in it",
		    "unsere Suche nach solchen Worten darin einen Dank aus der Kundschaft "
		    "gefunden hat",
		    "we bij het zoeken naar zulke woorden er een bedankje van een klant in "
		    "vonden" } },
		{ "posts: {min: 1}",
		  { "it has at least 1 post",
		    "es mindestens 1 Beitrag hat",
		    "het minstens 1 bericht telt" } },
		{ "posts: {min: 1200}",
		  { "it has at least 1,200 posts",
		    "es mindestens 1.200 Beiträge hat",
		    "het minstens 1.200 berichten telt" } },
		{ "posts: {max: 1}",
		  { "it has at most 1 post",
		    "es höchstens 1 Beitrag hat",
		    "het hoogstens 1 bericht telt" } },
		{ "posts: {max: 3}",
		  { "it has at most 3 posts",
		    "es höchstens 3 Beiträge hat",
		    "het hoogstens 3 berichten telt" } },
		{ "posts: {min: 2, max: 60}",
		  { "it has 2 to 60 posts",
		    "es 2 bis 60 Beiträge hat",
		    "het 2 tot en met 60 berichten telt" } },
		{ "age: {min: 30 days, max: 365 days}",
		  { "its last post is at least 30 days and at most 1 year old",
		    "sein letzter Beitrag mindestens 30 Tage und höchstens 1 Jahr alt ist",
		    "het laatste bericht minstens 30 dagen en hoogstens 1 jaar oud is" } },
		{ "age: {min: 0 days}",
		  { "its last post is at least 0 days old",
		    "sein letzter Beitrag mindestens 0 Tage alt ist",
		    "het laatste bericht minstens 0 dagen oud is" } },
		{ "age: {min: 1 day}",
		  { "its last post is at least 1 day old",
		    "sein letzter Beitrag mindestens 1 Tag alt ist",
		    "het laatste bericht minstens 1 dag oud is" } },
		{ "age: {max: 730 days}",
		  { "its last post is at most 2 years old",
		    "sein letzter Beitrag höchstens 2 Jahre alt ist",
		    "het laatste bericht hoogstens 2 jaar oud is" } },
		{ "score: {min: -2}",
		  { "its venue scores it at least -2",
		    "es dort, wo es stattfand, eine Bewertung von mindestens -2 hat",
		    "het op de plek waar het plaatsvond een score van minstens -2 heeft" } },
		{ "score: {min: 1, max: 2}",
		  { "its venue scores it 1 to 2",
		    "es dort, wo es stattfand, eine Bewertung von 1 bis 2 hat",
		    "het op de plek waar het plaatsvond een score van 1 tot en met 2 heeft" } },
		{ "score: {max: 9}",
		  { "its venue scores it at most 9",
		    "es dort, wo es stattfand, eine Bewertung von höchstens 9 hat",
		    "het op de plek waar het plaatsvond een score van hoogstens 9 heeft" } },
		{ "solved: true",
		  { "the question was solved",
		    "die Frage gelöst wurde",
		    "de vraag is opgelost" } },
		{ "solved: false",
		  { "the question was not solved",
		    "die Frage nicht gelöst wurde",
		    "de vraag niet is opgelost" } },
		{ "thanked: true",
		  { "the customer said thanks",
		    "die Kundin oder der Kunde sich bedankt hat",
		    "de klant ons heeft bedankt" } },
		{ "thanked: false",
		  { "the customer did not say thanks",
		    "die Kundin oder der Kunde sich nicht bedankt hat",
		    "de klant ons niet heeft bedankt" } },
		{ "wrong: true",
		  { "one of our people says in it that we were wrong",
		    "jemand aus unserem Team darin einen Irrtum von uns einräumt",
		    "een van onze mensen erin zegt dat we het mis hadden" } },
		{ "wrong: false",
		  { "nobody of ours says in it that we were wrong",
		    "niemand aus unserem Team darin einen Irrtum von uns einräumt",
		    "niemand van ons erin zegt dat we het mis hadden" } },
		{ "label: a",
		  { "one of our curators labelled it “a”",
		    "unsere Redaktion es mit „a“ gekennzeichnet hat",
		    "onze redactie het als “a” heeft gemarkeerd" } },
		{ "tag: [a, b, c]",
		  { "it is tagged “a”, “b” or “c”",
		    "es das Schlagwort „a“, „b“ oder „c“ hat",
		    "het de tag “a”, “b” of “c” heeft" } },
		{ "venue: forum",
		  { "it took place at “forum”",
		    "es bei „forum“ stattfand",
		    "het bij “forum” plaatsvond" } },
		{ "text: recall*",
		  { "it says “recall…”",
		    "es „recall…“ enthält",
		    "het “recall…” bevat" } },
		{ "text: {all: [a, b], any: [c, d]}",
		  { "it says “a” and “b”, and “c” or “d”",
		    "es „a“ und „b“ sowie „c“ oder „d“ enthält",
		    "het “a” en “b” en ook “c” of “d” bevat" } },
		{ "matches: a",
		  { "its text fits the pattern “a”",
		    "sein Text auf das Muster „a“ passt",
		    "de tekst bij het patroon “a” past" } },
		{ "matches: [a, b]",
		  { "its text fits one of the patterns “a” or “b”",
		    "sein Text auf eines der Muster „a“ oder „b“ passt",
		    "de tekst bij een van de patronen “a” of “b” past" } },
		{ "not: {solved: yes}",
		  { "it is not so that the question was solved",
		    "es nicht zutrifft, dass die Frage gelöst wurde",
		    "het niet zo is dat de vraag is opgelost" } },
		{ "any: [{tag: a, label: b}, {tag: c}]",
		  { "(it is tagged “a”, and one of our curators labelled it “b”), or it is tagged “c”",
		    "(es das Schlagwort „a“ hat und unsere Redaktion es mit „b“ gekennzeichnet hat) oder es das Schlagwort „c“ hat",
		    "(het de tag “a” heeft, en onze redactie het als “b” heeft gemarkeerd), of het de tag “c” heeft" } },
		{ "not: [{tag: a}, {tag: b}]",
		  { "it is not so that (it is tagged “a”, or it is tagged “b”)",
		    "es nicht zutrifft, dass (es das Schlagwort „a“ hat oder es das Schlagwort „b“ hat)",
		    "het niet zo is dat (het de tag “a” heeft, of het de tag “b” heeft)" } },
		{ "all: [{not: {tag: a}}, {tag: b}]",
		  { "(it is not so that it is tagged “a”), and it is tagged “b”",
		    "(es nicht zutrifft, dass es das Schlagwort „a“ hat) und es das Schlagwort „b“ hat",
		    "(het niet zo is dat het de tag “a” heeft), en het de tag “b” heeft" } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf text = BUF_INIT, clause = BUF_INIT;
		struct rules *r;

		buf_addf(&text, "keep:\n  - %s\n", cases[i].condition);
		r = good(text.p);
		for (size_t k = 0; k < ARRAY_LEN(tags); k++) {
			buf_reset(&clause);
			predicate_say(&r->keep[0].when, language_find(str_of(tags[k])),
				      &clause);
			assert_string_equal(clause.p, cases[i].clauses[k]);
		}
		rules_free(r);
		buf_release(&text);
		buf_release(&clause);
	}
}

/* The sentences that `whole` doesn't bring about. */
static void other_rules_say_other_sentences(void **state)
{
	static const struct {
		const char *rules, *sentences[3];
	} cases[] = {
		{ "{wrong: {share: 0}}",
		  { "No share of what we show has to be conversations in which one of our "
		    "people says that we were wrong.",
		    "Wir schreiben uns keinen Anteil an Gesprächen vor, in denen jemand aus "
		    "unserem Team sagt, dass wir uns geirrt haben.",
		    "We schrijven onszelf geen aandeel voor van gesprekken waarin een van onze "
		    "mensen zegt dat we het mis hadden." } },
		{ "{wrong: {over: site, share: 20%}}",
		  { "At least 20% of the conversations shown, over the whole site, are ones in "
		    "which one of our people says that we were wrong.",
		    "Von den gezeigten Gesprächen sind auf der ganzen Website mindestens "
		    "20\xc2\xa0% solche, in denen jemand aus unserem Team sagt, dass wir uns "
		    "geirrt haben.",
		    "Van wat we op de hele site tonen, bestaat minstens 20% uit gesprekken "
		    "waarin een van onze mensen zegt dat we het mis hadden." } },
		{ "{wrong: {shortfall: fail}}",
		  { "Where we don't have enough of them, we publish nothing.",
		    "Haben wir nicht genug davon, veröffentlichen wir nichts.",
		    "Hebben we daar niet genoeg van, dan publiceren we niets." } },
		{ "{wrong: {shortfall: trim}}",
		  { "Where we don't have enough of them, we show fewer of the others.",
		    "Haben wir nicht genug davon, zeigen wir weniger von den anderen.",
		    "Hebben we daar niet genoeg van, dan tonen we minder van de andere." } },
		{ "{publish: {order: {thanked: 1}}}",
		  { "1 point if the customer said thanks.",
		    "1 Punkt, wenn die Kundin oder der Kunde sich bedankt hat.",
		    "1 punt als de klant ons heeft bedankt." } },
		{ "{wrong: {evidence: detected}}",
		  { "A conversation counts as one of these if a curator has confirmed it, by "
		    "pointing at the post that says so, or if our search for such words found "
		    "a sentence in which one of our people plainly admits a mistake and no "
		    "curator has looked at it and rejected it. Where nobody has confirmed it "
		    "yet, the page says so.",
		    "Ein Gespräch zählt dazu, wenn unsere Redaktion es bestätigt und den "
		    "Beitrag benannt hat, in dem das steht, oder wenn unsere Suche nach "
		    "solchen Worten einen Satz, in dem jemand aus unserem Team klar einen "
		    "Fehler einräumt, gefunden und die Redaktion das nicht verworfen hat. Wo "
		    "die Bestätigung noch fehlt, steht das dabei.",
		    "Een gesprek telt mee als onze redactie het heeft bevestigd en het "
		    "bericht heeft aangewezen waarin dat staat, of als we bij het zoeken naar "
		    "zulke woorden een zin waarin een van onze mensen duidelijk een fout "
		    "toegeeft vonden en de redactie dat niet heeft verworpen. Waar het nog "
		    "niet is bevestigd, staat dat erbij." } },
		{ "topics: [{name: a, title: Returns, when: {tag: r}}]",
		  { "A conversation is about “Returns” if it is tagged “r”.",
		    "In einem Gespräch geht es um „Returns“, wenn es das Schlagwort „r“ hat.",
		    "Een gesprek gaat over “Returns” als het de tag “r” heeft." } },
		{ "{publish: {limit: 1}}",
		  { "A page shows at most 1 conversation.",
		    "Eine Seite zeigt höchstens 1 Gespräch.",
		    "Een pagina toont hoogstens 1 gesprek." } },
	};
	static const char *const tags[] = { "en", "de", "nl" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases) * 3; i++) {
		struct rules *r = good(cases[i / 3].rules);
		struct arena a = ARENA_INIT;
		struct rules_sentence *s;
		size_t n = rules_say(r, NULL, 0, language_find(str_of(tags[i % 3])), &a, &s);
		size_t found = 0;

		for (size_t k = 0; k < n; k++)
			found += str_is(s[k].text, cases[i / 3].sentences[i % 3]);
		if (found != 1)
			fail_msg("%s: not '%s'", tags[i % 3], cases[i / 3].sentences[i % 3]);
		rules_free(r);
		arena_release(&a);
	}
}

/* What is published is the file as it was, with the BOM that parsing skips. */
static void text_is_kept_byte_for_byte(void **state)
{
	static const char bytes[] = "\xef\xbb\xbfpublish: {limit: 3}  # ü\r\n";
	char path[] = "/tmp/candor-rules-XXXXXX";
	int fd = mkstemp(path);
	struct diags diags = DIAGS_INIT;
	struct rules *r;

	(void)state;
	assert_int_equal(write(fd, bytes, sizeof(bytes) - 1), sizeof(bytes) - 1);
	close(fd);
	assert_int_equal(rules_load(&r, path, &diags), 0);
	unlink(path);
	assert_true(str_eq(rules_text(r), str_make(bytes, sizeof(bytes) - 1)));
	assert_string_equal(rules_path(r), path);
	assert_int_equal(r->limit, 3);
	rules_free(r);
	assert_int_equal(rules_load(&r, path, &diags), -1);
	assert_null(r);
	assert_int_equal(diags.items[0].id, DIAG_NOT_FOUND);
	diags_release(&diags);
}

/* The nth displayed example of the manual, unescaped; false behind the last. */
static bool manual_example(struct str manual, int n, struct buf *out)
{
	size_t from = 0, to;

	for (int i = 0; i <= n; i++) {
		struct str rest = str_slice(manual, from, manual.n);
		size_t at = str_find(rest, STR(".Bd -literal"));

		if (at == rest.n)
			return false;
		from += at + 1;
	}
	from += str_index(str_slice(manual, from, manual.n), '\n') + 1;
	to = from + str_find(str_slice(manual, from, manual.n), STR(".Ed\n"));
	buf_reset(out);
	for (size_t i = from; i < to; i++) {
		buf_addc(out, manual.p[i]);
		if (manual.p[i] == '\\') /* \e is a backslash */
			i++;
	}
	return true;
}

static void examples_of_the_manual_are_good(void **state)
{
	struct buf manual = BUF_INIT, example = BUF_INIT;
	struct diags diags = DIAGS_INIT;
	int n = 2; /* the first two are for a shell and for candor.yaml */

	(void)state;
	assert_int_equal(fsys_read("man/candor.yaml.5", 1 << 20, &manual, &diags), 0);
	for (; manual_example(buf_str(&manual), n, &example); n++)
		rules_free(good(example.p));
	assert_int_equal(n, 12);
	buf_release(&manual);
	buf_release(&example);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_read),
		cmocka_unit_test(defaults),
		cmocka_unit_test(weights),
		cmocka_unit_test(mistakes_of_structure),
		cmocka_unit_test(mistakes_of_value),
		cmocka_unit_test(mistakes_in_conditions),
		cmocka_unit_test(bad_pattern_is_placed),
		cmocka_unit_test(rules_say_themselves),
		cmocka_unit_test(every_predicate_says_itself),
		cmocka_unit_test(other_rules_say_other_sentences),
		cmocka_unit_test(text_is_kept_byte_for_byte),
		cmocka_unit_test(examples_of_the_manual_are_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
