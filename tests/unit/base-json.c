/* JSON: strict where RFC 8259 leaves room, positions in messages, and what is
 * written reads back to the same bytes. */
#include "check.h"

#include "base/json.h"
#include "base/mem.h"

static const struct json *parse(struct arena *a, const char *text, struct diags *d)
{
	return json_parse(a, str_of(text), place_line("x.jsonl", 7, 0), d);
}

static void reads_every_kind(void **state)
{
	struct arena a = ARENA_INIT;
	struct diags d = DIAGS_INIT;
	const struct json *v = parse(&a, " {\"z\":[1,-2.5,\"\\u00e9\\n\",true,false,"
					 "null],\"a\":{},\"m\":[]} ", &d);
	const struct json *list;

	(void)state;
	assert_non_null(v);
	assert_int_equal(v->kind, JSON_OBJECT);
	assert_int_equal(v->u.object.n, 3);
	assert_str(v->u.object.members[0].key, "z"); /* the order of the text */
	assert_str(v->u.object.members[1].key, "a");
	list = json_get(v, "z");
	assert_int_equal(list->kind, JSON_LIST);
	assert_int_equal(list->u.list.n, 6);
	assert_int_equal(list->u.list.items[0].u.integer, 1);
	assert_true(list->u.list.items[1].u.real == -2.5);
	assert_str(list->u.list.items[2].u.str, "\xc3\xa9\n");
	assert_true(list->u.list.items[3].u.boolean);
	assert_false(list->u.list.items[4].u.boolean);
	assert_int_equal(list->u.list.items[5].kind, JSON_NULL);
	assert_int_equal(json_get(v, "m")->u.list.n, 0);
	assert_null(json_get(v, "nope"));
	assert_null(json_get(list, "z"));
	assert_null(json_get(NULL, "z"));
	assert_int_equal(parse(&a, "-9223372036854775808", &d)->u.integer, INT64_MIN);
	assert_string_equal(json_kind_name(list), "a list");
	assert_int_equal(d.n, 0);
	arena_release(&a);
}

