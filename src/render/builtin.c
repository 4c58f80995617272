/* The templates that come with the program: which language, and the menu's order.
 * The words are builtin-en.c's and its like. */
#include "builtin-impl.h"

#include "base/buf.h"
#include "base/mem.h"
#include "text/language.h"

const struct builtin *builtin_find(struct str language)
{
	static const struct builtin *const all[] = { &builtin_en, &builtin_de, &builtin_nl };
	struct str tag = language_tag(language_find(language));

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (str_is(tag, all[i]->language))
			return all[i];
	return &builtin_en;
}

const struct builtin_page *builtin_replaceable(const struct builtin *b, size_t n)
{
	const struct builtin_page *const pages[] = { &b->about, &b->how_we_choose,
						     &b->report_a_problem };

	return n < ARRAY_LEN(pages) ? pages[n] : NULL;
}

/* The attributes of an element whose words are not in the site's language. */
static const char *foreign(struct str language)
{
	return language_speaks(language) ? "" : " lang=\"en\" dir=\"ltr\"";
}

void builtin_disclosure(struct source *out, struct str language)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "<p class=\"candor-disclosure\"%s>%s</p>\n", foreign(language),
		 builtin_find(language)->disclosure);
	source_from(out, "(built-in) disclosure.html", buf_str(&b));
	buf_release(&b);
}

void builtin_source(struct source *out, struct str language, const char *text)
{
	struct buf b = BUF_INIT;

	if (language_speaks(language))
		buf_adds(&b, text);
	else
		buf_addf(&b, "<div%s>\n\n%s\n</div>\n", foreign(language), text);
	source_from(out, "(built-in page)", buf_str(&b));
	buf_release(&b);
}

const char builtin_search_script[] =
	"\"use strict\";\n"
	"addEventListener(\"DOMContentLoaded\", () => {\n"
	"\tif (window.PagefindUI)\n"
	"\t\tnew PagefindUI({ element: \"#search\", showImages: false });\n"
	"\telse\n"
	"\t\tdocument.getElementById(\"search-missing\").hidden = false;\n"
	"});\n";

int builtin_place(const char *slug)
{
	static const struct {
		const char *slug;
		int place;
	} places[] = {
		{ "about", 10 }, { "how-we-choose", 20 }, { "wrong", 30 },
		{ "contributors", 40 }, { "scenarios", 50 }, { "report-a-problem", 60 },
		{ "search", 70 },
	};

	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (!strcmp(places[i].slug, slug))
			return places[i].place;
	return 0;
}
