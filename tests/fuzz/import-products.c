/* A shop's products: a Merchant feed, a sitemap, a table. */
#include "import.h"

static void target(struct str in)
{
	fuzz_open();
	fuzz_import("products", fuzz_file(in));
}
