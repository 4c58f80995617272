/* A table with its map: the map, a form feed, the table. */
#include "import.h"

static char *write_map(struct str bytes)
{
	char *path = fsys_join(fuzz_dir, "map.yaml");
	FILE *f = fopen(path, "w");

	invariant(f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n);
	invariant(fclose(f) == 0);
	return path;
}

static void target(struct str in)
{
	char *path;

	fuzz_open();
	fuzz_map = path = write_map(str_split(&in, '\f'));
	fuzz_import("csv", fuzz_file(str_present(in) ? in : STR("")));
	free(path);
}
