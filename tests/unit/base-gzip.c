/* Proves that sizes are those that gzip -n -6 makes: of nothing, of what
 * compresses well and of what doesn't, longer than one round; and that the
 * quickest way is enough where it is. */
#include "check.h"

#include "base/buf.h"
#include "base/gzip.h"

static void sizes_are_gzips(void **state)
{
	struct buf b = BUF_INIT;
	uint32_t x = 1;

	(void)state;
	assert_int_equal(gzip_size(STR(""), 0), 20);
	assert_int_equal(gzip_size(STR("candor"), 0), 26);
	memset(buf_room(&b, 1000000), 'a', 1000000);
	assert_in_range(gzip_size(str_make(b.p, 1000000), 0), 900, 1100);
	assert_in_range(gzip_size(str_make(b.p, 1000000), 1000000), 4000, 5000);
	assert_in_range(gzip_size(str_make(b.p, 1000000), 2000), 900, 1100);
	for (int i = 0; i < 1000000; i++) {
		x = x * 1664525 + 1013904223;
		buf_addc(&b, (char)(x >> 24));
	}
	assert_in_range(gzip_size(buf_str(&b), 0), 1000000, 1001000);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(sizes_are_gzips) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
