/* What `candor init` prints: what it made, and the commands that follow. */
#include "init-say.h"

#include "base/utf8.h"

#include <inttypes.h>

/* What needs no quotes in a shell. */
#define WORD_CHARS \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./"

static const char *plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

/* Posts without a licence are as many as they are where a venue is the company's own, and
 * nobody has said so. */
static bool needs_ground(const struct init_survey *s)
{
	return s->groundless > s->posts / 2;
}

/* Names of products that nobody writes. */
static bool lacks_match(const struct init_said *said)
{
	return said->survey->threads && !said->selection->candidates;
}

static const char *why_none(const struct init_said *said)
{
	if (lacks_match(said))
		return "  none is about a product, as far as rules.yaml can tell\n";
	if (needs_ground(said->survey))
		return "  none can be shown: they have no licence, and nobody said that the venue "
		       "is yours\n";
	if (!said->survey->staff)
		return "  none can be shown before candor knows who your people are\n";
	return "  none can be shown: 'candor explain PRODUCT' says why\n";
}

static void say_counts(struct buf *out, const struct init_said *said)
{
	const struct init_survey *found = said->survey;
	const struct selection *s = said->selection;

	utf8_add_masked(out, str_of(said->dir));
	buf_addf(out, ": %" PRIu64 " thread%s with %" PRIu64 " post%s, %zu product%s\n",
		 found->threads, plural(found->threads), found->posts, plural(found->posts),
		 found->products_n, plural(found->products_n));
	if (s->shown)
		buf_addf(out, "  %zu can be shown, %zu are; in %zu of these you were wrong\n",
			 s->eligible, s->shown, s->shown_wrong);
	else if (s->eligible)
		buf_addf(out, "  %zu can be shown, once you have confirmed where you were wrong\n",
			 s->eligible);
	else if (found->threads)
		buf_adds(out, why_none(said));
	if (said->waiting)
		buf_addf(out, "  %zu sentence%s that may say that you were wrong wait%s for your word\n",
			 said->waiting, plural(said->waiting), said->waiting == 1 ? "s" : "");
}

/* As a shell takes it. */
static void add_word(struct buf *out, struct str s)
{
	struct buf masked = BUF_INIT;
	struct str rest;

	utf8_add_masked(&masked, s);
	rest = buf_str(&masked);
	if (strspn(masked.p, WORD_CHARS) == masked.n) {
		buf_addstr(out, rest);
	} else {
		buf_addc(out, '\'');
		while (str_present(rest)) {
			buf_addstr(out, str_split(&rest, '\''));
			buf_adds(out, str_present(rest) ? "'\\''" : "'");
		}
	}
	buf_release(&masked);
}

static void say_step(struct buf *out, const char *command, const char *why)
{
	buf_addf(out, "  %-24s # %s\n", command, why);
}

/* The import again, with the one word that it lacked. */
static void say_own(struct buf *out, const struct init_said *said)
{
	buf_addf(out, "  candor import %s ", said->format);
	if (said->venue)
		buf_addf(out, "--venue %.*s ", STR_ARG(said->survey->venues[0].slug));
	if (said->map) {
		buf_adds(out, "--map ");
		add_word(out, str_of(said->map));
		buf_addc(out, ' ');
	}
	buf_addf(out, "--own %s", said->pulls ? "--pulls " : "");
	add_word(out, str_of(said->path));
	buf_adds(out, "  # if the venue is yours\n");
}

/* What an export doesn't say and a person knows. */
static void say_gaps(struct buf *out, const struct init_said *said)
{
	const struct init_survey *found = said->survey;

	if (said->format && needs_ground(found))
		say_own(out, said);
	say_step(out, "edit candor.yaml",
		 found->staff ? "your address, and whether these are your people"
			      : "your address, and who your people are");
	if (lacks_match(said))
		say_step(out, "edit rules.yaml", "'match': which words tell a product");
	if (found->threads && !found->staff)
		say_step(out, "candor analyze", "looks at what they wrote");
}

/* Where nothing was found there is nothing to confirm, unless their posts come to be looked
 * at only now. */
static void say_labelling(struct buf *out, const struct init_said *said)
{
	if (!said->survey->threads)
		say_step(out, "candor import auto PATH", "your conversations");
	else if (said->waiting || !said->survey->staff || lacks_match(said))
		say_step(out, "candor review --serve", "confirm where you were wrong");
	else
		say_step(out, "candor help label", "say where you were wrong: nothing was found");
}

/* In the order in which it is to be done. */
static void say_next(struct buf *out, const struct init_said *said)
{
	buf_adds(out, "\nnext:\n");
	if (strcmp(said->dir, ".") != 0) {
		buf_adds(out, "  cd ");
		add_word(out, str_of(said->dir));
		buf_addc(out, '\n');
	}
	if (!said->example)
		say_gaps(out, said);
	say_labelling(out, said);
	say_step(out, "candor build", "the site, in public/");
	say_step(out, "candor preview", "the site in a browser, while you change things");
}

void init_say(struct buf *out, const struct init_said *said)
{
	say_counts(out, said);
	say_next(out, said);
}
