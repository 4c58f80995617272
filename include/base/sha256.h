#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

/* SHA-256 (FIPS 180-4) and HMAC (RFC 2104), both computed by nettle. */

enum { SHA256_SIZE = 32, SHA256_HEX = 64 };

struct sha256 {
	_Alignas(8) unsigned char state[128]; /* nettle's context */
};

void sha256_start(struct sha256 *h);
void sha256_add(struct sha256 *h, struct str s);
/* Gives the digest and starts over. */
void sha256_finish(struct sha256 *h, unsigned char digest[SHA256_SIZE]);

void sha256_of(struct str s, unsigned char digest[SHA256_SIZE]);
void sha256_hmac(struct str key, struct str s, unsigned char digest[SHA256_SIZE]);
/* Lower-case hex of n bytes (at most 32) and a NUL. */
void sha256_hex(const unsigned char *digest, size_t n, char *hex);

#endif
