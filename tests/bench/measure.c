/*
 * Runs a command and writes what it cost to a file: CPU seconds (user and
 * system, children included), wall seconds, peak memory in kB.  The command's
 * exit status is its own.
 *
 *	measure RESULT COMMAND...
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int run(char **command, double *wall, struct rusage *used)
{
	double start = clock_now();
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		execvp(command[0], command);
		perror(command[0]);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, used) < 0)
		return 1;
	*wall = clock_now() - start;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int argc, char **argv)
{
	struct rusage used;
	double wall = 0;
	int status;
	FILE *out;

	if (argc < 3) {
		fputs("usage: measure RESULT COMMAND...\n", stderr);
		return 2;
	}
	status = run(argv + 2, &wall, &used);
	out = fopen(argv[1], "w");
	if (!out) {
		perror(argv[1]);
		return 1;
	}
	fprintf(out, "%.3f %.3f %ld\n", seconds(used.ru_utime) + seconds(used.ru_stime),
		wall, used.ru_maxrss);
	return fclose(out) == 0 ? status : 1;
}
