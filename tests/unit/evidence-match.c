/*
 * The patterns of the program over admissions and what merely looks like one; in whose
 * posts which kind counts; what of a post is its author's; and that a finding's bytes
 * show the sentence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/mem.h"
#include "evidence/evidence.h"

#include <stdlib.h>
#include <time.h>

static struct patterns *patterns;
static struct arena arena = ARENA_INIT;

static int load(void **state)
{
	struct diags d = DIAGS_INIT;

	(void)state;
	return patterns_load(&patterns, NULL, false, &d);
}

static int unload(void **state)
{
	(void)state;
	patterns_free(patterns);
	arena_release(&arena);
	return 0;
}

/* The strongest grade, and what shows it. */
static enum evidence_grade grade_of(const struct evidence_post *post, struct buf *quote)
{
	enum evidence_grade best = GRADE_NONE;
	struct finding *found;
	size_t n;

	evidence_find(patterns, post, &arena, &found, &n);
	for (size_t i = 0; i < n; i++)
		if (found[i].kind == KIND_ADMISSION && found[i].grade > best) {
			best = found[i].grade;
			buf_reset(quote);
			evidence_quote(post->format, post->body, found[i].start,
				       found[i].stop, quote);
		}
	return best;
}

static const struct {
	enum evidence_grade grade;
	const char *text;
} samples[] = {
	{ GRADE_FAULT, "That one is on us, we shipped the lid without testing it." },
	{ GRADE_FAULT, "I stand corrected, the kettle does have a fuse." },
	{ GRADE_FAULT, "We broke the timer in our last update." },
	{ GRADE_FAULT, "Our bad! The link now works." },
	{ GRADE_FAULT, "You're absolutely right, I was mistaken about the voltage." },
	{ GRADE_FAULT, "We dropped the ball here." },
	{ GRADE_FAULT, "I apologize, I gave you the wrong part number." },
	{ GRADE_FAULT, "This ticket was closed by mistake, I'm reopening it." },
	{ GRADE_FAULT, "I shouldn't have closed this one." },
	{ GRADE_FAULT, "It was a mistake to remove that setting." },
	{ GRADE_FAULT, "Turns out I was wrong about the filter." },
	{ GRADE_FAULT, "There's a bug in our firmware that drops the setting." },
	{ GRADE_FAULT, "This got broken by our refactoring of the menu." },
	{ GRADE_FAULT, "We should have told you about the recall in March." },
	{ GRADE_FAULT, "We forgot to update the manual." },
	{ GRADE_FAULT, "We never tested this with the older base." },
	{ GRADE_FAULT, "This slipped through our testing." },
	{ GRADE_FAULT, "We messed up your order." },
	{ GRADE_FAULT, "I screwed up the release, a fixed one is on its way." },
	{ GRADE_FAULT, "That was an oversight on our side." },
	{ GRADE_FAULT, "The bug was introduced by my change to the pump driver." },
	{ GRADE_FAULT, "The regression was introduced in 2.1 by our rewrite of the heater code." },
	{ GRADE_FAULT, "We didn't think of left-handed people when we designed the handle." },
	{ GRADE_FAULT, "My previous answer was wrong, please ignore it." },
	{ GRADE_FAULT, "I misled you earlier, the warranty is two years." },
	{ GRADE_FAULT, "We were wrong to call this a user error." },
	{ GRADE_FAULT, "Looks like we forgot the gasket in your parcel." },
	{ GRADE_FAULT, "Your account was charged twice because of an error on our side." },
	{ GRADE_FAULT, "We take full responsibility for the delay of the recall." },
	{ GRADE_FAULT, "You're right, this is a bug on our end." },
	{ GRADE_FAULT, "You're right, we missed that. Reopening." },
	{ GRADE_FAULT, "Unfortunately we overlooked that case." },
	{ GRADE_FAULT, "Sorry, I told you nonsense: the seal isn't dishwasher safe." },
	{ GRADE_FAULT, "That's our mistake, the label says 220 V." },
	{ GRADE_FAULT, "Our documentation is wrong here." },
	{ GRADE_FAULT, "The documentation was incorrect, I've fixed it." },
	{ GRADE_FAULT, "This was caused by a change I made last week." },
	{ GRADE_FAULT, "I introduced this bug in 3.2." },
	{ GRADE_FAULT, "Yes, this is our bug." },
	{ GRADE_FAULT, "I jumped the gun on closing this." },
	{ GRADE_FAULT, "Sorry for the wrong advice yesterday." },
	{ GRADE_FAULT, "I'm sorry, I was too quick to close this." },
	{ GRADE_FAULT, "I take back what I said about the valve." },
	{ GRADE_FAULT, "Sorry, my mistake." },
	{ GRADE_FAULT, "Argh, my fault. I forgot to push the commit." },
	{ GRADE_FAULT, "I pushed the wrong build." },
	{ GRADE_FAULT, "We sent you the wrong lid." },
	{ GRADE_FAULT, "Good catch, we should have covered that." },
	{ GRADE_FAULT, "I did not test this properly before releasing." },
	{ GRADE_FAULT, "It seems we broke this when we moved to the new pump." },
	{ GRADE_FAULT, "The fix we shipped in 1.4 was incomplete." },
	{ GRADE_FAULT, "We accidentally removed the option in 2.0." },
	{ GRADE_FAULT, "This wasn't caught by our QA." },
	{ GRADE_FAULT, "I was under the wrong impression." },
	{ GRADE_FAULT, "We failed to communicate that change." },
	{ GRADE_FAULT, "That's a design mistake we made years ago." },
	{ GRADE_FAULT, "This is something we should have documented." },
	{ GRADE_FAULT, "You are right and I was wrong." },
	{ GRADE_FAULT, "We got this wrong." },
	{ GRADE_FAULT, "Unfortunately this is caused by a mistake in the packaging of 2.3." },
	{ GRADE_FAULT, "I hadn't realised that the old base has no sensor, so my advice didn't apply." },
	{ GRADE_FAULT, "That was me. I merged it too early." },
	{ GRADE_FAULT, "We made the wrong call with the new lid." },
	{ GRADE_FAULT, "My apologies, I closed the wrong ticket." },
	{ GRADE_FAULT, "I incorrectly assumed that you had the newer base." },
	{ GRADE_FAULT, "This is due to a bug we introduced in the last update." },
	{ GRADE_FAULT, "Apologies, this was my error." },
	{ GRADE_FAULT, "We underestimated how hot the handle gets." },
	{ GRADE_FAULT, "The agent gave you incorrect information." },
	{ GRADE_FAULT, "Guilty as charged, I wrote that code." },
	{ GRADE_FAULT, "I broke it, sorry." },
	{ GRADE_FAULT, "The change I made in 1.3 broke this." },
	{ GRADE_FAULT, "We had removed it by accident." },
	{ GRADE_FAULT, "I'm the one who broke this." },
	{ GRADE_FAULT, "I misdiagnosed this at first." },
	{ GRADE_FAULT, "This should not have been released." },
	{ GRADE_FAULT, "We should never have removed the old connector." },
	{ GRADE_SLIP, "Oops, wrong link." },
	{ GRADE_SLIP, "Sorry, I misread your post." },
	{ GRADE_SLIP, "I forgot to attach the photo." },
	{ GRADE_SLIP, "Sorry for the typo." },
	{ GRADE_SLIP, "Whoops, I meant the left valve." },
	{ GRADE_SLIP, "Sorry, I missed your reply." },
	{ GRADE_SLIP, "I should have mentioned that it needs the new base." },
	{ GRADE_SLIP, "I overlooked your second question." },
	{ GRADE_SLIP, "Sorry, I misunderstood the question." },
	{ GRADE_SLIP, "Sorry about that, I copied the wrong line." },
	{ GRADE_HEDGED, "I might be wrong, but I think it is the valve." },
	{ GRADE_HEDGED, "This is probably a bug on our side." },
	{ GRADE_HEDGED, "It's likely that we broke this with the last update." },
	{ GRADE_HEDGED, "I could be mistaken about that." },
	{ GRADE_HEDGED, "Maybe I missed something in the manual." },
	{ GRADE_FORMULA, "Sorry for the inconvenience." },
	{ GRADE_FORMULA, "We are sorry to hear that your kettle leaks." },
	{ GRADE_FORMULA, "Apologies for the delay in getting back to you." },
	{ GRADE_FORMULA, "Sorry, but the warranty has ended." },
	{ GRADE_FORMULA, "I'm sorry you feel that way." },
	{ GRADE_FORMULA, "Sorry for any confusion this may have caused." },
	{ GRADE_FORMULA, "We apologize for any trouble caused by the maintenance." },
	{ GRADE_FORMULA, "I'm sorry you had a bad experience with our store." },
	{ GRADE_FORMULA, "We're sorry to have let you down." },
	{ GRADE_FORMULA, "We apologise if we have not met your expectations." },
	{ GRADE_NONE, "We were not wrong about that." },
	{ GRADE_NONE, "Please report it in our bug tracker." },
	{ GRADE_NONE, "Correct me if I'm wrong, but the base is the old one." },
	{ GRADE_NONE, "I can't reproduce this on our end." },
	{ GRADE_NONE, "If it is our mistake, we will replace it." },
	{ GRADE_NONE, "Was that our fault?" },
	{ GRADE_NONE, "It's Apple's fault." },
	{ GRADE_NONE, "The bug is fixed in 2.3." },
	{ GRADE_NONE, "Nothing wrong with your setup." },
	{ GRADE_NONE, "You forgot to plug it in." },
	{ GRADE_NONE, "You should have used the other socket." },
	{ GRADE_NONE, "This is not a regression." },
	{ GRADE_NONE, "Is this a regression from 2.1?" },
	{ GRADE_NONE, "Thanks for the report, we will look into it." },
	{ GRADE_NONE, "Confirmed on our side." },
	{ GRADE_NONE, "Please reopen it if I'm wrong." },
	{ GRADE_NONE, "What went wrong?" },
	{ GRADE_NONE, "That would be a mistake." },
	{ GRADE_NONE, "It is a common mistake to overfill it." },
	{ GRADE_NONE, "Don't make the mistake of boiling it dry." },
	{ GRADE_NONE, "Our error messages are translated." },
	{ GRADE_NONE, "I don't think we were wrong." },
	{ GRADE_NONE, "The test fails by accident." },
	{ GRADE_NONE, "I have a bad feeling about this." },
	{ GRADE_NONE, "We should have a fix next week." },
	{ GRADE_NONE, "It should have arrived by now." },
	{ GRADE_NONE, "You're right, but the manual says otherwise." },
	{ GRADE_NONE, "You have the right version." },
	{ GRADE_NONE, "Closing, since nobody answered." },
	{ GRADE_NONE, "The error was in your script." },
	{ GRADE_NONE, "We'd be wrong to promise that." },
	{ GRADE_NONE, "Make sure you didn't miss a step." },
	{ GRADE_NONE, "Did I miss something?" },
	{ GRADE_NONE, "Unless I am mistaken, it has two fuses." },
	{ GRADE_NONE, "They made a mistake in their driver." },
	{ GRADE_NONE, "Let us know if something breaks." },
	{ GRADE_FORMULA, "@kim We're sorry for the trouble, Joan. Please send us a DM with your order number." },
	{ GRADE_FORMULA, "@kim We're so sorry we let you down. Can you share which location this was?" },
	{ GRADE_FORMULA, "@kim Sorry for the wait, our team will get back to you asap." },
	{ GRADE_FORMULA, "@kim We apologise for the delay to your train this morning, this is due to a signalling fault. ^KM" },
	{ GRADE_FORMULA, "@kim Sorry about the crowded train, this is due to a fault on an earlier service." },
	{ GRADE_FORMULA, "@kim I'm sorry your flight was cancelled. It was due to a mechanical issue." },
	{ GRADE_FORMULA, "@kim Sorry for the late reply. Are you still having issues?" },
	{ GRADE_FORMULA, "@kim We're sorry we weren't able to help." },
	{ GRADE_FORMULA, "@kim Apologies for the frustration. We know this isn't ideal." },
	{ GRADE_FORMULA, "@kim That's not good! Sorry about this. Can you try restarting your device?" },
	{ GRADE_FORMULA, "@kim I'm sorry to see that your item arrived damaged." },
	{ GRADE_FORMULA, "@kim We regret the inconvenience caused. Our team is working on it." },
	{ GRADE_FORMULA, "@kim I'm sorry for any misunderstanding." },
	{ GRADE_FORMULA, "@kim So sorry about that! This isn't the experience we'd like you to have." },
	{ GRADE_FORMULA, "@kim Our apologies for the poor service you received." },
	{ GRADE_FORMULA, "@kim Sorry for your disappointment, we'll pass this on." },
	{ GRADE_FORMULA, "@kim Sorry to hear you were given wrong information. Which store was it?" },
	{ GRADE_FORMULA, "@kim We're sorry that you were given the wrong item." },
	{ GRADE_FORMULA, "@kim I'm sorry that the driver marked your parcel as delivered by mistake." },
	{ GRADE_FORMULA, "Sorry, I can't reproduce this with 6.0." },
	{ GRADE_FORMULA, "Sorry, I don't have a Mac to test on." },
	{ GRADE_FORMULA, "Sorry for my English." },
	{ GRADE_FORMULA, "Sorry for bumping this." },
	{ GRADE_FORMULA, "I'm sorry but this is not a bug." },
	{ GRADE_FORMULA, "Sorry if that was unclear." },
	{ GRADE_FORMULA, "I'm sorry if I sounded rude." },
	{ GRADE_NONE, "Moved to the queue, as it is a valid bug." },
	{ GRADE_NONE, "Verified fixed, closing." },
	{ GRADE_NONE, "The code you posted is wrong, you missed a bracket." },
	{ GRADE_NONE, "Resolving as invalid. You should have used the new API." },
	{ GRADE_NONE, "This is caused by the new permission model of Android 6." },
	{ GRADE_NONE, "This was fixed by the change in PR 312." },
	{ GRADE_NONE, "The crash is caused by a null pointer in our renderer." },
	{ GRADE_NONE, "The error is thrown because the file is missing." },
	{ GRADE_NONE, "It's a known bug and will be fixed in 2.0." },
	{ GRADE_NONE, "Closing as not our bug." },
	{ GRADE_NONE, "I see what you mean, we should add that." },
	{ GRADE_NONE, "We should have more tests for this." },
	{ GRADE_NONE, "We haven't tested this on Windows yet." },
	{ GRADE_NONE, "We didn't change anything there." },
	{ GRADE_NONE, "It seems you forgot to call open()." },
	{ GRADE_NONE, "I've made the change you suggested." },
	{ GRADE_NONE, "I was able to confirm this issue. Moving to the engineering queue." },
	{ GRADE_NONE, "That's right." },
	{ GRADE_NONE, "Yes, that is correct." },
	{ GRADE_NONE, "The documentation is generated from the code." },
	{ GRADE_NONE, "Our build failed again, retrying." },
	{ GRADE_NONE, "The test is broken by design." },
	{ GRADE_NONE, "This change breaks the old API." },
	{ GRADE_NONE, "I will revert my change if it causes problems." },
	{ GRADE_NONE, "Does it work if you use the wrong key?" },
	{ GRADE_NONE, "Something went wrong with the upload." },
	{ GRADE_NONE, "I was wondering whether it works with the older base." },
	{ GRADE_NONE, "The patch was incorrectly applied in your fork." },
	{ GRADE_NONE, "We have to accept that mistakes happen in forks." },
	{ GRADE_NONE, "You've been charged twice due to a bank error." },
	{ GRADE_NONE, "An error on your end caused this." },
	{ GRADE_NONE, "We never supported this version." },
	{ GRADE_NONE, "I never saw that error." },
	{ GRADE_NONE, "We missed you at the fair!" },
	{ GRADE_NONE, "I believe the fix was merged already." },
	{ GRADE_NONE, "Our team is aware of the issue." },
	{ GRADE_NONE, "We're aware of an issue on our side and are working on it." },
	{ GRADE_FAULT, "There was an issue on our side that has been fixed now." },
	{ GRADE_FAULT, "@kim Hi Joan, this was an error on our end. We've refunded you." },
	{ GRADE_FAULT, "@kim We made an error with your booking and are fixing it." },
	{ GRADE_FAULT, "@kim You were charged by mistake, a refund is on its way." },
	{ GRADE_FAULT, "@kim We got this one wrong, Joan." },
	{ GRADE_FAULT, "I did this the wrong way round." },
	{ GRADE_FAULT, "Reopening, I closed it too hastily." },
	{ GRADE_FAULT, "Reopening. My test was flawed." },
	{ GRADE_FAULT, "Nope, you were right all along. Reopening." },
	{ GRADE_FAULT, "I was too optimistic: it isn't fixed." },
	{ GRADE_FAULT, "It turns out this isn't fixed after all, my fix only covered half of it." },
	{ GRADE_FAULT, "I see, so my assumption was wrong." },
	{ GRADE_FAULT, "We had a typo in the release script that left the file out." },
	{ GRADE_FAULT, "I removed it by accident in my last commit." },
	{ GRADE_FAULT, "We've inadvertently disabled it for everyone." },
	{ GRADE_FAULT, "Yes, that is a mistake in the docs." },
	{ GRADE_FAULT, "This one fell through the cracks." },
	{ GRADE_FAULT, "Apparently I broke this with my last commit." },
	{ GRADE_FAULT, "I have to admit that we never thought of that." },
	{ GRADE_FAULT, "I have to apologize, the information I gave you was wrong." },
	{ GRADE_FAULT, "It was wrong of us to close this." },
	{ GRADE_FAULT, "The problem was on our side: a server was not updated." },
	{ GRADE_FAULT, "This is embarrassing. We forgot to include the file." },
	{ GRADE_FAULT, "That's what I get for not testing." },
	{ GRADE_FAULT, "Ouch. That's a stupid bug of mine." },
	{ GRADE_FAULT, "This was my doing." },
	{ GRADE_FAULT, "Sorry about breaking your build." },
	{ GRADE_FAULT, "Sorry, this regression was caused by me." },
};

