/* Regular expressions: the one file that knows PCRE2. */
#include "text/regex.h"

#include "base/library.h"
#include "base/mem.h"
#include "base/source.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/*
 * Limits of work, so that every machine gives up at the same place: that is
 * also why the just-in-time compiler isn't used, which counts otherwise and
 * isn't there on every machine.
 */
enum {
	PATTERN_BYTES = 4096,
	MATCH_LIMIT = 1000000,
	DEPTH_LIMIT = 10000,
	HEAP_LIMIT_KIB = 20000
};

struct regex {
	pcre2_general_context *memory; /* owned */
	pcre2_code *code;              /* owned */
	pcre2_match_context *limits;   /* owned */
};

/* Memory that runs out is no mistake in a pattern: it ends the process. */
static void *regex_malloc(size_t n, void *unused)
{
	(void)unused;
	return xmalloc(n);
}

static void regex_release(void *p, void *unused)
{
	(void)unused;
	free(p);
}

/* The offset in the source, where the scalar is written there as it is. */
static struct place mistake_place(struct place where, struct str pattern, size_t offset)
{
	struct str text, raw;

	if (!where.source)
		return where;
	text = source_text(where.source);
	for (size_t quote = 0; quote < 2; quote++) {
		raw = str_slice(text, where.at + quote, where.at + quote + pattern.n);
		if (str_eq(raw, pattern))
			return place_in(where.source, where.at + quote + offset, 0);
	}
	return where;
}

static void report(int error, struct str pattern, size_t offset, struct place where,
		   struct diags *diags)
{
	PCRE2_UCHAR message[256];

	pcre2_get_error_message(error, message, sizeof(message));
	diag_add(diags, DIAG_BAD_REGEX, mistake_place(where, pattern, offset),
		 "bad regular expression '%.*s': %s", STR_ARG(pattern),
		 (const char *)message);
}

static pcre2_code *compile(pcre2_general_context *memory, struct str pattern,
			   struct place where, struct diags *diags)
{
	pcre2_compile_context *context = pcre2_compile_context_create(memory);
	pcre2_code *code;
	int error;
	size_t offset;

	pcre2_set_max_pattern_length(context, PATTERN_BYTES);
	code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n,
			     PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C |
			     PCRE2_MATCH_INVALID_UTF,
			     &error, &offset, context);
	pcre2_compile_context_free(context);
	if (!code)
		report(error, pattern, offset, where, diags);
	return code;
}

struct regex *regex_new(struct str pattern, struct place where, struct diags *diags)
{
	pcre2_general_context *memory =
		pcre2_general_context_create(regex_malloc, regex_release, NULL);
	pcre2_code *code = compile(memory, pattern, where, diags);
	struct regex *r;

	if (!code) {
		pcre2_general_context_free(memory);
		return NULL;
	}
	r = xmalloc(sizeof(*r));
	r->memory = memory;
	r->code = code;
	r->limits = pcre2_match_context_create(memory);
	pcre2_set_match_limit(r->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(r->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(r->limits, HEAP_LIMIT_KIB);
	return r;
}

int regex_find(const struct regex *r, struct str text, size_t start, size_t *from,
	       size_t *to)
{
	/* One pair: where the whole match is.  Groups are nobody's business. */
	pcre2_match_data *data;
	const size_t *pair;
	int result, found = 0;

	if (start > text.n)
		return 0;
	data = pcre2_match_data_create(1, r->memory);
	result = pcre2_match(r->code, (PCRE2_SPTR)(text.p ? text.p : ""), text.n, start,
			     0, data, r->limits);
	pair = pcre2_get_ovector_pointer(data);
	if (result >= 0) {
		/* \K in a lookahead can put the start behind the end. */
		found = pair[0] <= pair[1];
		*from = pair[0];
		*to = pair[1];
	} else if (result != PCRE2_ERROR_NOMATCH) {
		found = -1;
	}
	pcre2_match_data_free(data);
	return found;
}

bool regex_matches_nothing(const struct regex *r)
{
	uint32_t may = 0;

	pcre2_pattern_info(r->code, PCRE2_INFO_MATCHEMPTY, &may);
	return may;
}

void regex_free(struct regex *r)
{
	if (!r)
		return;
	pcre2_code_free(r->code);
	pcre2_match_context_free(r->limits);
	pcre2_general_context_free(r->memory);
	free(r);
}

/* "10.42 2022-12-11" */
void library_pcre(struct buf *out)
{
	char version[64];

	pcre2_config(PCRE2_CONFIG_VERSION, version);
	buf_add(out, version, strcspn(version, " "));
}
