/*
 * Proves that whatever call of the system or for memory fails, and however
 * often, the site that stands is byte for byte the old or the new one, the
 * archive holds all of an import or nothing of it, the program says what
 * failed and ends with status 3, and the next run puts everything right.  And
 * that what it calls a success is one: no page ever lacks what an allocation
 * that failed would have held.
 *
 * First a run tells each way in which a call is reached; then that call is
 * made to fail, in one run each.  FAULTS=all tries each way with each error,
 * once and from then on; else ways are told apart by the nearest callers only,
 * and each gets one error.
 */
#include "site.h"


#include "base/mem.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { SHORT = 0 };

/* The calls and how they fail. */
static const struct fault {
	const char *call;
	int errors[6]; /* -1 ends it */
} faults[] = {
	{ "write", { ENOSPC, SHORT, EIO, EINTR, EDQUOT, -1 } },
	{ "pwrite", { ENOSPC, SHORT, EIO, EINTR, EDQUOT, -1 } },
	{ "close", { EIO, ENOSPC, EDQUOT, -1 } },
	{ "close_written", { EIO, ENOSPC, EDQUOT, -1 } },
	{ "fsync", { EIO, ENOSPC, -1 } },
	{ "fdatasync", { EIO, ENOSPC, -1 } },
	{ "syncfs", { EIO, ENOSPC, -1 } },
	{ "ftruncate", { EIO, -1 } },
	{ "open", { EMFILE, EIO, EACCES, -1 } },
	{ "openat", { ENOSPC, EMFILE, EACCES, EROFS, -1 } },
	{ "openat2", { EMFILE, EINTR, ENOSYS, EIO, -1 } },
	{ "mkostemp", { EMFILE, ENOSPC, -1 } },
	{ "read", { EIO, SHORT, EINTR, -1 } },
	/* EIO is a damaged file to SQLite */
	{ "pread", { ESTALE, SHORT, EINTR, -1 } },
	{ "readdir", { EIO, -1 } },
	{ "fdopendir", { ENOMEM, -1 } },
	{ "stat", { EIO, EACCES, -1 } },
	{ "fstat", { EIO, -1 } },
	{ "fstatat", { EIO, -1 } },
	{ "lstat", { EIO, -1 } },
	{ "statx", { ENOSYS, -1 } },
	{ "faccessat", { EIO, -1 } },
	{ "mkdirat", { ENOSPC, EDQUOT, EROFS, -1 } },
	{ "unlink", { EIO, EACCES, -1 } },
	{ "unlinkat", { EIO, EBUSY, -1 } },
	{ "renameat", { EIO, ENOSPC, EXDEV, -1 } },
	{ "renameat2", { EXDEV, EBUSY, EIO, EINTR, ENOSYS, -1 } },
	{ "linkat", { EXDEV, EMLINK, EIO, -1 } },
	{ "fchmod", { EPERM, -1 } },
	{ "flock", { EINTR, ENOLCK, -1 } },
	{ "fcntl", { EIO, EINTR, -1 } },
	{ "malloc", { ENOMEM, -1 } },
	{ "calloc", { ENOMEM, -1 } },
	{ "realloc", { ENOMEM, -1 } },
};

/* What is tried: a command, from a known state to another. */
struct trial {
	struct site *s;
	bool by_files;
	int from, to;
	/* Brings everything into its state before, then runs with env. */
	void (*run)(struct trial *t, const char *const *env, struct outcome *o);
	/* What is wrong after a run with a fault; NULL when nothing is. */
	const char *(*check)(struct trial *t, const struct outcome *o);
	/* The same for the run after it, without one; the next trial goes on. */
	const char *(*recover)(struct trial *t);
	bool forever; /* the fault lasts */
	const char *depth; /* FAULT_DEPTH=N for a sample of all ways */
	ino_t folder;      /* public/ when going by files */
	size_t tried, fired, wrong;
	/* Of commands that write to the archive w.db: */
	const char *const *words;
	const char *base;    /* what w.db is a copy of; NULL: there is none */
	struct buf old, new; /* what it exports before and after */
};

static bool survivable(const char *call, int error)
{
	static const char *const loops[] = { "write", "pwrite", "read", "pread", "flock",
					     "openat2" };

	if (error != EINTR && error != SHORT)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(loops); i++)
		if (!strcmp(loops[i], call))
			return true;
	return false;
}

