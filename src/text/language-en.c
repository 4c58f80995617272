/* What the program says in English.  Words only, no code. */
#include "language-impl.h"

const char *const months_en[12] = {
	"January", "February", "March", "April", "May", "June", "July", "August",
	"September", "October", "November", "December",
};

const struct phrase sayings_en[SAY_COUNT] = {
	[SAY_AFTER_MINUTES] = { "{count} minutes", "{count} minute" },
	[SAY_AFTER_HOURS] = { "{count} hours" },
	[SAY_AFTER_DAYS] = { "{count} days" },

	[SAY_DELETED_ACCOUNT] = { "deleted account" },
	[SAY_UNNAMED] = { "unnamed" },
	[SAY_UNNAMED_LICENCE] = { "unnamed licence" },
	[SAY_UNTITLED] = { "Untitled conversation" },

	[SAY_EMAIL_REMOVED] = { "[email removed]" },
	[SAY_PHONE_REMOVED] = { "[phone number removed]" },
	[SAY_CARD_REMOVED] = { "[card number removed]" },
	[SAY_REMOVED] = { "[{name} removed]" },

	[SAY_ALL_CONVERSATIONS] = { "Every conversation about {subject}" },
	[SAY_FEED_OF_WRONG] = { "{title}: where we were wrong" },

	[SAY_DESCRIPTION] = {
		"{shown} of {candidates} public conversations about {subject}; in {wrong} of "
		"them {company} was wrong." },
	[SAY_DESCRIPTION_NONE] = {
		"No public conversation about {subject} meets our rules yet." },

	[SAY_REASON_SHOWN] = { "Shown" },
	[SAY_REASON_SHOWN_MORE] = { "These stand on the page." },
	[SAY_REASON_LIMIT] = { "No room" },
	[SAY_REASON_LIMIT_MORE] = {
		"They meet the rules, but others ranked higher and the page is full." },
	[SAY_REASON_CAP] = { "Too many of one kind" },
	[SAY_REASON_CAP_MORE] = {
		"They meet the rules, but would have given one customer, one of our people "
		"or one place too large a part of the page." },
	[SAY_REASON_SHARE] = { "Left out to keep the share" },
	[SAY_REASON_SHARE_MORE] = {
		"They meet the rules, but with them too small a part of the page would have "
		"been conversations in which we were wrong." },
	[SAY_REASON_KEEP] = { "Not what we show" },
	[SAY_REASON_KEEP_MORE] = { "They don't meet a condition of the rules." },
	[SAY_REASON_DROP] = { "Left out by a rule" },
	[SAY_REASON_DROP_MORE] = {
		"They hold something that a rule leaves out, or a curator keeps them private." },
	[SAY_REASON_EMBARGO] = { "Not yet" },
	[SAY_REASON_EMBARGO_MORE] = { "They may be shown from a later day on." },
	[SAY_REASON_EXPIRED] = { "No longer" },
	[SAY_REASON_EXPIRED_MORE] = { "The time in which they might be shown is over." },
	[SAY_REASON_GROUND] = { "Not ours to show" },
	[SAY_REASON_GROUND_MORE] = {
		"A post in them has no licence and no permission that would let us." },

	[SAY_QUOTED] = { "“{text}”" },
	[SAY_OR] = { " or " },
	[SAY_AND] = { " and " },
	[SAY_CLAUSES_OR] = { ", or " },
	[SAY_CLAUSES_AND] = { ", and " },
	[SAY_RATIO] = { "{part} of {whole}" },
	[SAY_DAYS] = { "{count} days", "{count} day" },
	[SAY_YEARS] = { "{count} years", "{count} year" },
	[SAY_POINTS] = { "{points} points", "{points} point" },

	[SAY_IF_CONTRIBUTOR] = { "somebody from the company takes part" },
	[SAY_IF_NO_CONTRIBUTOR] = { "nobody from the company takes part" },
	[SAY_IF_POSTS_MIN] = { "it has at least {min} posts", "it has at least {min} post" },
	[SAY_IF_POSTS_MAX] = { "it has at most {max} posts", "it has at most {max} post" },
	[SAY_IF_POSTS] = { "it has {min} to {max} posts" },
	[SAY_IF_AGE_MIN] = { "its last post is at least {min} old" },
	[SAY_IF_AGE_MAX] = { "its last post is at most {max} old" },
	[SAY_IF_AGE] = { "its last post is at least {min} and at most {max} old" },
	[SAY_IF_SCORE_MIN] = { "its venue scores it at least {min}" },
	[SAY_IF_SCORE_MAX] = { "its venue scores it at most {max}" },
	[SAY_IF_SCORE] = { "its venue scores it {min} to {max}" },
	[SAY_IF_SOLVED] = { "the question was solved" },
	[SAY_IF_NOT_SOLVED] = { "the question was not solved" },
	[SAY_IF_THANKED] = { "the customer said thanks" },
	[SAY_IF_NOT_THANKED] = { "the customer did not say thanks" },
	[SAY_IF_REFERRAL] = { "somebody in it was sent to us by others" },
	[SAY_IF_NOT_REFERRAL] = { "nobody in it was sent to us by others" },
	[SAY_IF_WRONG] = { "one of our people says in it that we were wrong" },
	[SAY_IF_NOT_WRONG] = { "nobody of ours says in it that we were wrong" },
	[SAY_IF_FOUND] = { "our search for such words found {what} in it" },
	[SAY_FOUND_FORMULA] = { "a polite apology of ours, or more," },
	[SAY_FOUND_HEDGED] = {
		"a guarded admission by one of our people, or a plainer one," },
	[SAY_FOUND_SLIP] = {
		"a small mistake that one of our people admits, or a greater one," },
	[SAY_FOUND_FAULT] = {
		"a sentence in which one of our people plainly admits a mistake" },
	[SAY_FOUND_GRATITUDE] = { "a customer's thanks" },
	[SAY_FOUND_RESOLUTION] = { "a customer's word that it is solved" },
	[SAY_FOUND_REFERRAL] = { "a word of somebody who was sent by others" },
	[SAY_IF_LABEL] = { "one of our curators labelled it {names}" },
	[SAY_IF_TAG] = { "it is tagged {names}" },
	[SAY_IF_TOPIC] = { "it is about {names}" },
	[SAY_IF_VENUE] = { "it took place at {names}" },
	[SAY_IF_TEXT] = { "it says {phrases}" },
	[SAY_IF_TEXT_BOTH] = { "it says {all}, and {any}" },
	[SAY_IF_MATCHES] = { "its text fits the pattern {names}" },
	[SAY_IF_MATCHES_ANY] = { "its text fits one of the patterns {names}" },
	[SAY_IF_NOT] = { "it is not so that {clause}" },

	[SAY_CANDIDATES] = { "Which conversations are considered" },
	[SAY_CANDIDATES_LINKED] = {
		"Every public conversation in our archive that is filed under a product is "
		"considered for that product's page." },
	[SAY_CANDIDATES_MATCHED] = {
		"For the product {product}, a conversation is also considered if "
		"{condition}." },
	[SAY_CANDIDATES_SCENARIO] = {
		"The page {scenario} considers a conversation about any product if "
		"{condition}." },
	[SAY_CANDIDATES_OUT] = {
		"A conversation is not shown if it was withdrawn where it took place, if "
		"any post in it comes without a licence or a permission to republish it, or "
		"if the time for which it was released hasn't begun or is over." },
	[SAY_KEEP] = { "What a conversation must meet" },
	[SAY_KEEP_IF] = { "A conversation can be shown only if {condition}." },
	[SAY_DROP] = { "What is left out" },
	[SAY_DROP_IF] = { "A conversation is left out if {condition}." },
	[SAY_DROP_PRIVATE] = {
		"A conversation that one of our curators labelled “private” is left out, whatever "
		"the other rules say." },

	[SAY_TOPICS] = { "What conversations are about" },
	[SAY_TOPICS_IF] = { "A conversation is about {topic} if {condition}." },

	[SAY_WRONG] = { "Where we were wrong" },
	[SAY_WRONG_NONE] = {
		"No share of what we show has to be conversations in which one of our "
		"people says that we were wrong." },
	[SAY_WRONG_SHARE] = {
		"At least {share} of the conversations shown, {where}, are ones in which "
		"one of our people says that we were wrong." },
	[SAY_WRONG_EVERYWHERE] = { "on every page and over the whole site" },
	[SAY_WRONG_PAGES] = { "on every page" },
	[SAY_WRONG_SITE] = { "over the whole site" },
	[SAY_WRONG_CONFIRMED] = {
		"A conversation counts as one of these only if a curator has confirmed it, "
		"by pointing at the post that says so." },
	[SAY_WRONG_DETECTED] = {
		"A conversation counts as one of these if a curator has confirmed it, by "
		"pointing at the post that says so, or if our search for such words found "
		"{what} and no curator has looked at it and rejected it. Where nobody has "
		"confirmed it yet, the page says so." },
	[SAY_WRONG_AGE] = {
		"That post may be at most {age} old; older ones can be shown, but don't "
		"count." },
	[SAY_WRONG_SPREAD] = {
		"They are spread over the page: whatever part of it is read from the top "
		"holds that share, rounded down." },
	[SAY_SHORTFALL_TRIM] = {
		"Where we don't have enough of them, we show fewer of the others." },
	[SAY_SHORTFALL_FAIL] = {
		"Where we don't have enough of them, we publish nothing." },
	[SAY_SHORTFALL_SKIP] = {
		"A page for which we don't have enough of them is left out." },

	[SAY_ORDER] = { "In which order" },
	[SAY_ORDER_POINTS] = {
		"Conversations are ranked by points; those with the most are shown, the "
		"highest first." },
	[SAY_ORDER_SOLVED] = { "{points} if the question was solved." },
	[SAY_ORDER_THANKED] = { "{points} if the customer said thanks." },
	[SAY_ORDER_HELPFUL] = {
		"{points} times the binary logarithm of one more than the votes for our "
		"people's posts: the first vote counts that much, and so does every "
		"doubling." },
	[SAY_ORDER_RECENT] = {
		"{points} if the last post is from today, and half as many for every {days} "
		"since." },
	[SAY_ORDER_TIE] = {
		"Of two with equal points, the one with the later last post comes first." },

	[SAY_SIZE] = { "How many" },
	[SAY_SIZE_LIMIT] = {
		"A page shows at most {count} conversations.",
		"A page shows at most {count} conversation." },
	[SAY_CAP_CUSTOMER] = {
		"At most {count} on a page are from the same customer.",
		"At most {count} on a page is from the same customer." },
	[SAY_CAP_CUSTOMER_PART] = {
		"At most {share} of a page's conversations, rounded up, are from the same "
		"customer." },
	[SAY_CAP_CONTRIBUTOR] = {
		"At most {count} on a page are joined by the same one of our people.",
		"At most {count} on a page is joined by the same one of our people." },
	[SAY_CAP_CONTRIBUTOR_PART] = {
		"At most {share} of a page's conversations, rounded up, are joined by the "
		"same one of our people." },
	[SAY_CAP_VENUE] = {
		"At most {count} on a page are from the same place.",
		"At most {count} on a page is from the same place." },
	[SAY_CAP_VENUE_PART] = {
		"At most {share} of a page's conversations, rounded up, are from the same "
		"place." },
	[SAY_SIZE_OF_PAGE] = {
		"The page of {subject} shows at most {count} conversations.",
		"The page of {subject} shows at most {count} conversation." },
	[SAY_SHARE_OF_PAGE] = {
		"On the page of {subject}, at least {share} are ones in which one of our "
		"people says that we were wrong." },

	[SAY_REDACT] = { "What is taken out of the text" },
	[SAY_REDACT_EMAIL] = { "E-mail addresses are taken out." },
	[SAY_REDACT_PHONE] = { "Phone numbers are taken out." },
	[SAY_REDACT_CARD] = { "Payment card numbers are taken out." },
	[SAY_REDACT_PATTERN] = { "Whatever fits our pattern for {name} is taken out." },
	[SAY_REDACT_MARK] = {
		"Wherever something was taken out, a mark in square brackets says what." },
};