static void test_samples(void **state)
{
	struct buf quote = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		const struct evidence_post post = {
			.format = BODY_TEXT, .body = str_of(samples[i].text),
			.role = ROLE_CONTRIBUTOR, .previous_format = BODY_TEXT,
			.previous = STR("The lid leaks."), .previous_role = ROLE_CUSTOMER,
		};
		enum evidence_grade grade = grade_of(&post, &quote);

		if (grade != samples[i].grade)
			fail_msg("'%s' is %s, not %s", samples[i].text,
				 evidence_grade_names[grade],
				 evidence_grade_names[samples[i].grade]);
	}
	buf_release(&quote);
}

static void test_own_words(void **state)
{
	static const struct {
		enum body_format format;
		const char *body, *quote; /* NULL: nothing is found */
	} bodies[] = {
		{ BODY_MARKDOWN, "> We were wrong.\n\nNo, you weren't.", NULL },
		{ BODY_MARKDOWN, "> We were wrong.\n\nYes, *we were wrong*.", "Yes, we were wrong." },
		{ BODY_MARKDOWN, "```\nwe were wrong\n```\n", NULL },
		{ BODY_HTML, "<blockquote>We were wrong.</blockquote><p>Hm.</p>", NULL },
		{ BODY_HTML, "<pre>We were wrong.</pre>", NULL },
		{ BODY_HTML, "<p>Hi.</p><p>That &amp; this: <b>our mistake</b>.</p>",
		  "That & this: our mistake." },
		{ BODY_TEXT, "{quote}We were wrong.{quote}\nHm.", NULL },
		{ BODY_TEXT, "{code:java}\nwe were wrong\n{code} Hm. Our mistake.", "Our mistake." },
		{ BODY_TEXT, "[quote=\"kim, post:1\"]\nWe were wrong.\n[/quote]\nHm.", NULL },
		{ BODY_TEXT, "[quote]\nWe were wrong.", "We were wrong." },
		{ BODY_TEXT, "bq. We were wrong.\nHm.", NULL },
		{ BODY_TEXT, "Hm.\n\n-----Original Message-----\nWe were wrong.", NULL },
		{ BODY_TEXT, "Hm.\n\n-- \nKim, we were wrong Ltd.", NULL },
		{ BODY_TEXT, "That was our mistake. -Kim", "That was our mistake." },
		{ BODY_TEXT, "That was our mistake. ^KR https://a.example/x", "That was our mistake." },
		{ BODY_TEXT, "This is an automated message: we were wrong.", NULL },
		{ BODY_TEXT, "It was a long day and the parcel was very heavy indeed, so that\nwe were wrong about it. Bye.",
		  "It was a long day and the parcel was very heavy indeed, so that we were wrong about it." },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		const struct evidence_post post = { .format = bodies[i].format,
						    .body = str_of(bodies[i].body),
						    .role = ROLE_CONTRIBUTOR };
		struct buf quote = BUF_INIT;
		enum evidence_grade grade = grade_of(&post, &quote);

		if ((grade == GRADE_FAULT) != (bodies[i].quote != NULL))
			fail_msg("'%s' is %s", bodies[i].body, evidence_grade_names[grade]);
		if (bodies[i].quote)
			assert_string_equal(quote.p, bodies[i].quote);
		buf_release(&quote);
	}
}

