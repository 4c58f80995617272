/* Workers.  Knows nothing of what a job is. */
#include "base/jobs.h"

#include "base/mem.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct shared {
	const struct jobs *jobs;
	size_t n;
	atomic_size_t next;
	atomic_bool stop;
};

/* What the diagnostics of one job were. */
struct said {
	size_t job;
	struct diags diags;
};

struct thread {
	struct shared *shared;
	void *worker;
	struct said *said; /* by job, ascending */
	size_t said_n, said_cap;
	pthread_t id;
};

static void *work(void *arg)
{
	struct thread *t = arg;
	struct shared *s = t->shared;
	struct diags diags = DIAGS_INIT;
	size_t i;

	while (!atomic_load(&s->stop) && (i = atomic_fetch_add(&s->next, 1)) < s->n) {
		if (s->jobs->run(t->worker, i, &diags) < 0)
			atomic_store(&s->stop, true);
		if (!diags.n)
			continue;
		GROW(t->said, t->said_n, t->said_cap);
		t->said[t->said_n++] = (struct said){ i, diags };
		diags = (struct diags)DIAGS_INIT;
	}
	return NULL;
}

static int by_job(const void *a, const void *b)
{
	const struct said *x = a, *y = b;

	return x->job < y->job ? -1 : x->job > y->job;
}

static void merge(struct thread *threads, size_t n, struct diags *diags)
{
	struct said *all = NULL;
	size_t all_n = 0, cap = 0;

	for (size_t t = 0; t < n; t++) {
		for (size_t i = 0; i < threads[t].said_n; i++) {
			GROW(all, all_n, cap);
			all[all_n++] = threads[t].said[i];
		}
		free(threads[t].said);
	}
	if (all_n)
		qsort(all, all_n, sizeof(*all), by_job);
	for (size_t i = 0; i < all_n; i++)
		diags_merge(diags, &all[i].diags);
	free(all);
}

int jobs_run(const struct jobs *j, size_t n, struct diags *diags)
{
	struct shared shared = { .jobs = j, .n = n };
	struct thread *threads = xcalloc(j->workers_n, sizeof(*threads));
	size_t started = 1;

	for (size_t i = 0; i < j->workers_n; i++)
		threads[i] = (struct thread){ .shared = &shared, .worker = j->workers[i] };
	for (; started < j->workers_n; started++)
		if ((errno = pthread_create(&threads[started].id, NULL, work,
					    &threads[started])))
			die("cannot start a thread: %s", strerror(errno));
	work(&threads[0]);
	for (size_t i = 1; i < started; i++)
		pthread_join(threads[i].id, NULL);
	merge(threads, j->workers_n, diags);
	free(threads);
	return atomic_load(&shared.stop) ? -1 : 0;
}
