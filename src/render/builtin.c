/* The templates that come with the program.  Words only, no code. */
#include "render/builtin.h"

#include <stddef.h>

const char builtin_disclosure[] =
	"<p class=\"candor-disclosure\">"
	"{{#disclosure}}"
	"{{company}} shows {{shown}} of {{candidates}} public conversations"
	"{{#about}} about <bdi>{{about}}</bdi>{{/about}}"
	"{{#from}}, held between <time datetime=\"{{from.date}}\">{{from.text}}</time>"
	" and <time datetime=\"{{to.date}}\">{{to.text}}</time>{{/from}}. "
	"{{^none}}In {{wrong}} of the {{shown}} we were wrong; our rules demand at least "
	"{{required}}. {{/none}}"
	"{{#none}}Our rules demand that we were wrong in at least {{required}} of what we show. "
	"{{/none}}"
	"{{^none}}We chose them ourselves, by{{/none}}{{#none}}We choose by{{/none}} "
	"<a href=\"{{root}}rules.yaml\">published rules</a>; "
	"<a href=\"{{root}}{{all_path}}\">all {{candidates}} are listed</a>. "
	"Something amiss? <a href=\"{{contact}}\">Tell us</a>."
	"{{/disclosure}}"
	"</p>\n";

const char builtin_all[] =
	"Every public conversation about <bdi>{{subject.name}}</bdi> that our archive holds, with the one "
	"reason why it is shown or not. The titles lead to the place where the conversation "
	"happened.\n"
	"\n"
	"{{#reasons}}\n"
	"## {{heading}}: {{count}}\n"
	"\n"
	"{{explanation}}\n"
	"\n"
	"{{#threads}}\n"
	"- {{#url}}[<bdi>{{title}}</bdi>]({{url}}){{/url}}{{^url}}<bdi>{{title}}</bdi>{{/url}} "
	"<span class=\"candor-meta\"><bdi>{{venue}}</bdi>, "
	"<time datetime=\"{{activity.date}}\">{{activity.text}}</time>"
	"{{#wrong}}, we were wrong{{/wrong}}{{#rule}}, {{rule}}{{/rule}}"
	"{{#path}}, <a href=\"{{root}}{{path}}\">in full</a>{{/path}}</span>\n"
	"{{/threads}}\n"
	"{{/reasons}}\n"
	"\n"
	"{{#withdrawn}}\n"
	"{{withdrawn}} more have been withdrawn at their origin or at their author's wish; "
	"they are counted here and nowhere listed.\n"
	"{{/withdrawn}}\n"
	"\n"
	"[Back to <bdi>{{subject.name}}</bdi>]({{root}}{{subject.path}})\n";

const char builtin_withdrawn[] =
	"This conversation was deleted where it was written, or its author asked us to take it "
	"out. Nothing of it is kept on this page.\n"
	"\n"
	"[Back to the start]({{root}})\n";

static const char about[] =
	"These pages show what customers asked {{company}} in public and what {{company}} "
	"answered: in forums, on question-and-answer sites, in issue trackers. The conversations "
	"stand as they were written. Each links to the place where it happened, so that anybody "
	"can check.\n"
	"\n"
	"## The part where we were wrong\n"
	"\n"
	"A company that only shows praise shows nothing. So a part of what stands here, "
	"{{disclosure.required}} at the least, are conversations in which people of {{company}} "
	"say that they had made a mistake. The program that makes these pages refuses to publish "
	"with less, and spreads them over the page, so that they don't all stand at its end.\n"
	"\n"
	"## Check us\n"
	"\n"
	"The [rules]({{root}}rules.yaml) by which we choose are public, and [how we "
	"choose]({{root}}how-we-choose/) says them in plain words. Each product has a list of all "
	"its conversations, shown or not. [honesty.json]({{root}}honesty.json) holds the counts "
	"for programs.\n";

static const char how_we_choose[] =
	"What follows is written from [the rules]({{root}}rules.yaml) themselves, which the "
	"program obeys: when they change, this page does.\n"
	"\n"
	"{{#rules}}\n"
	"## {{section}}\n"
	"\n"
	"{{#sentences}}\n"
	"- {{.}}\n"
	"{{/sentences}}\n"
	"{{/rules}}\n"
	"\n"
	"## How it stands\n"
	"\n"
	"{{disclosure.shown}} of {{disclosure.candidates}} conversations are shown. In "
	"{{disclosure.wrong}} of those we were wrong. Among all {{disclosure.candidates}}, before "
	"we chose, it was {{stats.candidates_wrong}}.\n";

static const char report_a_problem[] =
	"Is something of yours quoted here, and you would rather it were not? Is a quotation "
	"false, a link dead, a page misleading? Write to [{{contact_text}}]({{contact}}).\n"
	"\n"
	"Tell us the address of the page and what is amiss. You need not give a reason when it is "
	"your own post: we take it out.\n"
	"\n"
	"A post that is deleted where it was written disappears here with the next update.\n";

const struct builtin_page builtin_pages[] = {
	{ "about", "About these pages", about },
	{ "how-we-choose", "How we choose", how_we_choose },
	{ "report-a-problem", "Report a problem", report_a_problem },
	{ NULL, NULL, NULL },
};
