/*
 * In libFuzzer's place: gives every file of the target's corpus, or those
 * named, to the target, and says so in TAP.  What breaks ends the program.
 */
#include "base/diag.h"
#include "base/fsys.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* A copy of exactly its size, so that a byte read beyond it is noticed. */
static void replay(const char *path, size_t number)
{
	struct diags diags = DIAGS_INIT;
	struct buf bytes = BUF_INIT;
	uint8_t *data;

	printf("# %s\n", path);
	fflush(stdout);
	if (fsys_read(path, SIZE_MAX, &bytes, &diags) < 0) {
		diags_print(&diags, stderr, DIAG_TEXT, false, false);
		exit(1);
	}
	data = malloc(bytes.n);
	if (bytes.n)
		memcpy(data, bytes.p, bytes.n);
	LLVMFuzzerTestOneInput(data, bytes.n);
	printf("ok %zu - %s\n", number, path);
	free(data);
	buf_release(&bytes);
}

static size_t replay_corpus(const char *target)
{
	struct diags diags = DIAGS_INIT;
	struct fsys_names names = { 0 };
	struct buf path = BUF_INIT;
	size_t n;

	buf_addf(&path, "tests/fuzz/corpus/%s", target);
	if (fsys_list(path.p, &names, &diags) < 0) {
		diags_print(&diags, stderr, DIAG_TEXT, false, false);
		exit(1);
	}
	for (size_t i = 0; i < names.n; i++) {
		buf_reset(&path);
		buf_addf(&path, "tests/fuzz/corpus/%s/%s", target, names.items[i]);
		replay(path.p, i + 1);
	}
	n = names.n;
	fsys_names_release(&names);
	buf_release(&path);
	return n;
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	size_t n = (size_t)argc - 1;

	if (argc < 2)
		n = replay_corpus(slash ? slash + 1 : argv[0]);
	for (int i = 1; i < argc; i++)
		replay(argv[i], (size_t)i);
	printf("1..%zu\n", n);
	return n ? 0 : 1;
}
