#ifndef BASE_JOBS_H
#define BASE_JOBS_H

#include "base/diag.h"

#include <stddef.h>

/*
 * Numbered jobs over a few threads.  Whatever the number of threads, and in
 * whatever order they come to run, the diagnostics are merged in the order of
 * the jobs, each only once.
 */
struct jobs {
	/* Does job i with the worker's own things; -1 stops everybody. */
	int (*run)(void *worker, size_t i, struct diags *diags);
	void **workers;   /* one each, borrowed */
	size_t workers_n; /* at least 1 */
};

/* Jobs 0 to n-1; 0, or -1 when one of them returned it. */
int jobs_run(const struct jobs *j, size_t n, struct diags *diags);

#endif
