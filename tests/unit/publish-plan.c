/*
 * Proves that a ledger is read or refused for a reason, that the plan between two records
 * has what enters, leaves, turns and moves, with as few moves as there can be, and that the
 * old list and the plan give the new one.
 */
#include "check.h"

#include "base/mem.h"
#include "publish/plan.h"
#include "random.h"
#include "said.h"

#include <stdlib.h>

#define SITE "\"site\":{\"shown\":2,\"wrong\":1,\"required\":\"1/4\"}"
#define HEAD "{\"as_of\":\"2026-11-20\",\"rules_sha256\":\"ab\"," SITE ","
#define PAGE(threads) "{\"slug\":\"kettle\",\"required\":\"1/4\",\"threads\":[" threads "]}"
#define THREAD(id) "{\"venue\":\"forum\",\"id\":\"" id "\",\"wrong\":true}"

static void a_ledger_is_read(void **state)
{
	static const char text[] =
		HEAD "\"new\":[],\"products\":[" PAGE(THREAD("9") "," THREAD("10"))
		",{\"slug\":\"a\",\"required\":\"0/1\",\"shown\":7,\"threads\":[]}],"
		"\"scenarios\":[" PAGE("") "]}";
	struct diags diags = DIAGS_INIT;
	struct record r;
	const struct record_page *page;

	(void)state;
	assert_int_equal(record_of_ledger(&r, str_of(text), "l.json", &diags), 0);
	assert_int_equal(diags.n, 0);
	assert_int_equal(r.day, 20777);
	assert_int_equal(r.shown, 2);
	assert_int_equal(r.required.den, 4);
	assert_false(r.whole);
	assert_int_equal(r.pages_n, 3);
	assert_true(str_is(r.pages[0].slug, "a"));
	assert_true(r.pages[2].scenario);
	page = record_page(&r, false, STR("kettle"));
	assert_int_equal(page->shown, 2);
	assert_int_equal(page->wrong, 2);
	assert_int_equal(record_thread(page, STR("forum"), STR("9"))->position, 1);
	assert_int_equal(record_thread(page, STR("forum"), STR("10"))->position, 2);
	assert_null(record_thread(page, STR("forum"), STR("1")));
	assert_null(record_page(&r, true, STR("a")));
	record_release(&r);
	diags_release(&diags);
}

#define LEDGER(products) HEAD "\"products\":[" products "],\"scenarios\":[]}"

static const struct {
	const char *text, *want;
} damaged[] = {
	{ "", "1:1 syntax: unexpected token near end of file\n" },
	{ "[]", "bad-value: this is a list, expected an object\n" },
	{ "{}", "missing-key: missing key 'as_of'\nmissing-key: missing key 'rules_sha256'\n"
		"missing-key: missing key 'site'\nmissing-key: missing key 'products'\n"
		"missing-key: missing key 'scenarios'\n" },
	{ LEDGER(PAGE(THREAD("1") "," THREAD("1"))),
	  "bad-value: 'products[0].threads' is a list, expected each thread once\n" },
	{ LEDGER(PAGE("") "," PAGE("")),
	  "bad-value: 'products' is a list, expected each page once\n" },
	{ LEDGER("{\"slug\":\"../x\",\"required\":\"5/4\",\"threads\":{}}"),
	  "bad-value: 'products[0].slug' is '../x', expected 1 to 64 of a-z, 0-9 and '-'\n"
	  "bad-value: 'products[0].required' is '5/4', expected a share as in \"1/4\"\n"
	  "bad-value: 'products[0].threads' is an object, expected a list\n" },
	{ LEDGER("{\"slug\":\"a\",\"required\":\"1/0\",\"threads\":[1]}"),
	  "bad-value: 'products[0].required' is '1/0', expected a share as in \"1/4\"\n"
	  "bad-value: 'products[0].threads[0]' is a number, expected an object\n" },
	{ LEDGER("{\"slug\":\"a\",\"required\":\"-1/2\",\"threads\":[]}"),
	  "bad-value: 'products[0].required' is '-1/2', expected a share as in \"1/4\"\n" },
	{ LEDGER("{\"slug\":\"a\",\"required\":\"1\",\"threads\":[]}"),
	  "bad-value: 'products[0].required' is '1', expected a share as in \"1/4\"\n" },
	{ "{\"as_of\":\"2026-11-20T10:00:00Z\",\"rules_sha256\":\"\",\"site\":{\"shown\":1,"
	  "\"wrong\":2,\"required\":\"1/9999999999999999999\"},\"products\":[],\"scenarios\":[]}",
	  "bad-value: 'as_of' is '2026-11-20T10:00:00Z', expected a day as in 2026-11-22\n"
	  "bad-value: 'site.required' is '1/9999999999999999999', expected a share as in "
	  "\"1/4\"\n" },
	{ "{\"as_of\":\"2026-11-20\",\"rules_sha256\":\"\",\"site\":{\"shown\":1,"
	  "\"wrong\":2,\"required\":\"1/4\"},\"products\":[],\"scenarios\":[]}",
	  "bad-value: 'site' is an object, expected as many shown threads as wrong ones, or "
	  "more\n" },
};

