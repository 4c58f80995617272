/* rules.yaml, read and said in plain words. */
#include "target.h"

#include "select/rules.h"

static void target(struct str in)
{
	struct diags diags = DIAGS_INIT;
	struct arena a = ARENA_INIT;
	struct rules_sentence *said;
	struct source source;
	struct rules *rules;

	/* What is no text never gets as far as the rules. */
	if (source_load(&source, fuzz_file(in), &diags) < 0) {
		fuzz_diags(&diags);
		return;
	}
	if (rules_parse(&rules, "rules.yaml", source_text(&source), &diags) == 0) {
		static const char *const languages[] = { "en", "de", "nl" };

		for (size_t k = 0; k < ARRAY_LEN(languages); k++) {
			size_t n = rules_say(rules, NULL, 0, language_find(str_of(languages[k])),
					     &a, &said);

			for (size_t i = 0; i < n; i++)
				invariant(said[i].text.n && utf8_valid(said[i].text));
		}
		invariant(diags_errors(&diags) == 0);
	} else {
		invariant(diags_errors(&diags) > 0);
	}
	rules_free(rules);
	source_release(&source);
	arena_release(&a);
	fuzz_diags(&diags);
}
