/* The program's own templates in Dutch.  Words only, no code; see language-nl.c. */
#include "builtin-impl.h"

const struct builtin builtin_nl = {
	.language = "nl",
	.disclosure =
	"{{#disclosure}}"
	"{{company}} toont {{shown}} van {{candidates}} "
	"{{^one}}openbare gesprekken{{/one}}{{#one}}openbaar gesprek{{/one}}"
	"{{#about}} over <bdi>{{about}}</bdi>{{/about}}"
	"{{#from}}, gevoerd {{^one_day}}tussen " DAY("from") " en " DAY("to") "{{/one_day}}"
	"{{#one_day}}op " DAY("from") "{{/one_day}}{{/from}}. "
	"{{^none}}In {{wrong}} van {{shown}} hadden we het mis; onze regels eisen minstens "
	"{{required}}. {{/none}}"
	"{{#none}}Onze regels eisen dat we het in minstens {{required}} van wat we tonen mis "
	"hadden. {{/none}}"
	"We kiezen zelf, volgens " LINK("rules.yaml", "gepubliceerde regels") "; "
	"{{#about}}" LINK("{{all_path}}", "hier is de hele lijst") "{{/about}}"
	"{{^about}}" LINK("{{all_path}}", "hier staan ze in gewone woorden") "{{/about}}. "
	"Klopt er iets niet? <a href=\"{{contact}}\">Laat het ons weten</a>."
	"{{/disclosure}}",

	.about = { "about", "Over deze pagina's",
	"Deze pagina's tonen wat klanten {{company}} in het openbaar hebben gevraagd en wat "
	"{{company}} heeft geantwoord: op forums, op vraag-en-antwoordsites, in issuetrackers. De "
	"gesprekken staan hier zoals ze zijn geschreven. Elk gesprek leidt naar de plek waar het "
	"plaatsvond, zodat iedereen het kan nagaan.\n"
	"\n"
	"## Het deel waarin we het mis hadden\n"
	"\n"
	"Een bedrijf dat alleen lof toont, toont niets. Daarom bestaat een deel van wat hier "
	"staat, minstens {{disclosure.required}}, uit gesprekken waarin mensen van {{company}} "
	"zeggen dat ze een fout hebben gemaakt. Het programma dat deze pagina's maakt, weigert "
	"met minder te publiceren en verspreidt die gesprekken over de pagina, zodat ze niet "
	"allemaal aan het eind staan.\n"
	"\n"
	"## Controleer ons\n"
	"\n"
	"De [regels]({{root}}rules.yaml) waarmee we kiezen zijn openbaar, en onder [Hoe we "
	"kiezen]({{root}}how-we-choose/) staan ze in gewone woorden. Elk product heeft een lijst "
	"van al zijn gesprekken, getoond of niet. [honesty.json]({{root}}honesty.json) bevat de "
	"aantallen voor programma's.\n" },

	.how_we_choose = { "how-we-choose", "Hoe we kiezen",
	"Deze pagina wordt gemaakt uit de [regels]({{root}}rules.yaml) zelf, die het programma "
	"volgt: veranderen ze, dan verandert deze pagina mee.\n"
	"\n"
	RULES
	"\n"
	"## Hoe het ervoor staat\n"
	"\n"
	"- Getoonde gesprekken: {{disclosure.shown}} van {{disclosure.candidates}}\n"
	"- Daarvan gesprekken waarin we het mis hadden: {{disclosure.wrong}}\n"
	"- Gesprekken waarin we het mis hadden voordat we kozen: {{stats.candidates_wrong}} van "
	"{{disclosure.candidates}}\n" },

	.report_a_problem = { "report-a-problem", "Een probleem melden",
	"Wordt hier iets van u geciteerd en had u dat liever niet? Klopt een citaat niet, werkt "
	"een link niet, is een pagina misleidend? Schrijf naar [{{contact_text}}]({{contact}}).\n"
	"\n"
	"Geef ons het adres van de pagina en vertel wat er niet klopt. Is het uw eigen bericht, "
	"dan hoeft u geen reden te geven: we halen het weg.\n"
	"\n"
	"Een bericht dat wordt verwijderd waar het is geschreven, verdwijnt hier bij de volgende "
	"update.\n" },

	.wrong = { "wrong", "Waar we het mis hadden",
	"{{^newer_path}}\n"
	"Alle gesprekken op deze site waarin een van ons in het openbaar zei dat we het mis "
	"hadden ({{count}}), de nieuwste erkenning eerst. In ons hele archief, voordat we kozen, "
	"zijn het er {{stats.candidates_wrong}} van {{stats.candidates}}.\n"
	"\n"
	"{{#left_out}}\n"
	"Niet hier: {{left_out}}. Ze zijn ingetrokken, we mogen ze niet tonen, of een regel laat "
	"ze weg. [Hoe we kiezen]({{root}}how-we-choose/) noemt de regels; de lijst van alle "
	"gesprekken over een product zegt welke daarvan de doorslag gaf.\n"
	"{{/left_out}}\n"
	"{{/newer_path}}\n"
	"\n"
	"{{#newer_path}}\n"
	"Pagina {{page_number}} van {{pages_count}}, de nieuwste erkenning eerst. "
	"[Terug naar de eerste]({{root}}wrong/)\n"
	"{{/newer_path}}\n"
	"\n"
	"{{> disclosure}}\n"
	"\n"
	"{{^threads}}\n"
	"Er is er nog geen.\n"
	"{{/threads}}\n"
	"\n"
	ADMISSIONS("op geen enkele productpagina",
		   "aan de woorden herkend, nog niet bevestigd")
	"\n"
	PAGES("Pagina's", "Nieuwere", "Oudere")
	"\n"
	"[Feed: waar we het mis hadden]({{root}}wrong.xml)\n" },

	.contributors = { "contributors", "Wie er antwoordt",
	"Mensen van {{company}} die onder hun eigen naam in deze gesprekken schrijven. Ze hebben "
	"ermee ingestemd hier te staan. Anderen antwoorden ook en staan hier niet: dat is hun "
	"eigen keuze.\n"
	"\n"
	CONTRIBUTORS },

	.scenarios = { "scenarios", "Situaties",
	"Gesprekken over meerdere van onze producten, geordend naar de situatie waar ze over "
	"gaan. Voor elk van deze pagina's gelden dezelfde regels als voor de pagina's van de "
	"producten.\n"
	"\n"
	SCENARIOS("Nog geen gesprek voldoet aan de regels",
		  "{{shown}} van {{candidates}} getoond, in {{wrong}} hadden we het mis") },

	.search = {
		"search", "Zoeken",
		SEARCH("Doorzoekt de gesprekken op deze website. Het zoeken gebeurt in uw browser.",
		"De index is er nog niet: wie deze website beheert, maakt hem na het genereren "
		"van de pagina's.",
		"Zoeken werkt alleen met JavaScript. Verder heeft hier niets JavaScript nodig: "
		"[alle producten]({{root}}) staan op de voorpagina, elk met de lijst van alle "
		"gesprekken erover."),
	},

	.withdrawn = { NULL, "Een gesprek dat is ingetrokken",
	"Dit gesprek is verwijderd waar het werd geschreven, of iemand heeft ons gevraagd het "
	"weg te halen. Op deze pagina is er niets van bewaard.\n"
	"\n"
	"{{#withdrawn}}\n"
	"Het is ingetrokken op " DAY("withdrawn") ".\n"
	"{{/withdrawn}}\n"
	"\n"
	"Is dat een vergissing, of is het nog ergens te vinden? Schrijf naar "
	"[{{contact_text}}]({{contact}}).\n"
	"\n"
	"[Terug naar het begin]({{root}})\n" },

	.all =
	"Elk openbaar gesprek over <bdi>{{subject.name}}</bdi> in ons archief, met de ene reden "
	"waarom het wel of niet wordt getoond. {{#subject.ruled}}Welke daarbij horen, bepalen "
	"[onze regels]({{root}}how-we-choose/). {{/subject.ruled}}De titels leiden naar de plek "
	"waar het gesprek plaatsvond.\n"
	"\n"
	"{{^reasons}}\n"
	"{{^withdrawn}}\n"
	"Er is er nog geen.\n"
	"{{/withdrawn}}\n"
	"{{/reasons}}\n"
	"\n"
	"{{#reasons}}\n"
	"## {{heading}}: {{count}}\n"
	"\n"
	"{{explanation}}\n"
	"\n"
	CANDIDATE("we hadden het mis", "volledig")
	"{{/reasons}}\n"
	"\n"
	"{{#withdrawn}}\n"
	"Ingetrokken waar ze zijn geschreven of op verzoek van wie ze schreef: {{withdrawn}}. Ze "
	"worden hier geteld en nergens vermeld.\n"
	"{{/withdrawn}}\n"
	"\n"
	"[Terug naar <bdi>{{subject.name}}</bdi>]({{root}}{{subject.path}})\n",

	.topic =
	"Deze gesprekken zijn een deel van [wat we over <bdi>{{product.name}}</bdi> tonen]"
	"({{root}}{{product.path}}): {{count}} van {{product.shown}}. Het aandeel gesprekken "
	"waarin we het mis hadden, geldt voor de hele pagina, niet voor dit deel ervan.\n"
	"\n"
	"{{> disclosure}}\n"
	"\n"
	TOPIC_THREADS("We hadden het mis"),
};
