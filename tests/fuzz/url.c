/*
 * The address in a post's link, and behind a line feed the one it is relative
 * to: what is let through leads to http, https or mailto, has nothing in it that
 * ends an attribute, and is let through again as it is.
 */
#include "target.h"

#include "render/html.h"

static void check_web(struct str url)
{
	struct str rest = str_slice(url, str_index(url, '/') + 2, url.n);

	invariant(rest.n && !strchr("/?#\\", rest.p[0]));
}

static void check_url(struct str url)
{
	struct buf again = BUF_INIT;

	invariant(utf8_valid(url));
	for (size_t i = 0; i < url.n; i++)
		invariant((unsigned char)url.p[i] > ' ' && !strchr("\"<>`\\\x7f", url.p[i]));
	if (str_starts(url, STR("http://")) || str_starts(url, STR("https://")))
		check_web(url);
	else
		invariant(str_starts(url, STR("mailto:")));
	invariant(url_safe(url, STR_NONE, &again));
	invariant(str_eq(url, buf_str(&again)));
	buf_release(&again);
}

static void target(struct str in)
{
	struct buf out = BUF_INIT;
	struct str url = str_split(&in, '\n');

	if (url_safe(url, in, &out))
		check_url(buf_str(&out));
	buf_reset(&out);
	if (url_safe(url, STR("https://forum.example/t/1?q#f"), &out))
		check_url(buf_str(&out));
	buf_release(&out);
}
