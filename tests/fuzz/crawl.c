/* What a crawler found; and an address is found again in whatever form it was given. */
#include "target.h"

#include "base/buf.h"
#include "import/crawl.h"

/* How many addresses there are; the status that `asked` has. */
static size_t read_all(struct str bytes, struct str asked, int *status, bool *taken)
{
	struct diags diags = DIAGS_INIT;
	struct crawl c;
	size_t n;

	*taken = crawl_read(&c, fuzz_file(bytes), &diags) == 0;
	invariant(*taken == (diags_errors(&diags) == 0));
	*status = crawl_status(&c, asked);
	invariant(c.asked == (*status >= 0));
	n = c.n;
	crawl_release(&c);
	fuzz_diags(&diags);
	return n;
}

static void target(struct str in)
{
	struct buf line = BUF_INIT;
	struct jsonw w;
	bool taken;
	int status;

	read_all(in, in, &status, &taken);
	if (!utf8_valid(in) || memchr(in.p, 0, in.n))
		return;
	jsonw_init(&w, &line);
	jsonw_object(&w);
	jsonw_key_str(&w, "url", in);
	jsonw_key_int(&w, "status", 404);
	jsonw_object_end(&w);
	if (read_all(buf_str(&line), in, &status, &taken) && (!taken || status != 404))
		fuzz_broken("'%.*s' isn't found again", STR_ARG(in));
	buf_release(&line);
}