static void a_damaged_ledger_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(damaged); i++) {
		struct diags diags = DIAGS_INIT;
		struct buf out = BUF_INIT;
		struct record r;

		assert_int_equal(record_of_ledger(&r, str_of(damaged[i].text), "l", &diags),
				 -1);
		said(&out, &diags);
		assert_string_equal(out.p, damaged[i].want);
		buf_release(&out);
		record_release(&r);
		diags_release(&diags);
	}
}

/* --- Plans --- */

enum { IDS = 9 };

/* A page whose list is that of digits, in order; letters stand for wrong threads: 'a' is
 * thread 1. */
static void make_record(struct record *r, const char *list)
{
	struct record_page *page;

	*r = (struct record){ .arena = ARENA_INIT, .pages_n = 1 };
	r->pages = page = arena_array(&r->arena, struct record_page, 1);
	page->slug = STR("kettle");
	page->required = (struct ratio){ 1, 4 };
	page->threads = arena_array(&r->arena, struct record_thread, IDS);
	for (const char *c = list; *c; c++) {
		bool wrong = *c >= 'a';
		char digit = (char)(wrong ? *c - 'a' + '1' : *c);

		page->threads[page->threads_n++] = (struct record_thread){
			.venue = STR("forum"),
			.id = arena_str(&r->arena, str_make(&digit, 1)),
			.position = (uint32_t)(c - list) + 1,
			.reason = REASON_SHOWN,
			.wrong = wrong,
		};
		page->shown++;
		page->wrong += wrong;
	}
	if (page->threads_n)
		qsort(page->threads, page->threads_n, sizeof(*page->threads),
		      record_thread_cmp);
}

/* "+1@2 -3@1 !4@1 ~5@3": what it says, with the place now, or the one that it had. */
static void list_changes(struct buf *out, const struct plan_page *page)
{
	for (int c = 0; c < PLAN_CHANGES; c++)
		for (size_t i = 0; i < page->lists[c].n; i++) {
			const struct plan_thread *t = &page->lists[c].items[i];

			buf_addf(out, "%s%c%.*s@%u", out->n ? " " : "", "+-!~"[c],
				 STR_ARG(plan_thread_of(t)->id),
				 (c == PLAN_LEAVE ? t->before : t->after)->position);
		}
}

static const struct {
	const char *before, *after, *want;
} plans[] = {
	{ "", "", "" },
	{ "123", "123", "" },
	{ "", "12", "+1@1 +2@2" },
	{ "12", "", "-1@1 -2@2" },
	{ "123", "1423", "+4@2" },
	{ "123", "13", "-2@2" },
	{ "123", "1b3", "!2@2" },
	{ "a23", "123", "!1@1" },
	{ "1234", "2341", "~1@4" },
	{ "1234", "4123", "~4@1" },
	{ "12345", "b6415", "+6@2 -3@3 !2@1 ~1@4" },
	{ "12", "34", "+3@1 +4@2 -1@1 -2@2" },
};

static void a_plan_has_what_changes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(plans); i++) {
		struct buf out = BUF_INIT;
		struct record before, after;
		struct plan p;

		make_record(&before, plans[i].before);
		make_record(&after, plans[i].after);
		plan_make(&p, &before, &after);
		assert_int_equal(p.pages_n, 1);
		list_changes(&out, &p.pages[0]);
		if (strcmp(out.p, plans[i].want) != 0)
			fail_msg("%s -> %s: %s", plans[i].before, plans[i].after, out.p);
		assert_int_equal(plan_page_changes(&p.pages[0]), *plans[i].want != '\0');
		buf_release(&out);
		plan_release(&p);
		record_release(&before);
		record_release(&after);
	}
}

/* Distinct digits, none of them in a certain order. */
static void random_list(struct random *random, char list[IDS + 1])
{
	char all[IDS];
	size_t n = random_below(random, IDS + 1);

	for (uint32_t i = 0; i < IDS; i++) {
		uint32_t k = random_below(random, i + 1);

		all[i] = all[k];
		all[k] = (char)('1' + i);
	}
	memcpy(list, all, n);
	list[n] = '\0';
}

