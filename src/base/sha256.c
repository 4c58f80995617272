/* The only file that knows nettle.  It uses the processor's SHA instructions
 * where there are any, which a build over a large archive feels. */
#include "base/sha256.h"

#include "base/library.h"

#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <nettle/version.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(struct sha256),
	       "nettle's context fits");

static struct sha256_ctx *ctx(struct sha256 *h)
{
	return (struct sha256_ctx *)(void *)h->state;
}

void sha256_start(struct sha256 *h)
{
	nettle_sha256_init(ctx(h));
}

void sha256_add(struct sha256 *h, struct str s)
{
	if (s.n)
		nettle_sha256_update(ctx(h), s.n, (const uint8_t *)s.p);
}

void sha256_finish(struct sha256 *h, unsigned char digest[SHA256_SIZE])
{
	nettle_sha256_digest(ctx(h), SHA256_SIZE, digest);
}

void sha256_of(struct str s, unsigned char digest[SHA256_SIZE])
{
	struct sha256 h;

	sha256_start(&h);
	sha256_add(&h, s);
	sha256_finish(&h, digest);
}

void sha256_hmac(struct str key, struct str s, unsigned char digest[SHA256_SIZE])
{
	struct hmac_sha256_ctx h;

	hmac_sha256_set_key(&h, key.n, (const uint8_t *)key.p);
	hmac_sha256_update(&h, s.n, (const uint8_t *)s.p);
	hmac_sha256_digest(&h, SHA256_SIZE, digest);
}

void sha256_hex(const unsigned char *digest, size_t n, char *hex)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[2 * n] = '\0';
}

void library_nettle(struct buf *out)
{
	buf_addf(out, "%d.%d", nettle_version_major(), nettle_version_minor());
}