/* Which kinds are found in the role, as bits. */
static unsigned kinds_in(enum post_role role)
{
	const struct evidence_post post = {
		.format = BODY_TEXT, .role = role,
		.body = STR("That was our mistake. Thank you! It works now. "
			    "A friend recommended it to me."),
		.previous_format = BODY_TEXT, .previous = STR("Hm."),
		.previous_role = ROLE_OTHER,
	};
	struct finding *found;
	unsigned kinds = 0;
	size_t n;

	evidence_find(patterns, &post, &arena, &found, &n);
	for (size_t i = 0; i < n; i++)
		kinds |= 1u << found[i].kind;
	return kinds;
}

static void test_roles(void **state)
{
	unsigned referral = 1u << KIND_REFERRAL;

	(void)state;
	assert_int_equal(kinds_in(ROLE_CONTRIBUTOR), 1u << KIND_ADMISSION | referral);
	assert_int_equal(kinds_in(ROLE_CUSTOMER),
			 1u << KIND_GRATITUDE | 1u << KIND_RESOLUTION | referral);
	assert_int_equal(kinds_in(ROLE_OTHER), referral);
}

/* A concession is one of what a customer said. */
static void test_context(void **state)
{
	struct evidence_post post = {
		.format = BODY_TEXT, .role = ROLE_CONTRIBUTOR,
		.body = STR("You're right. Let me reopen this."),
	};
	struct buf quote = BUF_INIT;

	(void)state;
	assert_int_equal(grade_of(&post, &quote), GRADE_NONE);
	post.previous = STR("It leaks.");
	post.previous_role = ROLE_CONTRIBUTOR;
	assert_int_equal(grade_of(&post, &quote), GRADE_NONE);
	post.previous_role = ROLE_CUSTOMER;
	assert_int_equal(grade_of(&post, &quote), GRADE_FAULT);
	assert_string_equal(quote.p, "You're right.");
	buf_release(&quote);
}

static void test_linear(void **state)
{
	static const char *const hostile[] = { "we were wrong ", "sorry ", "[quote]", "{code} ",
					       "you're right. ", "my bad! sorry, ", "\n> " };
	clock_t start = clock();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
		struct evidence_post post = { .format = BODY_TEXT, .role = ROLE_CONTRIBUTOR };
		struct buf body = BUF_INIT;
		struct finding *found;
		size_t n;

		while (body.n < 1 << 17)
			buf_adds(&body, hostile[i]);
		post.body = buf_str(&body);
		evidence_find(patterns, &post, &arena, &found, &n);
		buf_release(&body);
	}
	assert_true(clock() - start < 60 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_own_words),
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_context),
		cmocka_unit_test(test_linear),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
