/* A line with a pattern, and the text it is looked for in. */
#include "target.h"

#include "base/source.h"
#include "text/regex.h"

static void target(struct str in)
{
	struct diags diags = DIAGS_INIT;
	struct buf whole = BUF_INIT;
	struct source source;
	struct str pattern, text;
	struct regex *regex;
	size_t from, to;

	utf8_add_repaired(&whole, in);
	text = buf_str(&whole);
	pattern = str_split(&text, '\n');
	text = str_present(text) ? text : STR("");
	source_from(&source, "rules.yaml", pattern);
	regex = regex_new(pattern, place_in(&source, 0, pattern.n), &diags);
	invariant(!regex == (diags_errors(&diags) > 0));
	if (regex && regex_find(regex, text, 0, &from, &to) == 1) {
		invariant(from <= to && to <= text.n);
		invariant(utf8_valid(str_slice(text, from, to)));
	}
	regex_free(regex);
	source_release(&source);
	buf_release(&whole);
	fuzz_diags(&diags);
}
