/* SHA-256 and HMAC give the published digests, in one piece or many. */
#include "check.h"

#include "base/sha256.h"

static void assert_digest(const unsigned char *digest, const char *expected)
{
	char hex[SHA256_HEX + 1];

	sha256_hex(digest, SHA256_SIZE, hex);
	assert_string_equal(hex, expected);
}

/* NIST, "SHA-256 example values", and the digest of nothing. */
static void known_digests(void **state)
{
	unsigned char digest[SHA256_SIZE];

	(void)state;
	sha256_of(STR("abc"), digest);
	assert_digest(digest, "ba7816bf8f01cfea414140de5dae2223"
			      "b00361a396177a9cb410ff61f20015ad");
	sha256_of(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
		  digest);
	assert_digest(digest, "248d6a61d20638b8e5c026930c3e6039"
			      "a33ce45964ff2167f6ecedd419db06c1");
	sha256_of(STR_NONE, digest);
	assert_digest(digest, "e3b0c44298fc1c149afbf4c8996fb924"
			      "27ae41e4649b934ca495991b7852b855");
}

static void pieces_and_reuse(void **state)
{
	unsigned char whole[SHA256_SIZE], pieces[SHA256_SIZE];
	char bytes[1000];
	struct str text = { bytes, sizeof(bytes) };
	struct sha256 h;

	(void)state;
	memset(bytes, 'x', sizeof(bytes));
	sha256_of(text, whole);
	sha256_start(&h);
	for (int round = 0; round < 2; round++) {
		for (size_t at = 0; at < text.n; at += 7)
			sha256_add(&h, str_slice(text, at, at + 7));
		sha256_add(&h, STR_NONE);
		sha256_finish(&h, pieces);
		assert_memory_equal(pieces, whole, SHA256_SIZE);
	}
}

/* RFC 4231, test cases 2 and 6. */
static void known_macs(void **state)
{
	unsigned char digest[SHA256_SIZE];
	char key[131];

	(void)state;
	sha256_hmac(STR("Jefe"), STR("what do ya want for nothing?"), digest);
	assert_digest(digest, "5bdcc146bf60754e6a042426089575c7"
			      "5a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof(key));
	sha256_hmac(str_make(key, sizeof(key)),
		    STR("Test Using Larger Than Block-Size Key - Hash Key First"),
		    digest);
	assert_digest(digest, "60e431591ee0b67f0d8a26aacbf5b77f"
			      "8e0bc6213728c5140546040f0ee37f54");
}

static void short_hex(void **state)
{
	char hex[5] = "zzzz";

	(void)state;
	sha256_hex((const unsigned char *)"\x01\xfe", 2, hex);
	assert_string_equal(hex, "01fe");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_digests),
		cmocka_unit_test(pieces_and_reuse),
		cmocka_unit_test(known_macs),
		cmocka_unit_test(short_hex),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
