/* What the program says in Dutch.  Words only, no code.  Readers are addressed as u. */
#include "language-impl.h"

const char *const months_nl[12] = {
	"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
	"september", "oktober", "november", "december",
};

const struct phrase sayings_nl[SAY_COUNT] = {
	[SAY_AFTER_MINUTES] = { "{count} minuten", "{count} minuut" },
	[SAY_AFTER_HOURS] = { "{count} uur" },
	[SAY_AFTER_DAYS] = { "{count} dagen" },

	[SAY_DELETED_ACCOUNT] = { "verwijderd account" },
	[SAY_UNNAMED] = { "naamloos" },
	[SAY_UNNAMED_LICENCE] = { "naamloze licentie" },
	[SAY_UNTITLED] = { "Gesprek zonder titel" },

	[SAY_EMAIL_REMOVED] = { "[e-mailadres verwijderd]" },
	[SAY_PHONE_REMOVED] = { "[telefoonnummer verwijderd]" },
	[SAY_CARD_REMOVED] = { "[kaartnummer verwijderd]" },
	[SAY_REMOVED] = { "[{name} verwijderd]" },

	[SAY_ALL_CONVERSATIONS] = { "Alle gesprekken over {subject}" },
	[SAY_FEED_OF_WRONG] = { "{title}: waar we het mis hadden" },

	[SAY_DESCRIPTION] = {
		"{shown} van {candidates} openbare gesprekken over {subject}; in {wrong} "
		"daarvan had {company} het mis." },
	[SAY_DESCRIPTION_NONE] = {
		"Er is nog geen openbaar gesprek over {subject} dat aan onze regels voldoet." },

	[SAY_REASON_SHOWN] = { "Getoond" },
	[SAY_REASON_SHOWN_MORE] = { "Deze staan op de pagina." },
	[SAY_REASON_LIMIT] = { "Geen plaats" },
	[SAY_REASON_LIMIT_MORE] = {
		"Ze voldoen aan de regels, maar andere hadden meer punten en de pagina is "
		"vol." },
	[SAY_REASON_CAP] = { "Te veel van één soort" },
	[SAY_REASON_CAP_MORE] = {
		"Ze voldoen aan de regels, maar hadden één klant, een van onze mensen of "
		"één plek een te groot deel van de pagina gegeven." },
	[SAY_REASON_SHARE] = { "Weggelaten om het aandeel te behouden" },
	[SAY_REASON_SHARE_MORE] = {
		"Ze voldoen aan de regels, maar met deze erbij was het aandeel gesprekken "
		"waarin we het mis hadden te klein geworden." },
	[SAY_REASON_KEEP] = { "Niet wat we tonen" },
	[SAY_REASON_KEEP_MORE] = { "Ze voldoen niet aan een voorwaarde van de regels." },
	[SAY_REASON_DROP] = { "Door een regel uitgesloten" },
	[SAY_REASON_DROP_MORE] = {
		"Een regel noemt iets wat erin voorkomt, of de redactie houdt ze tegen." },
	[SAY_REASON_EMBARGO] = { "Nog niet" },
	[SAY_REASON_EMBARGO_MORE] = { "Ze wachten op een datum." },
	[SAY_REASON_EXPIRED] = { "Niet meer" },
	[SAY_REASON_EXPIRED_MORE] = { "De tijd waarvoor ze waren vrijgegeven, is voorbij." },
	[SAY_REASON_GROUND] = { "Mogen we niet tonen" },
	[SAY_REASON_GROUND_MORE] = {
		"Voor een bericht erin hebben we geen licentie en geen toestemming." },

	[SAY_QUOTED] = { "“{text}”" },
	[SAY_OR] = { " of " },
	[SAY_AND] = { " en " },
	[SAY_CLAUSES_OR] = { ", of " },
	[SAY_CLAUSES_AND] = { ", en " },
	[SAY_RATIO] = { "{part}/{whole}" },
	[SAY_DAYS] = { "{count} dagen", "{count} dag" },
	[SAY_YEARS] = { "{count} jaar" },
	[SAY_POINTS] = { "{points} punten", "{points} punt" },

	/* Clauses with the order of words that "als" and "dat" ask for. */
	[SAY_IF_CONTRIBUTOR] = { "iemand van het bedrijf eraan deelneemt" },
	[SAY_IF_NO_CONTRIBUTOR] = { "niemand van het bedrijf eraan deelneemt" },
	[SAY_IF_POSTS_MIN] = { "het minstens {min} berichten telt",
			       "het minstens {min} bericht telt" },
	[SAY_IF_POSTS_MAX] = { "het hoogstens {max} berichten telt",
			       "het hoogstens {max} bericht telt" },
	[SAY_IF_POSTS] = { "het {min} tot en met {max} berichten telt" },
	[SAY_IF_AGE_MIN] = { "het laatste bericht minstens {min} oud is" },
	[SAY_IF_AGE_MAX] = { "het laatste bericht hoogstens {max} oud is" },
	[SAY_IF_AGE] = { "het laatste bericht minstens {min} en hoogstens {max} oud is" },
	[SAY_IF_SCORE_MIN] = {
		"het op de plek waar het plaatsvond een score van minstens {min} heeft" },
	[SAY_IF_SCORE_MAX] = {
		"het op de plek waar het plaatsvond een score van hoogstens {max} heeft" },
	[SAY_IF_SCORE] = {
		"het op de plek waar het plaatsvond een score van {min} tot en met {max} "
		"heeft" },
	[SAY_IF_SOLVED] = { "de vraag is opgelost" },
	[SAY_IF_NOT_SOLVED] = { "de vraag niet is opgelost" },
	[SAY_IF_THANKED] = { "de klant ons heeft bedankt" },
	[SAY_IF_NOT_THANKED] = { "de klant ons niet heeft bedankt" },
	[SAY_IF_REFERRAL] = { "iemand erin op aanraden van anderen bij ons kwam" },
	[SAY_IF_NOT_REFERRAL] = { "niemand erin op aanraden van anderen bij ons kwam" },
	[SAY_IF_WRONG] = { "een van onze mensen erin zegt dat we het mis hadden" },
	[SAY_IF_NOT_WRONG] = { "niemand van ons erin zegt dat we het mis hadden" },
	[SAY_IF_FOUND] = { "we bij het zoeken naar zulke woorden er {what} in vonden" },
	[SAY_FOUND_FORMULA] = { "een beleefde verontschuldiging van ons, of meer," },
	[SAY_FOUND_HEDGED] = {
		"een voorzichtige erkenning van een van onze mensen, of een duidelijkere," },
	[SAY_FOUND_SLIP] = {
		"een kleine vergissing die een van onze mensen toegeeft, of een grotere," },
	[SAY_FOUND_FAULT] = {
		"een zin waarin een van onze mensen duidelijk een fout toegeeft" },
	[SAY_FOUND_GRATITUDE] = { "een bedankje van een klant" },
	[SAY_FOUND_RESOLUTION] = { "een woord van een klant dat het is opgelost" },
	[SAY_FOUND_REFERRAL] = { "een woord van iemand die door anderen was gestuurd" },
	[SAY_IF_LABEL] = { "onze redactie het als {names} heeft gemarkeerd" },
	[SAY_IF_TAG] = { "het de tag {names} heeft" },
	[SAY_IF_TOPIC] = { "het over {names} gaat" },
	[SAY_IF_VENUE] = { "het bij {names} plaatsvond" },
	[SAY_IF_TEXT] = { "het {phrases} bevat" },
	[SAY_IF_TEXT_BOTH] = { "het {all} en ook {any} bevat" },
	[SAY_IF_MATCHES] = { "de tekst bij het patroon {names} past" },
	[SAY_IF_MATCHES_ANY] = { "de tekst bij een van de patronen {names} past" },
	[SAY_IF_NOT] = { "het niet zo is dat {clause}" },

	[SAY_CANDIDATES] = { "Welke gesprekken in aanmerking komen" },
	[SAY_CANDIDATES_LINKED] = {
		"Elk openbaar gesprek in ons archief dat bij een product is ondergebracht, "
		"komt in aanmerking voor de pagina van dat product." },
	[SAY_CANDIDATES_MATCHED] = {
		"Voor het product {product} komt een gesprek ook in aanmerking als "
		"{condition}." },
	[SAY_CANDIDATES_SCENARIO] = {
		"Voor de pagina {scenario} komt een gesprek over welk product dan ook in "
		"aanmerking als {condition}." },
	[SAY_CANDIDATES_OUT] = {
		"Een gesprek wordt niet getoond als het is ingetrokken waar het plaatsvond, "
		"als er voor een van de berichten geen licentie of toestemming is om het "
		"opnieuw te publiceren, of als de tijd waarvoor het is vrijgegeven nog niet "
		"is begonnen of voorbij is." },
	[SAY_KEEP] = { "Waaraan een gesprek moet voldoen" },
	[SAY_KEEP_IF] = { "Een gesprek kan alleen worden getoond als {condition}." },
	[SAY_DROP] = { "Wat wordt weggelaten" },
	[SAY_DROP_IF] = { "Een gesprek wordt weggelaten als {condition}." },
	[SAY_DROP_PRIVATE] = {
		"Een gesprek dat onze redactie als “private” heeft gemarkeerd, wordt weggelaten, "
		"wat de andere regels ook zeggen." },

	[SAY_TOPICS] = { "Waar gesprekken over gaan" },
	[SAY_TOPICS_IF] = { "Een gesprek gaat over {topic} als {condition}." },

	[SAY_WRONG] = { "Waar we het mis hadden" },
	[SAY_WRONG_NONE] = {
		"We schrijven onszelf geen aandeel voor van gesprekken waarin een van onze "
		"mensen zegt dat we het mis hadden." },
	[SAY_WRONG_SHARE] = {
		"Van wat we {where} tonen, bestaat minstens {share} uit gesprekken waarin "
		"een van onze mensen zegt dat we het mis hadden." },
	[SAY_WRONG_EVERYWHERE] = { "op elke pagina en op de hele site" },
	[SAY_WRONG_PAGES] = { "op elke pagina" },
	[SAY_WRONG_SITE] = { "op de hele site" },
	[SAY_WRONG_CONFIRMED] = {
		"Een gesprek telt alleen mee als onze redactie het heeft bevestigd en het "
		"bericht heeft aangewezen waarin dat staat." },
	[SAY_WRONG_DETECTED] = {
		"Een gesprek telt mee als onze redactie het heeft bevestigd en het bericht heeft "
		"aangewezen waarin dat staat, of als we bij het zoeken naar zulke woorden "
		"{what} vonden en de redactie dat niet heeft verworpen. Waar het nog niet is "
		"bevestigd, staat dat erbij." },
	[SAY_WRONG_AGE] = {
		"Dat bericht mag hoogstens {age} oud zijn; oudere kunnen worden getoond, "
		"maar tellen niet mee." },
	[SAY_WRONG_SPREAD] = {
		"Ze zijn over de pagina verspreid: welk deel u ook van bovenaf leest, het "
		"bevat dat aandeel, naar beneden afgerond." },
	[SAY_SHORTFALL_TRIM] = {
		"Hebben we daar niet genoeg van, dan tonen we minder van de andere." },
	[SAY_SHORTFALL_FAIL] = { "Hebben we daar niet genoeg van, dan publiceren we niets." },
	[SAY_SHORTFALL_SKIP] = {
		"Een pagina waarvoor we daar niet genoeg van hebben, vervalt." },

	[SAY_ORDER] = { "In welke volgorde" },
	[SAY_ORDER_POINTS] = {
		"Elk gesprek krijgt punten. De gesprekken met de meeste punten worden "
		"getoond, de hoogste eerst." },
	[SAY_ORDER_SOLVED] = { "{points} als de vraag is opgelost." },
	[SAY_ORDER_THANKED] = { "{points} als de klant ons heeft bedankt." },
	[SAY_ORDER_HELPFUL] = {
		"{points} maal de binaire logaritme van één meer dan het aantal stemmen "
		"voor berichten van onze mensen: zoveel telt de eerste stem, en zoveel telt "
		"elke verdubbeling." },
	[SAY_ORDER_RECENT] = {
		"{points} als het laatste bericht van vandaag is, en per {days} sindsdien "
		"telkens de helft." },
	[SAY_ORDER_TIE] = {
		"Bij gelijke punten komt het gesprek met het recentste laatste bericht "
		"eerst." },

	[SAY_SIZE] = { "Hoeveel" },
	[SAY_SIZE_LIMIT] = {
		"Een pagina toont hoogstens {count} gesprekken.",
		"Een pagina toont hoogstens {count} gesprek." },
	[SAY_CAP_CUSTOMER] = {
		"Op een pagina komen hoogstens {count} gesprekken van dezelfde klant.",
		"Op een pagina komt hoogstens {count} gesprek van dezelfde klant." },
	[SAY_CAP_CUSTOMER_PART] = {
		"Hoogstens {share} van de gesprekken op een pagina, naar boven afgerond, "
		"komt van dezelfde klant." },
	[SAY_CAP_CONTRIBUTOR] = {
		"Aan hoogstens {count} gesprekken op een pagina neemt dezelfde persoon van "
		"ons deel.",
		"Aan hoogstens {count} gesprek op een pagina neemt dezelfde persoon van ons "
		"deel." },
	[SAY_CAP_CONTRIBUTOR_PART] = {
		"Aan hoogstens {share} van de gesprekken op een pagina, naar boven "
		"afgerond, neemt dezelfde persoon van ons deel." },
	[SAY_CAP_VENUE] = {
		"Op een pagina komen hoogstens {count} gesprekken van dezelfde plek.",
		"Op een pagina komt hoogstens {count} gesprek van dezelfde plek." },
	[SAY_CAP_VENUE_PART] = {
		"Hoogstens {share} van de gesprekken op een pagina, naar boven afgerond, "
		"komt van dezelfde plek." },
	[SAY_SIZE_OF_PAGE] = {
		"De pagina van {subject} toont hoogstens {count} gesprekken.",
		"De pagina van {subject} toont hoogstens {count} gesprek." },
	[SAY_SHARE_OF_PAGE] = {
		"Op de pagina van {subject} bestaat minstens {share} uit gesprekken waarin "
		"een van onze mensen zegt dat we het mis hadden." },

	[SAY_REDACT] = { "Wat uit de tekst wordt gehaald" },
	[SAY_REDACT_EMAIL] = { "E-mailadressen worden verwijderd." },
	[SAY_REDACT_PHONE] = { "Telefoonnummers worden verwijderd." },
	[SAY_REDACT_CARD] = { "Nummers van betaalkaarten worden verwijderd." },
	[SAY_REDACT_PATTERN] = { "Wat bij ons patroon voor {name} past, wordt verwijderd." },
	[SAY_REDACT_MARK] = {
		"Waar iets is verwijderd, zegt een aanduiding tussen vierkante haken wat "
		"het was." },
};
