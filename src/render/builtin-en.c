/* The program's own templates in English.  Words only, no code. */
#include "builtin-impl.h"

const struct builtin builtin_en = {
	.language = "en",
	.disclosure =
	"{{#disclosure}}"
	"{{company}} shows {{shown}} of {{candidates}} public conversation{{^one}}s{{/one}}"
	"{{#about}} about <bdi>{{about}}</bdi>{{/about}}"
	"{{#from}}, held {{^one_day}}between " DAY("from") " and " DAY("to") "{{/one_day}}"
	"{{#one_day}}on " DAY("from") "{{/one_day}}{{/from}}. "
	"{{^none}}In {{wrong}} of {{shown}} we were wrong; our rules demand at least "
	"{{required}}. We chose them ourselves, by{{/none}}"
	"{{#none}}Our rules demand that we were wrong in at least {{required}} of what we show. "
	"We choose by{{/none}} "
	LINK("rules.yaml", "published rules") "; "
	"{{#about}}" LINK("{{all_path}}", "here is the whole list") "{{/about}}"
	"{{^about}}" LINK("{{all_path}}", "here they are in plain words") "{{/about}}. "
	"Something amiss? <a href=\"{{contact}}\">Tell us</a>."
	"{{/disclosure}}",

	.about = { "about", "About these pages",
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
	"for programs.\n" },

	.how_we_choose = { "how-we-choose", "How we choose",
	"What follows is written from [the rules]({{root}}rules.yaml) themselves, which the "
	"program obeys: when they change, this page does.\n"
	"\n"
	RULES
	"\n"
	"## How it stands\n"
	"\n"
	"- Conversations shown: {{disclosure.shown}} of {{disclosure.candidates}}\n"
	"- Of those, ones in which we were wrong: {{disclosure.wrong}}\n"
	"- Before we chose, ones in which we were wrong: {{stats.candidates_wrong}} of "
	"{{disclosure.candidates}}\n" },

	.report_a_problem = { "report-a-problem", "Report a problem",
	"Is something of yours quoted here, and you would rather it were not? Is a quotation "
	"false, a link dead, a page misleading? Write to [{{contact_text}}]({{contact}}).\n"
	"\n"
	"Tell us the address of the page and what is amiss. You need not give a reason when it is "
	"your own post: we take it out.\n"
	"\n"
	"A post that is deleted where it was written disappears here with the next update.\n" },

	.wrong = { "wrong", "Where we were wrong",
	"{{^newer_path}}\n"
	"Every conversation on this site in which one of us said in public that we were wrong "
	"({{count}}), the newest admission first. In our whole archive, before we chose any, it "
	"is {{stats.candidates_wrong}} of {{stats.candidates}}.\n"
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
	ADMISSIONS("on no product's page", "found by its words, not yet confirmed")
	"\n"
	PAGES("Pages", "Newer", "Older")
	"\n"
	"[A feed of where we were wrong]({{root}}wrong.xml)\n" },

	.contributors = { "contributors", "Who answers",
	"People of {{company}} who write in these conversations, under their own names. They "
	"agreed to be listed here. Others answer too and aren't listed: that is theirs to "
	"decide.\n"
	"\n"
	CONTRIBUTORS },

	.scenarios = { "scenarios", "Situations",
	"Conversations about several of our products, by the situation that they are about. Each "
	"of these pages keeps to the same rules as the pages of the products.\n"
	"\n"
	SCENARIOS("No conversation meets the rules yet",
		  "{{shown}} of {{candidates}} shown, in {{wrong}} we were wrong") },

	.search = {
		"search", "Search",
		SEARCH("Looks through the conversations on this site. The search runs in your browser.",
		"The index isn't there yet: whoever runs this site makes it after a build.",
		"The search needs JavaScript. Nothing else here does: [all products]({{root}}) "
		"are on the front page, and each has the list of all its conversations."),
	},

	.withdrawn = { NULL, "A conversation that was withdrawn",
	"This conversation was deleted where it was written, or somebody asked us to take it "
	"out. Nothing of it is kept on this page.\n"
	"\n"
	"{{#withdrawn}}\n"
	"It was withdrawn on " DAY("withdrawn") ".\n"
	"{{/withdrawn}}\n"
	"\n"
	"Is that a mistake, or do you still find it somewhere? Write to "
	"[{{contact_text}}]({{contact}}).\n"
	"\n"
	"[Back to the start]({{root}})\n" },

	.all =
	"Every public conversation about <bdi>{{subject.name}}</bdi> that our archive holds, with "
	"the one reason why it is shown or not. {{#subject.ruled}}Which are about it is decided by "
	"[our rules]({{root}}how-we-choose/). {{/subject.ruled}}The titles lead to the place where "
	"the conversation happened.\n"
	"\n"
	"{{^reasons}}\n"
	"{{^withdrawn}}\n"
	"There is none yet.\n"
	"{{/withdrawn}}\n"
	"{{/reasons}}\n"
	"\n"
	"{{#reasons}}\n"
	"## {{heading}}: {{count}}\n"
	"\n"
	"{{explanation}}\n"
	"\n"
	CANDIDATE("we were wrong", "in full")
	"{{/reasons}}\n"
	"\n"
	"{{#withdrawn}}\n"
	"Withdrawn at their origin or at their author's wish: {{withdrawn}}. They are counted here "
	"and nowhere listed.\n"
	"{{/withdrawn}}\n"
	"\n"
	"[Back to <bdi>{{subject.name}}</bdi>]({{root}}{{subject.path}})\n",

	.topic =
	"These conversations are a part of [what we show about <bdi>{{product.name}}</bdi>]"
	"({{root}}{{product.path}}): {{count}} of {{product.shown}}. The share of those in which "
	"we were wrong is kept on the whole page, not on this part of it.\n"
	"\n"
	"{{> disclosure}}\n"
	"\n"
	TOPIC_THREADS("We were wrong"),
};
