/* A file of patterns, an empty line with '---' and the post that they are tried on. */
#include "target.h"

#include "evidence/evidence.h"

static void try_on(const struct patterns *p, struct str body)
{
	struct arena arena = ARENA_INIT;

	for (int format = BODY_MARKDOWN; format <= BODY_TEXT; format++) {
		const struct evidence_post post = {
			.format = (enum body_format)format, .body = body,
			.role = ROLE_CONTRIBUTOR, .previous_format = BODY_TEXT,
			.previous = body, .previous_role = ROLE_CUSTOMER,
		};
		struct finding *found;
		size_t n;

		evidence_find(p, &post, &arena, &found, &n);
		for (size_t i = 0; i < n; i++)
			invariant(found[i].start < found[i].stop && found[i].stop <= body.n);
	}
	arena_release(&arena);
}

static void target(struct str in)
{
	struct diags diags = DIAGS_INIT;
	struct buf whole = BUF_INIT;
	struct patterns *p;
	struct str yaml, body;
	size_t at;

	for (size_t i = 0; i < in.n; i++)
		if (in.p[i])
			buf_addc(&whole, in.p[i]);
	at = str_find(buf_str(&whole), STR("\n---\n"));
	yaml = str_slice(buf_str(&whole), 0, at);
	body = str_slice(buf_str(&whole), at + 5, whole.n);
	if (utf8_valid(yaml) && patterns_parse(&p, yaml, &diags) == 0) {
		try_on(p, body);
		patterns_free(p);
	}
	fuzz_diags(&diags);
	buf_release(&whole);
}
