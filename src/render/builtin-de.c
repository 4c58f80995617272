/* The program's own templates in German.  Words only, no code; see language-de.c. */
#include "builtin-impl.h"

const struct builtin builtin_de = {
	.language = "de",
	.disclosure =
	"{{#disclosure}}"
	"{{company}} zeigt {{shown}} von {{candidates}} öffentlichen Gespräch{{^one}}en{{/one}}"
	"{{#about}} über <bdi>{{about}}</bdi>{{/about}}"
	"{{#from}}, geführt {{^one_day}}zwischen dem " DAY("from") " und dem " DAY("to")
	"{{/one_day}}{{#one_day}}am " DAY("from") "{{/one_day}}{{/from}}. "
	"{{^none}}In {{wrong}} von {{shown}} haben wir uns geirrt; unsere Regeln verlangen "
	"mindestens {{required}}. {{/none}}"
	"{{#none}}Unsere Regeln verlangen, dass wir uns in mindestens {{required}} dessen, was "
	"wir zeigen, geirrt haben. {{/none}}"
	"Die Auswahl treffen wir selbst, nach " LINK("rules.yaml", "veröffentlichten Regeln") "; "
	"{{#about}}" LINK("{{all_path}}", "hier ist die ganze Liste") "{{/about}}"
	"{{^about}}" LINK("{{all_path}}", "hier stehen sie in einfachen Worten") "{{/about}}. "
	"Stimmt etwas nicht? <a href=\"{{contact}}\">Sagen Sie es uns</a>."
	"{{/disclosure}}",

	.about = { "about", "Über diese Seiten",
	"Diese Seiten zeigen, was Kundinnen und Kunden {{company}} öffentlich gefragt haben und "
	"was {{company}} geantwortet hat: in Foren, auf Frage-und-Antwort-Seiten, in "
	"Issue-Trackern. Die Gespräche stehen hier so, wie sie geschrieben wurden. Jedes führt zu "
	"der Stelle, an der es stattfand, damit alle es nachprüfen können.\n"
	"\n"
	"## Der Teil, in dem wir uns geirrt haben\n"
	"\n"
	"Ein Unternehmen, das nur Lob zeigt, zeigt nichts. Deshalb besteht ein Teil dessen, was "
	"hier steht, mindestens {{disclosure.required}}, aus Gesprächen, in denen Menschen von "
	"{{company}} sagen, dass sie einen Fehler gemacht haben. Das Programm, das diese Seiten "
	"erstellt, weigert sich, mit weniger zu veröffentlichen, und verteilt diese Gespräche "
	"über die Seite, damit sie nicht alle am Ende stehen.\n"
	"\n"
	"## Prüfen Sie uns\n"
	"\n"
	"Die [Regeln]({{root}}rules.yaml), nach denen wir auswählen, sind öffentlich, und unter "
	"[Wie wir auswählen]({{root}}how-we-choose/) stehen sie in einfachen Worten. Zu jedem "
	"Produkt gibt es eine Liste aller Gespräche, gezeigt oder nicht. "
	"[honesty.json]({{root}}honesty.json) enthält die Zahlen für Programme.\n" },

	.how_we_choose = { "how-we-choose", "Wie wir auswählen",
	"Diese Seite entsteht aus den [Regeln]({{root}}rules.yaml) selbst, nach denen das "
	"Programm auswählt: Ändern sie sich, ändert sich auch diese Seite.\n"
	"\n"
	RULES
	"\n"
	"## Wie es steht\n"
	"\n"
	"- Gezeigte Gespräche: {{disclosure.shown}} von {{disclosure.candidates}}\n"
	"- Darunter solche, in denen wir uns geirrt haben: {{disclosure.wrong}}\n"
	"- Solche, in denen wir uns geirrt haben, vor der Auswahl: {{stats.candidates_wrong}} von "
	"{{disclosure.candidates}}\n" },

	.report_a_problem = { "report-a-problem", "Ein Problem melden",
	"Wird hier etwas von Ihnen zitiert, und es wäre Ihnen lieber, es stünde nicht hier? Ist "
	"ein Zitat falsch, ein Link tot, eine Seite irreführend? Schreiben Sie an "
	"[{{contact_text}}]({{contact}}).\n"
	"\n"
	"Nennen Sie uns die Adresse der Seite und sagen Sie, was nicht stimmt. Ist es Ihr eigener "
	"Beitrag, brauchen Sie keinen Grund anzugeben: Wir nehmen ihn heraus.\n"
	"\n"
	"Ein Beitrag, der dort gelöscht wird, wo er geschrieben wurde, verschwindet hier mit der "
	"nächsten Aktualisierung.\n" },

	.wrong = { "wrong", "Wo wir uns geirrt haben",
	"{{^newer_path}}\n"
	"Alle Gespräche auf dieser Website, in denen jemand von uns öffentlich gesagt hat, dass "
	"wir uns geirrt haben ({{count}}), das neueste Eingeständnis zuerst. In unserem ganzen "
	"Archiv, bevor wir ausgewählt haben, sind es {{stats.candidates_wrong}} von "
	"{{stats.candidates}}.\n"
	"\n"
	"{{#left_out}}\n"
	"Nicht hier: {{left_out}}. Diese wurden zurückgezogen, wir dürfen sie nicht zeigen, oder "
	"eine Regel lässt sie weg. [Wie wir auswählen]({{root}}how-we-choose/) nennt die Regeln; "
	"die Liste aller Gespräche über ein Produkt sagt, welche davon entschieden hat.\n"
	"{{/left_out}}\n"
	"{{/newer_path}}\n"
	"\n"
	"{{#newer_path}}\n"
	"Seite {{page_number}} von {{pages_count}}, das neueste Eingeständnis zuerst. "
	"[Zurück zur ersten]({{root}}wrong/)\n"
	"{{/newer_path}}\n"
	"\n"
	"{{> disclosure}}\n"
	"\n"
	"{{^threads}}\n"
	"Bisher gibt es keines.\n"
	"{{/threads}}\n"
	"\n"
	ADMISSIONS("auf keiner Produktseite",
		   "am Wortlaut erkannt, noch nicht bestätigt")
	"\n"
	PAGES("Seiten", "Neuere", "Ältere")
	"\n"
	"[Feed: wo wir uns geirrt haben]({{root}}wrong.xml)\n" },

	.contributors = { "contributors", "Wer antwortet",
	"Menschen von {{company}}, die in diesen Gesprächen unter ihrem eigenen Namen schreiben "
	"und zugestimmt haben, hier zu stehen. Andere antworten auch und stehen nicht hier: Das "
	"entscheiden sie selbst.\n"
	"\n"
	CONTRIBUTORS },

	.scenarios = { "scenarios", "Situationen",
	"Gespräche über mehrere unserer Produkte, geordnet nach der Situation, um die es geht. "
	"Für jede dieser Seiten gelten dieselben Regeln wie für die Seiten der Produkte.\n"
	"\n"
	SCENARIOS("Noch erfüllt kein Gespräch die Regeln",
		  "{{shown}} von {{candidates}} gezeigt, in {{wrong}} haben wir uns geirrt") },

	.search = {
		"search", "Suche",
		SEARCH("Durchsucht die Gespräche auf dieser Website. Die Suche läuft in Ihrem Browser.",
		"Das Verzeichnis für die Suche fehlt noch: Wer diese Website betreibt, legt es "
		"nach jedem Erzeugen der Seiten an.",
		"Die Suche braucht JavaScript, alles andere hier nicht: [Alle "
		"Produkte]({{root}}) stehen auf der Startseite, und jedes hat die Liste aller "
		"seiner Gespräche."),
	},

	.withdrawn = { NULL, "Ein Gespräch, das zurückgezogen wurde",
	"Dieses Gespräch wurde dort gelöscht, wo es geschrieben wurde, oder jemand hat uns "
	"gebeten, es herauszunehmen. Auf dieser Seite ist nichts davon geblieben.\n"
	"\n"
	"{{#withdrawn}}\n"
	"Es wurde am " DAY("withdrawn") " zurückgezogen.\n"
	"{{/withdrawn}}\n"
	"\n"
	"Ist das ein Irrtum, oder ist es noch irgendwo zu finden? Schreiben Sie an "
	"[{{contact_text}}]({{contact}}).\n"
	"\n"
	"[Zurück zum Anfang]({{root}})\n" },

	.all =
	"Jedes öffentliche Gespräch über <bdi>{{subject.name}}</bdi> in unserem Archiv, mit dem "
	"einen Grund, warum es gezeigt wird oder nicht. {{#subject.ruled}}Welche dazugehören, "
	"entscheiden [unsere Regeln]({{root}}how-we-choose/). {{/subject.ruled}}Die Titel führen zu "
	"der Stelle, an der das Gespräch stattfand.\n"
	"\n"
	"{{^reasons}}\n"
	"{{^withdrawn}}\n"
	"Bisher gibt es keines.\n"
	"{{/withdrawn}}\n"
	"{{/reasons}}\n"
	"\n"
	"{{#reasons}}\n"
	"## {{heading}}: {{count}}\n"
	"\n"
	"{{explanation}}\n"
	"\n"
	CANDIDATE("wir haben uns geirrt", "in voller Länge")
	"{{/reasons}}\n"
	"\n"
	"{{#withdrawn}}\n"
	"An ihrem Ursprung oder auf Wunsch derer, die sie verfasst haben, zurückgezogen: "
	"{{withdrawn}}. Diese werden hier gezählt und nirgends aufgeführt.\n"
	"{{/withdrawn}}\n"
	"\n"
	"[Zurück zu <bdi>{{subject.name}}</bdi>]({{root}}{{subject.path}})\n",

	.topic =
	"Diese Gespräche sind ein Teil dessen, [was wir über <bdi>{{product.name}}</bdi> zeigen]"
	"({{root}}{{product.path}}): {{count}} von {{product.shown}}. Der Anteil derer, in denen "
	"wir uns geirrt haben, gilt für die ganze Seite, nicht für diesen Teil davon.\n"
	"\n"
	"{{> disclosure}}\n"
	"\n"
	TOPIC_THREADS("Wir haben uns geirrt"),
};