static void places_mistakes(void **state)
{
	static const struct {
		const char *text, *message;
	} bad[] = {
		{ "{\"a\":1,\n \"a\":2}",
		  "x.jsonl:8:4: error: duplicate object key near '\"a\"' "
		  "[duplicate-key]\n" },
		{ "[1,", "x.jsonl:7:3: error: ']' expected near end of file [syntax]\n" },
		{ "[1 2]", "x.jsonl:7:4: error: ']' expected near '2' [syntax]\n" },
		{ "", "x.jsonl:7:1: error: unexpected token near end of file [syntax]\n" },
		{ "{} {}", "x.jsonl:7:4: error: end of file expected near '{' "
			   "[syntax]\n" },
		{ "{'a':1}", "x.jsonl:7:2: error: string or '}' expected near ''' "
			     "[syntax]\n" },
		{ "[\"\xc3\xa9\",\"\xff\"]",
		  "x.jsonl:7:7: error: byte 0xFF is not UTF-8 [bad-utf8]\n" },
		{ "[\n\"\xed\xa0\x80\"]",
		  "x.jsonl:8:2: error: byte 0xED is not UTF-8 [bad-utf8]\n" },
		{ "[\"\\ud800\"]", "x.jsonl:7:9: error: invalid Unicode '\\uD800' near "
				   "'\"\\ud800\"' [syntax]\n" },
		{ "[\"\\u0000\"]",
		  "x.jsonl:7:9: error: a NUL character in a string [syntax]\n" },
		{ "{\"\\u0000\":1}",
		  "x.jsonl:7:9: error: a NUL character in a string [syntax]\n" },
		{ "[1e999]", "x.jsonl:7:6: error: real number overflow near '1e999' "
			     "[syntax]\n" },
		{ "[99999999999999999999]", "x.jsonl:7:21: error: too big integer near "
					    "'99999999999999999999' [syntax]\n" },
		{ "[-]", "x.jsonl:7:2: error: invalid token near '-' [syntax]\n" },
		{ "[01]", "x.jsonl:7:2: error: invalid token near '0' [syntax]\n" },
		{ "NaN", "x.jsonl:7:3: error: invalid token near 'NaN' [syntax]\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct arena a = ARENA_INIT;
		struct diags d = DIAGS_INIT;

		assert_null(parse(&a, bad[i].text, &d));
		assert_diags(&d, bad[i].message);
		arena_release(&a);
	}
}

static void nested(struct buf *b, size_t levels)
{
	buf_reset(b);
	buf_addlit(b, "\n");
	for (size_t i = 0; i < levels; i++)
		buf_addc(b, '[');
	buf_addlit(b, "\"[\\\"[\"");
	for (size_t i = 0; i < levels; i++)
		buf_addc(b, ']');
}

/* Jansson takes a NUL byte behind a value for the end of it all. */
static void refuses_nul_bytes(void **state)
{
	struct arena a = ARENA_INIT;
	struct diags d = DIAGS_INIT;

	(void)state;
	assert_null(json_parse(&a, STR("[1]\0"), place_line("x", 1, 3), &d));
	assert_diags(&d, "x:1:6: error: a NUL byte [syntax]\n");
	assert_null(json_parse(&a, STR("[1,\n\0 2]"), place_line("x", 1, 3), &d));
	assert_diags(&d, "x:2:1: error: a NUL byte [syntax]\n");
	arena_release(&a);
}

static void limits_depth(void **state)
{
	struct arena a = ARENA_INIT;
	struct diags d = DIAGS_INIT;
	struct buf b = BUF_INIT;

	(void)state;
	nested(&b, 100);
	assert_non_null(parse(&a, b.p, &d));
	nested(&b, 101);
	assert_null(parse(&a, b.p, &d));
	assert_diags(&d, "x.jsonl:8:101: error: more than 100 levels of lists and "
			 "objects [too-deep]\n");
	nested(&b, 100000);
	assert_null(parse(&a, b.p, &d));
	assert_diags(&d, "x.jsonl:8:101: error: more than 100 levels of lists and "
			 "objects [too-deep]\n");
	buf_release(&b);
	arena_release(&a);
}

/* n numbers in brackets, one of them a text full of what looks like numbers. */
static const struct json *parse_numbers(struct arena *a, size_t n, struct diags *d)
{
	struct buf b = BUF_INIT;
	const struct json *v;

	buf_addlit(&b, "[\"[,,\\\"{,\"");
	for (size_t i = 1; i < n; i++)
		buf_addlit(&b, ",1");
	buf_addlit(&b, "]");
	v = parse(a, b.p, d);
	buf_release(&b);
	return v;
}

/* With the brackets' own: what 60 MB of "[]," take is five gigabytes. */
static void limits_values(void **state)
{
	struct arena a = ARENA_INIT;
	struct diags d = DIAGS_INIT;

	(void)state;
	assert_non_null(parse_numbers(&a, 3999999, &d));
	assert_null(parse_numbers(&a, 4000000, &d));
	assert_diags(&d, "x.jsonl:7: error: more than 4000000 values in one document "
			 "[too-large]\n");
	arena_release(&a);
}

static void writes_one_form(void **state)
{
	struct buf b = BUF_INIT;
	struct jsonw w;

	(void)state;
	jsonw_init(&w, &b);
	jsonw_object(&w);
	jsonw_key_str(&w, "s", STR("\"\\/\b\f\n\r\t\x01\x1f\x7f\xc3\xa9</"));
	jsonw_key_str(&w, "absent", STR_NONE);
	jsonw_key_int(&w, "i", INT64_MIN);
	jsonw_key_bool(&w, "b", true);
	jsonw_key(&w, "l");
	jsonw_list(&w);
	jsonw_list(&w);
	jsonw_list_end(&w);
	jsonw_object(&w);
	jsonw_object_end(&w);
	jsonw_null(&w);
	jsonw_str(&w, STR(""));
	jsonw_str(&w, STR_NONE);
	jsonw_bool(&w, false);
	jsonw_list_end(&w);
	jsonw_key(&w, "\"");
	jsonw_int(&w, 0);
	jsonw_object_end(&w);
	assert_str(buf_str(&b), "{\"s\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f"
				"\x7f\xc3\xa9</\","
				"\"i\":-9223372036854775808,\"b\":true,"
				"\"l\":[[],{},null,\"\",null,false],\"\\\"\":0}");
	buf_release(&b);
}

static void every_character_goes_round(void **state)
{
	struct arena a = ARENA_INIT;
	struct diags d = DIAGS_INIT;
	struct buf b = BUF_INIT;

	(void)state;
	for (char c = 1; c < 127; c++) {
		const struct json *v;
		struct jsonw w;

		buf_reset(&b);
		jsonw_init(&w, &b);
		jsonw_str(&w, str_make(&c, 1));
		v = parse(&a, b.p, &d);
		assert_non_null(v);
		assert_true(str_eq(v->u.str, str_make(&c, 1)));
	}
	buf_release(&b);
	arena_release(&a);
}

static void writes_what_was_read(void **state)
{
	static const char text[] = "{\"z\":[1,true,false,null,\"\xc3\xa9\\n\",[],{}],\"a\":-7}";
	struct arena a = ARENA_INIT;
	struct diags d = DIAGS_INIT;
	struct buf out = BUF_INIT;
	struct jsonw w;

	(void)state;
	jsonw_init(&w, &out);
	jsonw_value(&w, parse(&a, text, &d));
	assert_str(buf_str(&out), text);
	/* Fractions stay what they are, whole ones too. */
	buf_reset(&out);
	jsonw_init(&w, &out);
	jsonw_value(&w, parse(&a, "[0.1,2.0,-1e300]", &d));
	buf_adds(&out, " ");
	assert_true(parse(&a, out.p, &d)->u.list.items[0].u.real == 0.1);
	assert_int_equal(parse(&a, out.p, &d)->u.list.items[1].kind, JSON_REAL);
	assert_true(parse(&a, out.p, &d)->u.list.items[2].u.real == -1e300);
	assert_diags(&d, "");
	arena_release(&a);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_kind),
		cmocka_unit_test(places_mistakes),
		cmocka_unit_test(refuses_nul_bytes),
		cmocka_unit_test(limits_depth),
		cmocka_unit_test(limits_values),
		cmocka_unit_test(writes_one_form),
		cmocka_unit_test(every_character_goes_round),
		cmocka_unit_test(writes_what_was_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
