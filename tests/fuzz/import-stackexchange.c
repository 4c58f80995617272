/* A data dump: Posts.xml, Comments.xml, Users.xml, Votes.xml, a form feed (which
 * XML doesn't know) between them. */
#include "import.h"

static void write_file(const char *name, struct str bytes)
{
	char *path = fsys_join(fuzz_dir, name);
	FILE *f;

	unlink(path);
	if (str_present(bytes)) {
		f = fopen(path, "w");
		invariant(f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n);
		invariant(fclose(f) == 0);
	}
	free(path);
}

static void target(struct str in)
{
	static const char *const names[] = { "Posts.xml", "Comments.xml", "Users.xml",
					     "Votes.xml" };

	fuzz_open();
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		write_file(names[i], str_split(&in, '\f'));
	fuzz_import("stackexchange", fuzz_dir);
}
