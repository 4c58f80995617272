#ifndef FUZZ_TARGET_H
#define FUZZ_TARGET_H

/*
 * What the fuzz targets share.  A target is a file that defines target(): it
 * gives some bytes to one parser and aborts where a promise of its header is
 * broken.  libFuzzer calls it with what it invents, replay.c with what is kept
 * in tests/fuzz/corpus/NAME/.
 */
#include "base/diag.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void target(struct str in);

/* The program's own way out would not tell the fuzzer which input it was. */
static inline _Noreturn void fuzz_broken(const char *fmt, ...)
{
	va_list ap;

	fputs("broken: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	target(str_make(n ? (const char *)data : "", n));
	return 0;
}

/* What the diagnostics come to in a form. */
static inline struct str fuzz_said(const struct diags *d, enum diag_format format,
				   char **text)
{
	size_t n = 0;
	FILE *out = open_memstream(text, &n);

	invariant(out);
	diags_print(d, out, format, format == DIAG_TEXT, true);
	invariant(fclose(out) == 0);
	return str_make(*text, n);
}

/* Whatever was wrong can be said: in UTF-8 without control bytes but the
 * terminal's colours, and as one JSON document.  Empties d. */
static inline void fuzz_diags(struct diags *d)
{
	struct diags none = DIAGS_INIT;
	struct arena a = ARENA_INIT;
	char *text;
	struct str said;

	said = fuzz_said(d, DIAG_TEXT, &text);
	invariant(utf8_valid(said));
	for (size_t i = 0; i < said.n; i++)
		invariant((unsigned char)said.p[i] >= ' ' || strchr("\n\033", said.p[i]));
	free(text);
	said = fuzz_said(d, DIAG_JSON, &text);
	invariant(json_parse(&a, str_trim(said), place_line("said", 1, 0), &none));
	free(text);
	fuzz_said(d, DIAG_GITHUB, &text);
	free(text);
	diags_release(d);
	arena_release(&a);
}

/* The path of a file with these bytes, which stands until the next call. */
static inline const char *fuzz_file(struct str bytes)
{
	static char path[40];
	static int fd = -1;

	if (fd < 0)
		fd = memfd_create("input", MFD_CLOEXEC);
	invariant(fd >= 0 && ftruncate(fd, 0) == 0);
	invariant(pwrite(fd, bytes.p, bytes.n, 0) == (ssize_t)bytes.n);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return path;
}

#endif