static bool names(const struct plan_list *list, char id)
{
	for (size_t i = 0; i < list->n; i++)
		if (plan_thread_of(&list->items[i])->id.p[0] == id)
			return true;
	return false;
}

static void put(const struct plan_list *list, char *places)
{
	for (size_t i = 0; i < list->n; i++)
		places[list->items[i].after->position - 1] = list->items[i].after->id.p[0];
}

/* As candor(1) says it. */
static void apply(const char *before, const struct plan_page *page, char after[IDS + 1])
{
	size_t n = strlen(before) + page->lists[PLAN_ENTER].n - page->lists[PLAN_LEAVE].n;
	size_t at = 0;

	memset(after, 0, IDS + 1);
	put(&page->lists[PLAN_ENTER], after);
	put(&page->lists[PLAN_MOVE], after);
	for (const char *c = before; *c; c++) {
		if (names(&page->lists[PLAN_LEAVE], *c) || names(&page->lists[PLAN_MOVE], *c))
			continue;
		while (after[at])
			at++;
		after[at] = *c;
	}
	assert_int_equal(strlen(after), n);
}

/* The most that can stay, by trying each set of the old list. */
static size_t most_unmoved(const char *before, const char *after)
{
	size_t n = strlen(before), most = 0;

	for (unsigned set = 0; set < 1u << n; set++) {
		const char *at = after;
		size_t size = 0;

		for (size_t i = 0; at && i < n; i++)
			if (set >> i & 1) {
				at = strchr(at, before[i]);
				size++;
			}
		if (at && size > most)
			most = size;
	}
	return most;
}

static void a_plan_leads_from_one_list_to_the_other(void **state)
{
	struct random random = { 20261120 };

	(void)state;
	for (int round = 0; round < 3000; round++) {
		char from[IDS + 1], to[IDS + 1], got[IDS + 1];
		struct record before, after;
		struct plan p;
		size_t kept;

		random_list(&random, from);
		random_list(&random, to);
		make_record(&before, from);
		make_record(&after, to);
		plan_make(&p, &before, &after);
		apply(from, &p.pages[0], got);
		assert_string_equal(got, to);
		kept = strlen(from) - p.pages[0].lists[PLAN_LEAVE].n;
		assert_int_equal(kept - p.pages[0].lists[PLAN_MOVE].n, most_unmoved(from, to));
		plan_release(&p);
		record_release(&before);
		record_release(&after);
	}
}

static void pages_enter_and_leave(void **state)
{
	struct record before, after;
	struct plan_counts n;
	struct plan p;

	(void)state;
	make_record(&before, "12");
	make_record(&after, "12");
	after.pages[0].slug = STR("oven");
	plan_make(&p, &before, &after);
	n = plan_count(&p);
	assert_int_equal(p.pages_n, 2);
	assert_int_equal(n.enter, 1);
	assert_int_equal(n.leave, 1);
	assert_int_equal(n.change, 0);
	assert_null(p.pages[0].after);
	assert_null(p.pages[1].before);
	plan_release(&p);

	/* A page that is skipped is none. */
	after.pages[0].slug = STR("kettle");
	after.pages[0].skipped = true;
	plan_make(&p, &before, &after);
	n = plan_count(&p);
	assert_int_equal(n.leave, 1);
	assert_string_equal(plan_page_why(&p.pages[0]), "too few wrong threads for its share");
	plan_release(&p);
	plan_make(&p, &after, &before);
	assert_int_equal(plan_count(&p).enter, 1);
	plan_release(&p);
	plan_make(&p, &after, &after);
	assert_true(plan_empty(&p));
	plan_release(&p);

	/* Without a site before, all of it enters, and that is something. */
	plan_make(&p, NULL, &before);
	assert_int_equal(plan_count(&p).enter, 1);
	assert_false(plan_empty(&p));
	plan_release(&p);

	/* What is required is a change, too. */
	after.pages[0] = before.pages[0];
	after.pages[0].required = (struct ratio){ 1, 3 };
	plan_make(&p, &before, &after);
	assert_int_equal(plan_count(&p).change, 1);
	plan_release(&p);
	record_release(&before);
	record_release(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ledger_is_read),
		cmocka_unit_test(a_damaged_ledger_is_refused),
		cmocka_unit_test(a_plan_has_what_changes),
		cmocka_unit_test(a_plan_leads_from_one_list_to_the_other),
		cmocka_unit_test(pages_enter_and_leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
