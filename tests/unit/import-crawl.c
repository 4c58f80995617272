/*
 * Whatever a crawler writes, an address has the status of its last line; ways to
 * write one address are one; and a line that says nothing is named.
 */
#include "check.h"

#include "base/mem.h"
#include "import/crawl.h"

#include <fcntl.h>
#include <unistd.h>

static char path[] = "/tmp/candor-crawl-XXXXXX";

static int make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	return 0;
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

/* Reads text; the status of each of the addresses, a blank before each. */
static void read_list(struct str text, const char *const *urls, struct buf *out,
		      struct diags *diags)
{
	int fd = open(path, O_WRONLY | O_TRUNC);
	struct crawl c;

	assert_int_equal(write(fd, text.p, text.n), text.n);
	close(fd);
	buf_reset(out);
	buf_addf(out, "%d", crawl_read(&c, path, diags));
	for (; urls && *urls; urls++)
		buf_addf(out, " %d", crawl_status(&c, str_of(*urls)));
	buf_addf(out, "; %zu of %zu", c.asked, c.n);
	crawl_release(&c);
}

static void every_form(void **state)
{
	static const char *const urls[] = { "https://a.example/1", "https://a.example/2",
					    "https://a.example/3", NULL };
	static const struct {
		const char *text, *statuses;
	} cases[] = {
		{ "404 https://a.example/1\nhttps://a.example/2 200\r\n000 https://a.example/3",
		  "0 404 200 0; 3 of 3" },
		{ "# from a loop\n\n  404\thttps://a.example/1\nhttps://a.example/2,410\n"
		  "301;https://a.example/3\n", "0 404 410 301; 3 of 3" },
		{ "https://a.example/1 404\nhttps://a.example/1 200\n", "0 200 -1 -1; 1 of 1" },
		{ "\xef\xbb\xbfURL,Status\nhttps://a.example/1,404 Not Found\n"
		  "https://a.example/2,\"410.0\"\nhttps://a.example/3,timeout\n",
		  "0 404 410 0; 3 of 3" },
		{ "Address\tStatus\tStatus Code\nhttps://a.example/1\tNot Found\t404\n",
		  "0 404 -1 -1; 1 of 1" },
		{ "parent;url;http_status\n;https://a.example/2;451\nx;https://a.example/9;200\n",
		  "0 -1 451 -1; 1 of 2" },
		{ "urlname;result;url\n/1;Error: 404 Not Found;https://a.example/1\n",
		  "0 404 -1 -1; 1 of 1" },
		{ "{\"url\":\"https://a.example/1\",\"status\":404}\n\n"
		  "{\"status_code\":\"410 Gone\",\"url\":\"https://a.example/2\"}\n"
		  "{\"url\":\"https://a.example/3\",\"status\":null,\"x\":[1]}\n",
		  "0 404 410 0; 3 of 3" },
		{ "[\n{\"url\":\"https://a.example/1\",\"status\":404},\n"
		  "{\"url\":\"https://a.example/2\",\"status\":200}\n]\n",
		  "0 404 200 -1; 2 of 2" },
		{ "", "0 -1 -1 -1; 0 of 0" },
	};
	struct diags d = DIAGS_INIT;
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		read_list(str_of(cases[i].text), urls, &b, &d);
		assert_str(buf_str(&b), cases[i].statuses);
		assert_diags(&d, "");
	}
	buf_release(&b);
}

