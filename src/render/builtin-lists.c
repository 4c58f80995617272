/* The templates of the lists that the program makes, and the menu's order.  Words
 * only, like builtin.c. */
#include "render/builtin.h"

#include "base/mem.h"

#include <string.h>

const struct builtin_page builtin_wrong = {
	"wrong", "Where we were wrong",
	"{{^newer_path}}\n"
	"All {{count}} conversations on this site in which one of us said in public that we were "
	"wrong, the newest admission first. Our archive holds {{stats.candidates_wrong}} such "
	"conversations among {{stats.candidates}}: that is the rate before we chose any.\n"
	"\n"
	"{{#left_out}}\n"
	"Not here: {{left_out}}. They were withdrawn, we have no right to show them, or a rule "
	"leaves them out. [How we choose]({{root}}how-we-choose/) names the rules; the list of "
	"all conversations about a product says which of them decided.\n"
	"{{/left_out}}\n"
	"{{/newer_path}}\n"
	"\n"
	"{{#newer_path}}\n"
	"Page {{page_number}} of {{pages_count}}, the newest admission first. "
	"[Back to the first]({{root}}wrong/)\n"
	"{{/newer_path}}\n"
	"\n"
	"{{> disclosure}}\n"
	"\n"
	"{{^threads}}\n"
	"There is none yet.\n"
	"{{/threads}}\n"
	"\n"
	"<ul class=\"candor-admissions\">\n"
	"{{#threads}}\n"
	"<li>\n"
	"{{#admission}}\n"
	"<blockquote class=\"candor-admission\">{{#quote}}<p><bdi>{{quote}}</bdi></p>{{/quote}}\n"
	"<footer>{{#author.path}}<a href=\"{{root}}{{author.path}}\"><bdi>{{author.name}}</bdi>"
	"</a>{{/author.path}}{{^author.path}}<bdi>{{author.name}}</bdi>{{/author.path}}"
	"{{#author.title}}, {{author.title}}{{/author.title}}, "
	"<time datetime=\"{{created.date}}\">{{created.text}}</time></footer></blockquote>\n"
	"{{/admission}}\n"
	"<p><a href=\"{{root}}{{path}}{{#admission}}#{{anchor}}{{/admission}}\">"
	"<bdi>{{title}}</bdi></a>\n"
	"<span class=\"candor-meta\">{{#url}}<a href=\"{{url}}\"><bdi>{{venue.name}}</bdi></a>"
	"{{/url}}{{^url}}<bdi>{{venue.name}}</bdi>{{/url}}{{#products}}, "
	"{{#path}}<a href=\"{{root}}{{path}}\"><bdi>{{name}}</bdi></a>{{/path}}"
	"{{^path}}<bdi>{{name}}</bdi>{{/path}}{{/products}}"
	"{{^shown}}, on no product's page{{/shown}}</span></p>\n"
	"</li>\n"
	"{{/threads}}\n"
	"</ul>\n"
	"\n"
	"{{#several}}\n"
	"<nav class=\"candor-pages\" aria-label=\"Pages\">\n"
	"{{#newer_path}}<a href=\"{{root}}{{newer_path}}\" rel=\"prev\">Newer</a>{{/newer_path}}\n"
	"{{#older_path}}<a href=\"{{root}}{{older_path}}\" rel=\"next\">Older</a>{{/older_path}}\n"
	"</nav>\n"
	"{{/several}}\n"
	"\n"
	"[A feed of where we were wrong]({{root}}wrong.xml)\n",
};

const struct builtin_page builtin_contributors = {
	"contributors", "Who answers",
	"People of {{company}} who write in these conversations, under their own names. They agreed "
	"to be listed here. Others answer too and aren't listed: that is theirs to decide.\n"
	"\n"
	"<ul class=\"cards\">\n"
	"{{#contributors}}\n"
	"<li><a href=\"{{root}}{{path}}\"><bdi>{{name}}</bdi></a>\n"
	"<span>{{title}}</span>{{#about}}\n"
	"<p>{{about}}</p>{{/about}}</li>\n"
	"{{/contributors}}\n"
	"</ul>\n",
};

const struct builtin_page builtin_scenarios = {
	"scenarios", "Situations",
	"Conversations about several of our products, by the situation that they are about. Each "
	"of these pages keeps to the same rules as the pages of the products.\n"
	"\n"
	"{{#scenarios}}\n"
	"- [<bdi>{{title}}</bdi>]({{root}}{{path}}){{#about}}: <bdi>{{about}}</bdi>{{/about}} "
	"<span class=\"candor-meta\">{{#empty}}No conversation meets the rules yet{{/empty}}"
	"{{^empty}}{{shown}} of {{candidates}} conversations, in {{wrong}} we were wrong{{/empty}}"
	"</span>\n"
	"{{/scenarios}}\n",
};

const char builtin_topic[] =
	"These conversations are a part of [what we show about <bdi>{{product.name}}</bdi>]"
	"({{root}}{{product.path}}): {{count}} of {{product.shown}}. The share of those in which we "
	"were wrong is kept on the whole page, not on this part of it.\n"
	"\n"
	"{{> disclosure}}\n"
	"\n"
	"<ul class=\"threads\">\n"
	"{{#threads}}\n"
	"<li>{{#wrong}}<span class=\"candor-badge\">We were wrong</span> {{/wrong}}"
	"<a href=\"{{root}}{{product.path}}#{{anchor}}\"><bdi>{{title}}</bdi></a>\n"
	"<span class=\"candor-meta\"><bdi>{{venue.name}}</bdi>, "
	"<time datetime=\"{{activity.date}}\">{{activity.text}}</time></span></li>\n"
	"{{/threads}}\n"
	"</ul>\n";

/* The box is Pagefind's own, which is there once its index is. */
const struct builtin_page builtin_search = {
	"search", "Search",
	"Looks through the conversations on this site. The search runs in your browser.\n"
	"\n"
	"<div id=\"search\"></div>\n"
	"\n"
	"<p id=\"search-missing\" hidden>The index isn't there yet: whoever runs this site makes "
	"it after a build.</p>\n"
	"\n"
	"<noscript>\n"
	"\n"
	"The search needs JavaScript. Nothing else here does: [all products]({{root}}) are on the "
	"front page, and each has the list of all its conversations.\n"
	"\n"
	"</noscript>\n"
	"\n"
	"<link rel=\"stylesheet\" href=\"{{root}}pagefind/pagefind-ui.css\">\n"
	"<script src=\"{{root}}pagefind/pagefind-ui.js\" defer></script>\n"
	"<script src=\"{{root}}search/search.js\" defer></script>\n",
};

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
