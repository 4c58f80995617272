/*
 * What the program says in German.  Words only, no code.  Readers are addressed as
 * Sie; words with a sharp s, which Swiss readers don't write, are avoided.
 */
#include "language-impl.h"

const char *const months_de[12] = {
	"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
	"September", "Oktober", "November", "Dezember",
};

const char *const months_at[12] = {
	"Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
	"September", "Oktober", "November", "Dezember",
};

const struct phrase sayings_de[SAY_COUNT] = {
	/* "nach" asks for the dative. */
	[SAY_AFTER_MINUTES] = { "{count} Minuten", "{count} Minute" },
	[SAY_AFTER_HOURS] = { "{count} Stunden" },
	[SAY_AFTER_DAYS] = { "{count} Tagen" },

	[SAY_DELETED_ACCOUNT] = { "gelöschtes Konto" },
	[SAY_UNNAMED] = { "ohne Namen" },
	[SAY_UNNAMED_LICENCE] = { "Lizenz ohne Namen" },
	[SAY_UNTITLED] = { "Gespräch ohne Titel" },

	[SAY_EMAIL_REMOVED] = { "[E-Mail-Adresse entfernt]" },
	[SAY_PHONE_REMOVED] = { "[Telefonnummer entfernt]" },
	[SAY_CARD_REMOVED] = { "[Kartennummer entfernt]" },
	[SAY_REMOVED] = { "[{name} entfernt]" },

	[SAY_ALL_CONVERSATIONS] = { "Alle Gespräche über {subject}" },
	[SAY_FEED_OF_WRONG] = { "{title}: wo wir uns geirrt haben" },

	[SAY_DESCRIPTION] = {
		"{shown} von {candidates} öffentlichen Gesprächen über {subject}; in {wrong} "
		"davon hat sich {company} geirrt." },
	[SAY_DESCRIPTION_NONE] = {
		"Noch erfüllt kein öffentliches Gespräch über {subject} unsere Regeln." },

	[SAY_REASON_SHOWN] = { "Gezeigt" },
	[SAY_REASON_SHOWN_MORE] = { "Diese stehen auf der Seite." },
	[SAY_REASON_LIMIT] = { "Kein Platz" },
	[SAY_REASON_LIMIT_MORE] = {
		"Diese erfüllen die Regeln, aber andere hatten mehr Punkte, und die Seite "
		"ist voll." },
	[SAY_REASON_CAP] = { "Zu viele von einer Art" },
	[SAY_REASON_CAP_MORE] = {
		"Diese erfüllen die Regeln, aber mit ihnen hätte eine einzelne Kundin, ein "
		"einzelner Kunde, jemand aus unserem Team oder ein einzelner Ort zu viel "
		"Raum auf der Seite bekommen." },
	[SAY_REASON_SHARE] = { "Weggelassen, um den Anteil zu wahren" },
	[SAY_REASON_SHARE_MORE] = {
		"Diese erfüllen die Regeln, aber mit ihnen wäre der Anteil der Gespräche, "
		"in denen wir uns geirrt haben, zu klein geworden." },
	[SAY_REASON_KEEP] = { "Nicht das, was wir zeigen" },
	[SAY_REASON_KEEP_MORE] = { "Diese erfüllen eine Bedingung der Regeln nicht." },
	[SAY_REASON_DROP] = { "Von einer Regel ausgeschlossen" },
	[SAY_REASON_DROP_MORE] = {
		"Eine Regel nennt etwas, das in ihnen vorkommt, oder die Redaktion hält sie "
		"zurück." },
	[SAY_REASON_EMBARGO] = { "Noch nicht" },
	[SAY_REASON_EMBARGO_MORE] = { "Diese warten auf ein Datum." },
	[SAY_REASON_EXPIRED] = { "Nicht mehr" },
	[SAY_REASON_EXPIRED_MORE] = { "Die Zeit, für die sie freigegeben waren, ist vorbei." },
	[SAY_REASON_GROUND] = { "Dürfen wir nicht zeigen" },
	[SAY_REASON_GROUND_MORE] = {
		"Für einen ihrer Beiträge haben wir weder eine Lizenz noch eine Erlaubnis." },

	[SAY_QUOTED] = { "„{text}“" },
	[SAY_OR] = { " oder " },
	[SAY_AND] = { " und " },
	[SAY_CLAUSES_OR] = { " oder " },
	[SAY_CLAUSES_AND] = { " und " },
	[SAY_RATIO] = { "{part}/{whole}" },
	[SAY_DAYS] = { "{count} Tage", "{count} Tag" },
	[SAY_YEARS] = { "{count} Jahre", "{count} Jahr" },
	[SAY_POINTS] = { "{points} Punkte", "{points} Punkt" },

	/* Clauses with their verb at the end; none may end in a clause of its own. */
	[SAY_IF_CONTRIBUTOR] = { "jemand aus dem Unternehmen daran beteiligt ist" },
	[SAY_IF_NO_CONTRIBUTOR] = { "niemand aus dem Unternehmen daran beteiligt ist" },
	[SAY_IF_POSTS_MIN] = { "es mindestens {min} Beiträge hat",
			       "es mindestens {min} Beitrag hat" },
	[SAY_IF_POSTS_MAX] = { "es höchstens {max} Beiträge hat",
			       "es höchstens {max} Beitrag hat" },
	[SAY_IF_POSTS] = { "es {min} bis {max} Beiträge hat" },
	[SAY_IF_AGE_MIN] = { "sein letzter Beitrag mindestens {min} alt ist" },
	[SAY_IF_AGE_MAX] = { "sein letzter Beitrag höchstens {max} alt ist" },
	[SAY_IF_AGE] = { "sein letzter Beitrag mindestens {min} und höchstens {max} alt ist" },
	[SAY_IF_SCORE_MIN] = {
		"es dort, wo es stattfand, eine Bewertung von mindestens {min} hat" },
	[SAY_IF_SCORE_MAX] = {
		"es dort, wo es stattfand, eine Bewertung von höchstens {max} hat" },
	[SAY_IF_SCORE] = {
		"es dort, wo es stattfand, eine Bewertung von {min} bis {max} hat" },
	[SAY_IF_SOLVED] = { "die Frage gelöst wurde" },
	[SAY_IF_NOT_SOLVED] = { "die Frage nicht gelöst wurde" },
	[SAY_IF_THANKED] = { "die Kundin oder der Kunde sich bedankt hat" },
	[SAY_IF_NOT_THANKED] = { "die Kundin oder der Kunde sich nicht bedankt hat" },
	[SAY_IF_REFERRAL] = { "jemand darin auf Empfehlung zu uns kam" },
	[SAY_IF_NOT_REFERRAL] = { "niemand darin auf Empfehlung zu uns kam" },
	[SAY_IF_WRONG] = { "jemand aus unserem Team darin einen Irrtum von uns einräumt" },
	[SAY_IF_NOT_WRONG] = { "niemand aus unserem Team darin einen Irrtum von uns einräumt" },
	[SAY_IF_FOUND] = { "unsere Suche nach solchen Worten darin {what} gefunden hat" },
	[SAY_FOUND_FORMULA] = { "eine höfliche Entschuldigung von uns oder mehr" },
	[SAY_FOUND_HEDGED] = {
		"ein zurückhaltendes Eingeständnis aus unserem Team oder ein deutlicheres" },
	[SAY_FOUND_SLIP] = {
		"ein kleines Versehen, das jemand aus unserem Team einräumt, oder ein größeres" },
	[SAY_FOUND_FAULT] = {
		"einen Satz, in dem jemand aus unserem Team klar einen Fehler einräumt," },
	[SAY_FOUND_GRATITUDE] = { "einen Dank aus der Kundschaft" },
	[SAY_FOUND_RESOLUTION] = { "ein Wort aus der Kundschaft, dass es gelöst ist," },
	[SAY_FOUND_REFERRAL] = { "ein Wort von jemandem, der auf Empfehlung kam," },
	[SAY_IF_LABEL] = { "unsere Redaktion es mit {names} gekennzeichnet hat" },
	[SAY_IF_TAG] = { "es das Schlagwort {names} hat" },
	[SAY_IF_TOPIC] = { "es um {names} geht" },
	[SAY_IF_VENUE] = { "es bei {names} stattfand" },
	[SAY_IF_TEXT] = { "es {phrases} enthält" },
	[SAY_IF_TEXT_BOTH] = { "es {all} sowie {any} enthält" },
	[SAY_IF_MATCHES] = { "sein Text auf das Muster {names} passt" },
	[SAY_IF_MATCHES_ANY] = { "sein Text auf eines der Muster {names} passt" },
	[SAY_IF_NOT] = { "es nicht zutrifft, dass {clause}" },

	[SAY_CANDIDATES] = { "Welche Gespräche infrage kommen" },
	[SAY_CANDIDATES_LINKED] = {
		"Jedes öffentliche Gespräch in unserem Archiv, das einem Produkt zugeordnet "
		"ist, kommt für die Seite dieses Produkts infrage." },
	[SAY_CANDIDATES_MATCHED] = {
		"Für das Produkt {product} kommt ein Gespräch auch dann infrage, wenn "
		"{condition}." },
	[SAY_CANDIDATES_SCENARIO] = {
		"Für die Seite {scenario} kommt ein Gespräch über ein beliebiges Produkt "
		"infrage, wenn {condition}." },
	[SAY_CANDIDATES_OUT] = {
		"Ein Gespräch wird nicht gezeigt, wenn es dort zurückgezogen wurde, wo es "
		"stattfand, wenn für einen seiner Beiträge weder eine Lizenz noch eine "
		"Erlaubnis zur Wiedergabe vorliegt oder wenn die Zeit, für die es "
		"freigegeben ist, noch nicht begonnen hat oder vorbei ist." },
	[SAY_KEEP] = { "Was ein Gespräch erfüllen muss" },
	[SAY_KEEP_IF] = { "Ein Gespräch kann nur gezeigt werden, wenn {condition}." },
	[SAY_DROP] = { "Was weggelassen wird" },
	[SAY_DROP_IF] = { "Ein Gespräch wird weggelassen, wenn {condition}." },
	[SAY_DROP_PRIVATE] = {
		"Ein Gespräch, das unsere Redaktion mit „private“ gekennzeichnet hat, wird "
		"weggelassen, was auch immer die übrigen Regeln sagen." },

	[SAY_TOPICS] = { "Worum es in den Gesprächen geht" },
	[SAY_TOPICS_IF] = { "In einem Gespräch geht es um {topic}, wenn {condition}." },

	[SAY_WRONG] = { "Wo wir uns geirrt haben" },
	[SAY_WRONG_NONE] = {
		"Wir schreiben uns keinen Anteil an Gesprächen vor, in denen jemand aus "
		"unserem Team sagt, dass wir uns geirrt haben." },
	[SAY_WRONG_SHARE] = {
		"Von den gezeigten Gesprächen sind {where} mindestens {share} solche, in "
		"denen jemand aus unserem Team sagt, dass wir uns geirrt haben." },
	[SAY_WRONG_EVERYWHERE] = { "auf jeder Seite und auf der ganzen Website" },
	[SAY_WRONG_PAGES] = { "auf jeder Seite" },
	[SAY_WRONG_SITE] = { "auf der ganzen Website" },
	[SAY_WRONG_CONFIRMED] = {
		"Ein Gespräch zählt nur dann dazu, wenn unsere Redaktion es bestätigt und "
		"den Beitrag benannt hat, in dem das steht." },
	[SAY_WRONG_DETECTED] = {
		"Ein Gespräch zählt dazu, wenn unsere Redaktion es bestätigt und den Beitrag "
		"benannt hat, in dem das steht, oder wenn unsere Suche nach solchen Worten "
		"{what} gefunden und die Redaktion das nicht verworfen hat. Wo die Bestätigung "
		"noch fehlt, steht das dabei." },
	[SAY_WRONG_AGE] = {
		"Dieser Beitrag darf höchstens {age} alt sein; ältere können gezeigt "
		"werden, zählen aber nicht." },
	[SAY_WRONG_SPREAD] = {
		"Diese Gespräche sind über die Seite verteilt: Was man von oben bis zu einer "
		"beliebigen Stelle liest, enthält diesen Anteil, abgerundet." },
	[SAY_SHORTFALL_TRIM] = {
		"Haben wir nicht genug davon, zeigen wir weniger von den anderen." },
	[SAY_SHORTFALL_FAIL] = { "Haben wir nicht genug davon, veröffentlichen wir nichts." },
	[SAY_SHORTFALL_SKIP] = {
		"Eine Seite, für die wir nicht genug davon haben, entfällt." },

	[SAY_ORDER] = { "In welcher Reihenfolge" },
	[SAY_ORDER_POINTS] = {
		"Jedes Gespräch erhält Punkte. Gezeigt werden die mit den meisten Punkten, "
		"in absteigender Reihenfolge." },
	[SAY_ORDER_SOLVED] = { "{points}, wenn die Frage gelöst wurde." },
	[SAY_ORDER_THANKED] = { "{points}, wenn die Kundin oder der Kunde sich bedankt hat." },
	[SAY_ORDER_HELPFUL] = {
		"{points}, multipliziert mit dem Zweierlogarithmus der um eins erhöhten "
		"Zahl der Stimmen für die Beiträge unseres Teams: So viel zählt die erste "
		"Stimme und so viel jede Verdopplung." },
	[SAY_ORDER_RECENT] = {
		"{points}, wenn der letzte Beitrag von heute ist; für je {days} Abstand nur "
		"noch halb so viel." },
	[SAY_ORDER_TIE] = {
		"Bei gleicher Punktzahl kommt das Gespräch mit dem jüngeren letzten Beitrag "
		"zuerst." },

	[SAY_SIZE] = { "Wie viele" },
	[SAY_SIZE_LIMIT] = {
		"Eine Seite zeigt höchstens {count} Gespräche.",
		"Eine Seite zeigt höchstens {count} Gespräch." },
	[SAY_CAP_CUSTOMER] = {
		"Auf einer Seite stammen höchstens {count} Gespräche von derselben Kundin "
		"oder demselben Kunden.",
		"Auf einer Seite stammt höchstens {count} Gespräch von derselben Kundin "
		"oder demselben Kunden." },
	[SAY_CAP_CUSTOMER_PART] = {
		"Höchstens {share} der Gespräche einer Seite, aufgerundet, stammen von "
		"derselben Kundin oder demselben Kunden." },
	[SAY_CAP_CONTRIBUTOR] = {
		"An höchstens {count} Gesprächen einer Seite ist dieselbe Person aus "
		"unserem Team beteiligt.",
		"An höchstens {count} Gespräch einer Seite ist dieselbe Person aus unserem "
		"Team beteiligt." },
	[SAY_CAP_CONTRIBUTOR_PART] = {
		"An höchstens {share} der Gespräche einer Seite, aufgerundet, ist dieselbe "
		"Person aus unserem Team beteiligt." },
	[SAY_CAP_VENUE] = {
		"Auf einer Seite stammen höchstens {count} Gespräche vom selben Ort.",
		"Auf einer Seite stammt höchstens {count} Gespräch vom selben Ort." },
	[SAY_CAP_VENUE_PART] = {
		"Höchstens {share} der Gespräche einer Seite, aufgerundet, stammen vom "
		"selben Ort." },
	[SAY_SIZE_OF_PAGE] = {
		"Die Seite von {subject} zeigt höchstens {count} Gespräche.",
		"Die Seite von {subject} zeigt höchstens {count} Gespräch." },
	[SAY_SHARE_OF_PAGE] = {
		"Auf der Seite von {subject} sind mindestens {share} der Gespräche solche, "
		"in denen jemand aus unserem Team sagt, dass wir uns geirrt haben." },

	[SAY_REDACT] = { "Was aus dem Text entfernt wird" },
	[SAY_REDACT_EMAIL] = { "E-Mail-Adressen werden entfernt." },
	[SAY_REDACT_PHONE] = { "Telefonnummern werden entfernt." },
	[SAY_REDACT_CARD] = { "Nummern von Bank- und Kreditkarten werden entfernt." },
	[SAY_REDACT_PATTERN] = { "Was auf unser Muster für {name} passt, wird entfernt." },
	[SAY_REDACT_MARK] = {
		"Wo etwas entfernt wurde, sagt ein Vermerk in eckigen Klammern, was es "
		"war." },
};