/* What was written may not be on the disk: nobody may call that a success. */
static bool must_be_noticed(const char *call)
{
	return !strcmp(call, "close_written") || !strcmp(call, "syncfs");
}

/* A message says what failed: with a place before it or a name in quotes. */
static const char *check_message(const struct outcome *o)
{
	if (o->status < 0)
		return "killed";
	if (o->status != 0 && o->status != 3)
		return "wrong exit status";
	if (o->status == 0)
		return o->said.n ? "success with a message" : NULL;
	if (strstr(o->said.p, "candor: fatal: ") == o->said.p)
		return NULL;
	if (!strstr(o->said.p, "error: "))
		return "failure without a message";
	if (!strchr(o->said.p, '\'') && strstr(o->said.p, "candor: error:"))
		return "a message that names nothing";
	return NULL;
}

static void complain(struct trial *t, const char *fault, const char *wrong,
		     const struct outcome *o)
{
	t->wrong++;
	print_message("# %s: %s (status %d, signal %d): %s\n", fault, wrong, o->status,
		      o->signal, o->said.p);
}

static void try_fault(struct trial *t, const char *call, unsigned long at, bool after,
		      int error)
{
	char fault[80];
	const char *const env[] = { fault, NULL };
	struct outcome o = { .said = BUF_INIT };
	const char *wrong;
	bool fired;

	snprintf(fault, sizeof(fault), "FAULT=%s:%lu%s:%d", call, at, after ? "+" : "",
		 error);
	t->tried++;
	t->forever = after;
	unlink("fired");
	t->run(t, env, &o);
	fired = unlink("fired") == 0;
	t->fired += fired;
	wrong = check_message(&o);
	if (!wrong && o.status == 0 && fired && must_be_noticed(call))
		wrong = "not noticed";
	if (!wrong && o.status != 0 && survivable(call, error) && !after)
		wrong = "not survived";
	if (!wrong)
		wrong = t->check(t, &o);
	if (wrong)
		complain(t, fault, wrong, &o);
	wrong = t->recover(t);
	if (wrong)
		complain(t, fault, wrong, &o);
	buf_release(&o.said);
}

static bool try_all(void)
{
	const char *faults_env = getenv("FAULTS");

	return faults_env && !strcmp(faults_env, "all");
}

static void try_ways(struct trial *t, const struct fault *f, const unsigned long *at,
		     size_t n)
{
	size_t errors = 0;

	while (f->errors[errors] >= 0)
		errors++;
	for (size_t i = 0; i < n; i++) {
		for (size_t e = 0; e < errors; e++) {
			int error = f->errors[e];

			if (!try_all() && e != i % errors)
				continue;
			if (try_all() || i / errors % 2 == 0 || error == EINTR ||
			    error == SHORT)
				try_fault(t, f->call, at[i], false, error);
			/* Whoever is interrupted for ever may try for ever; and who
			 * gets byte for byte takes long. */
			if ((try_all() || i / errors % 2) && error != EINTR &&
			    error != SHORT)
				try_fault(t, f->call, at[i], true, error);
		}
	}
}

/* The numbers of the calls of that name in the log. */
static unsigned long *ways_of(struct str log, const char *call, size_t *n)
{
	unsigned long *at = NULL;
	size_t cap = 0;

	*n = 0;
	while (log.n) {
		struct str line = str_slice(log, 0, str_index(log, '\n'));
		struct str name = str_slice(line, 0, str_index(line, ' '));

		if (str_is(name, call)) {
			GROW(at, *n, cap);
			at[(*n)++] = strtoul(line.p + name.n, NULL, 10);
		}
		log = str_slice(log, line.n + 1, log.n);
	}
	return at;
}

