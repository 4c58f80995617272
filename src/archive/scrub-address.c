/* Mail addresses of the forgotten, which the archive knows as hashes. */
#include "archive/scrub.h"

#include "base/mem.h"
#include "base/sha256.h"

/* Bytes of its parts (RFC 5321, 4.5.3.1). */
enum { LOCAL_MAX = 64, DOMAIN_MAX = 255 };

static bool is_domain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || (unsigned char)c >= 0x80;
}

static bool is_local(char c)
{
	return is_domain(c) || (c && strchr("._+'=", c));
}

/* What stands for the at sign at the beginning of s: its length, or 0. */
static size_t at_sign(struct str s)
{
	static const struct str signs[] = {
		{ "@", 1 }, { "&#64;", 5 }, { "%40", 3 }, { " (at) ", 6 }, { " at ", 4 },
	};

	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (str_ieq(str_slice(s, 0, signs[i].n), signs[i]))
			return signs[i].n;
	return 0;
}

size_t scrub_address(struct str text, size_t from, char id[AUTHOR_HASH + 1])
{
	unsigned char digest[SHA256_SIZE];
	struct buf address = BUF_INIT;
	size_t at = from, domain, end;

	while (at < text.n && at - from < LOCAL_MAX && is_local(text.p[at]))
		at++;
	domain = at + at_sign(str_slice(text, at, text.n));
	for (end = domain; end < text.n && end - domain < DOMAIN_MAX; end++)
		if (!is_domain(text.p[end]) &&
		    !(text.p[end] == '.' && end + 1 < text.n && is_domain(text.p[end + 1])))
			break;
	if (at == from || domain == at || end == domain)
		return 0;
	buf_addstr(&address, str_slice(text, from, at));
	buf_addc(&address, '@');
	buf_addstr(&address, str_slice(text, domain, end));
	for (size_t i = 0; i < address.n; i++)
		if (address.p[i] >= 'A' && address.p[i] <= 'Z')
			address.p[i] += 'a' - 'A';
	sha256_of(buf_str(&address), digest);
	sha256_hex(digest, AUTHOR_HASH / 2, id);
	buf_release(&address);
	return end;
}
