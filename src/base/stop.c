/* The signals that ask a run to stop.  What is taken back then is everybody's own. */
#include "base/stop.h"

#include "base/mem.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

static atomic_int asked; /* the signal's number; lock-free, so a handler may */

/* The second one is let through as soon as this returns, whichever it is. */
static void ask(int number)
{
	if (asked) {
		signal(number, SIG_DFL);
		raise(number);
	}
	asked = number;
}

/* Nothing is restarted: who waits for input shall notice. */
void stop_catch(void)
{
	struct sigaction action = { .sa_handler = ask, .sa_flags = (int)SA_RESETHAND };
	struct sigaction old;

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
}

bool stop_asked(void)
{
	return asked != 0;
}

static void mask(int how, sigset_t *old)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		sigaddset(&set, signals[i]);
	pthread_sigmask(how, &set, old);
}

bool stop_hold(void)
{
	sigset_t old;

	mask(SIG_BLOCK, &old);
	return sigismember(&old, signals[0]) == 0;
}

void stop_let(void)
{
	mask(SIG_UNBLOCK, NULL);
}

void stop_die(void)
{
	int number = asked;

	if (!number)
		return;
	signal(number, SIG_DFL);
	stop_let();
	raise(number);
}