static void sweep(struct trial *t)
{
	const char *const env[] = { "FAULT_LOG=log", try_all() ? NULL : t->depth, NULL };
	struct outcome o = { .said = BUF_INIT };
	struct buf log = BUF_INIT;

	t->run(t, env, &o);
	assert_int_equal(o.status, 0);
	file_read("log", &log);
	assert_null(t->recover(t));
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		size_t n;
		unsigned long *at;

		/* The memory that a build needs is the same either way. */
		if (t->by_files && !try_all() && strstr(faults[i].call, "alloc"))
			continue;
		at = ways_of(buf_str(&log), faults[i].call, &n);

		try_ways(t, &faults[i], at, n);
		free(at);
	}
	if (t->wrong || try_all())
		print_message("%zu faults, %zu wrong\n", t->tried, t->wrong);
	assert_true(t->fired > 50 && t->fired > t->tried / 2);
	assert_int_equal(t->wrong, 0);
	buf_release(&log);
	buf_release(&o.said);
}

/* --- Builds: from one site to the other, and back --- */

static void run_build(struct trial *t, const char *const *env, struct outcome *o)
{
	site_build(t->s, t->to, t->by_files, env, o);
}

static const char *check_build(struct trial *t, const struct outcome *o)
{
	const struct tree *old = &t->s->trees[t->from], *new = &t->s->trees[t->to];
	const char *wrong = NULL;
	struct stat st;
	struct tree now;

	assert_int_equal(stat("public", &st), 0);
	tree_read(&now, "public");
	if (o->status == 0 && !tree_equal(&now, new))
		wrong = "success with another site";
	else if (!t->by_files && !tree_equal(&now, old) && !tree_equal(&now, new))
		wrong = "neither the old nor the new site";
	else if (t->by_files && !tree_of_parts(&now, old, new))
		wrong = "a file that is neither the old nor the new one";
	else if (t->by_files && st.st_ino != t->folder)
		wrong = "another folder";
	tree_release(&now);
	return wrong;
}

/* Also turns round: the next build goes back. */
static const char *recover_build(struct trial *t)
{
	static struct buf wrong = BUF_INIT;
	struct outcome o = { .said = BUF_INIT };
	struct buf debris = BUF_INIT;
	struct tree now;

	buf_reset(&wrong);
	site_build(t->s, t->to, t->by_files, NULL, &o);
	tree_read(&now, "public");
	site_debris(&debris);
	if (o.status != 0)
		buf_addf(&wrong, "the next build fails: %s", o.said.p);
	else if (!tree_equal(&now, &t->s->trees[t->to]))
		buf_adds(&wrong, "the next build doesn't put the site right");
	else if (debris.n)
		buf_addf(&wrong, "left behind:%s", debris.p);
	tree_release(&now);
	buf_release(&debris);
	buf_release(&o.said);
	t->from = t->to;
	t->to = !t->to;
	return wrong.n ? wrong.p : NULL;
}

static void sweep_builds(void **state, bool by_files)
{
	struct trial t = { .s = *state, .by_files = by_files, .run = run_build,
			   .check = check_build, .recover = recover_build,
			   .depth = by_files ? "FAULT_DEPTH=1" : "FAULT_DEPTH=2" };
	struct stat st;

	/* Whichever way the last test went. */
	recover_build(&t);
	assert_int_equal(stat("public", &st), 0);
	t.folder = st.st_ino;
	sweep(&t);
}

static void builds_by_exchange(void **state)
{
	sweep_builds(state, false);
}

static void builds_by_files(void **state)
{
	sweep_builds(state, true);
}

/* Memory that one worker lacks while others are at work; which call it is
 * differs from run to run. */
static void builds_with_workers(void **state)
{
	struct trial t = { .s = *state, .run = run_build, .check = check_build,
			   .recover = recover_build };

	recover_build(&t);
	t.s->jobs = "8";
	for (unsigned long at = 3000; at < 7000; at += try_all() ? 7 : 101)
		try_fault(&t, "malloc", at, at % 2, ENOMEM);
	t.s->jobs = "1";
	assert_int_equal(t.wrong, 0);
}

/* --- Commands that write to the archive --- */

/* Nothing when there is no archive, or one without a byte: where memory ran
 * out, nobody was there to take it away. */
static void export_work(struct trial *t, struct buf *out)
{
	static const char *const words[] = { "export", "jsonl", "--archive", "w.db", NULL };
	struct outcome o = { .said = BUF_INIT };
	struct stat st;

	buf_reset(out);
	if (stat("w.db", &st) == 0 && st.st_size) {
		site_run(t->s, words, NULL, &o);
		file_read(o.status == 0 ? "out" : "err", out);
	}
	buf_release(&o.said);
}