static void one_address_in_many_ways(void **state)
{
	static const char *const same[] = {
		"https://a.example/t/1%2C~b?q=%C3%A9", "http://a.example/t/1%2c~b/?q=%c3%a9",
		"HTTPS://A.Example:443/t/1%2C%7eb//?q=%C3%A9", " http://a.example:80/t/1%2c%7Eb?q=%c3%a9 ",
		"https://a.example/t/1%2C~b?q=%C3%A9#post-2", NULL,
	};
	static const char *const others[] = {
		"https://a.example/t/1,~b?q=%C3%A9", "https://a.example/T/1%2C~b?q=%C3%A9",
		"https://a.example/t/1%2C~b?q=%C3%A9/", "https://a.example/t/1%2C~b",
		"https://a.example:8443/t/1%2C~b?q=%C3%A9", "ftp://a.example/t/1%2C~b?q=%C3%A9",
		"https://b.example/t/1%2C~b?q=%C3%A9", "", "%", "%2", "https://", NULL,
	};
	struct diags d = DIAGS_INIT;
	struct buf b = BUF_INIT;

	(void)state;
	read_list(STR("404 https://a.example/t/1%2C~b?q=%C3%A9\n"), same, &b, &d);
	assert_str(buf_str(&b), "0 404 404 404 404 404; 1 of 1");
	read_list(STR("404 https://a.example/t/1%2C~b?q=%C3%A9\n"), others, &b, &d);
	assert_str(buf_str(&b), "0 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1; 0 of 1");
	assert_diags(&d, "");
	buf_release(&b);
}

/* A forum may have its threads behind the '#': they aren't one. */
static void fragments(void **state)
{
	static const char *const urls[] = { "https://a.example/forum#t/1",
					    "https://a.example/forum#t/2",
					    "https://a.example/forum/", NULL };
	struct diags d = DIAGS_INIT;
	struct buf b = BUF_INIT;

	(void)state;
	read_list(STR("404 https://a.example/forum/#t/1\n"), urls, &b, &d);
	assert_str(buf_str(&b), "0 404 -1 -1; 1 of 1");
	read_list(STR("404 https://a.example/forum#t/1\n200 https://a.example/forum#\n"), urls,
		  &b, &d);
	assert_str(buf_str(&b), "0 404 200 200; 2 of 2");
	buf_release(&b);
}

static void mistakes(void **state)
{
	struct diags d = DIAGS_INIT;
	struct buf b = BUF_INIT, want = BUF_INIT;

	(void)state;
	read_list(STR("404 https://a.example/1\nhttps://a.example/2\n404\n404 nowhere\n"), NULL,
		  &b, &d);
	assert_str(buf_str(&b), "-1; 0 of 1");
	for (int line = 2; line <= 4; line++)
		buf_addf(&want, "%s:%d: error: this is no address with a status [syntax]\n"
			 "  hint: a line is '404 https://forum.example/t/1', or the same the "
			 "other way round\n", path, line);
	assert_diags(&d, want.p);
	buf_reset(&want);
	read_list(STR("url,status\n,404\n\"https://a.example/\",404,x,y\n"), NULL, &b, &d);
	assert_int_equal(d.items[0].line, 2);
	assert_string_equal(d.items[0].message, "there is no address");
	diags_release(&d);
	read_list(STR("url,state\nx,404\n"), NULL, &b, &d);
	assert_int_equal(d.n, 1);
	assert_string_equal(d.items[0].message, "no column is called 'status'");
	diags_release(&d);
	read_list(STR("{\"url\":\"https://a.example/\"}\n{\"url\":1,\"status\":404}\n"
		      "7\n{\"url\":\n"), NULL, &b, &d);
	assert_str(buf_str(&b), "-1; 0 of 0");
	assert_int_equal(d.n, 4);
	for (unsigned long i = 0; i < 4; i++)
		assert_int_equal(d.items[i].line, i + 1);
	diags_release(&d);
	buf_release(&want);
	buf_release(&b);
}

static void what_gone_means(void **state)
{
	(void)state;
	assert_true(crawl_is_gone(404) && crawl_is_gone(410) && crawl_is_gone(451));
	for (int s = 0; s <= 999; s++) {
		assert_false(crawl_is_gone(s) && crawl_is_there(s));
		if (s != 404 && s != 410 && s != 451)
			assert_false(crawl_is_gone(s));
		assert_int_equal(crawl_is_there(s), s / 100 == 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form),
		cmocka_unit_test(one_address_in_many_ways),
		cmocka_unit_test(fragments),
		cmocka_unit_test(mistakes),
		cmocka_unit_test(what_gone_means),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