static void run_write(struct trial *t, const char *const *env, struct outcome *o)
{
	struct buf bytes = BUF_INIT;

	unlink("w.db");
	if (t->base) {
		file_read(t->base, &bytes);
		file_write("w.db", buf_str(&bytes));
	}
	buf_release(&bytes);
	site_run(t->s, t->words, env, o);
}

static bool is_sound(void)
{
	sqlite3_stmt *stmt = NULL;
	sqlite3 *db = NULL;
	bool sound;

	sound = sqlite3_open_v2("w.db", &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
		sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &stmt, NULL) ==
			SQLITE_OK &&
		sqlite3_step(stmt) == SQLITE_ROW &&
		!strcmp((const char *)sqlite3_column_text(stmt, 0), "ok");
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return sound;
}

static const char *check_write(struct trial *t, const struct outcome *o)
{
	struct buf now = BUF_INIT;
	const char *wrong = NULL;
	bool done;

	export_work(t, &now);
	done = str_eq(buf_str(&now), buf_str(&t->new));
	if (o->status == 0 && !done)
		wrong = "success without all of it";
	else if (!done && !str_eq(buf_str(&now), buf_str(&t->old)))
		wrong = "neither the old nor the new archive";
	else if (access("w.db", F_OK) == 0 && !is_sound())
		wrong = "a damaged archive";
	else if (!t->base && !done && !t->forever && access("w.db", F_OK) == 0 &&
		 !strstr(o->said.p, "out of memory"))
		wrong = "an empty archive was left";
	buf_release(&now);
	return wrong;
}

/* What was done half is done whole by doing it again. */
static const char *recover_write(struct trial *t)
{
	static struct buf wrong = BUF_INIT;
	struct outcome o = { .said = BUF_INIT };
	struct buf now = BUF_INIT;

	buf_reset(&wrong);
	site_run(t->s, t->words, NULL, &o);
	export_work(t, &now);
	if (o.status != 0)
		buf_addf(&wrong, "the next run fails: %s", o.said.p);
	else if (!str_eq(buf_str(&now), buf_str(&t->new)))
		buf_adds(&wrong, "the next run doesn't put the archive right");
	else if (access("w.db-journal", F_OK) == 0)
		buf_adds(&wrong, "the next run leaves a journal");
	buf_release(&now);
	buf_release(&o.said);
	return wrong.n ? wrong.p : NULL;
}

static void sweep_writes(void **state, const char *const *words, const char *base)
{
	struct trial t = { .s = *state, .words = words, .base = base, .run = run_write,
			   .check = check_write, .recover = recover_write,
			   .depth = "FAULT_DEPTH=1", .old = BUF_INIT, .new = BUF_INIT };
	struct outcome o = { .said = BUF_INIT };

	run_write(&t, NULL, &o);
	assert_int_equal(o.status, 0);
	export_work(&t, &t.new);
	if (base) {
		site_run(t.s, (const char *const[]){ "export", "jsonl", "--archive", base,
						     NULL }, NULL, &o);
		file_read("out", &t.old);
	}
	assert_false(str_eq(buf_str(&t.old), buf_str(&t.new)));
	sweep(&t);
	unlink("w.db");
	buf_release(&t.old);
	buf_release(&t.new);
	buf_release(&o.said);
}

static void imports(void **state)
{
	static const char *const words[] = { "import", "-q", "jsonl", "b.jsonl", "--now",
					     NOW, "--archive", "w.db",
					     "--no-analyze", NULL };

	sweep_writes(state, words, "a.db");
}

static void first_imports(void **state)
{
	static const char *const words[] = { "import", "-q", "jsonl", "b.jsonl", "--now",
					     NOW, "--archive", "w.db",
					     "--no-analyze", NULL };

	sweep_writes(state, words, NULL);
}

static void labels(void **state)
{
	static const char *const words[] = { "label", "askhearth/79618", "private", "--now",
					     NOW, "--archive", "w.db", NULL };

	sweep_writes(state, words, "a.db");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(builds_by_exchange),
		cmocka_unit_test(builds_by_files),
		cmocka_unit_test(builds_with_workers),
		cmocka_unit_test(imports),
		cmocka_unit_test(first_imports),
		cmocka_unit_test(labels),
	};

	if (argc > 1) /* "builds*" */
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, site_begin, site_end);
}
