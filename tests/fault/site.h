#ifndef FAULT_SITE_H
#define FAULT_SITE_H

#include "base/buf.h"
#include "base/sha256.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A small site in a scratch folder, built by the real program: two archives of
 * the demo's threads, so that build after build can go from the one site to
 * the other.  The scratch folder is the current one.
 *
 *	a.jsonl b.jsonl  the two exports
 *	a.db b.db        their archives
 *	a/ b/            what is published of them
 *	public/          the site under test
 *	tmp/             TMPDIR
 *	fired            the fault came
 */

/* The clock of all runs. */
#define NOW "2026-11-20T12:00:00Z"

/* A published tree: its files but the marker and what a killed run left. */
struct tree {
	struct tree_file {
		char *path;
		unsigned char hash[SHA256_SIZE];
	} *files; /* by path */
	size_t n, cap;
};

void tree_read(struct tree *t, const char *dir);
void tree_release(struct tree *t);
bool tree_equal(const struct tree *a, const struct tree *b);
/* Each file is, byte for byte, the file of that path in a or b. */
bool tree_of_parts(const struct tree *t, const struct tree *a, const struct tree *b);

struct site {
	char *top;     /* of the repository */
	char *scratch;
	struct tree trees[2]; /* a, b */
	const char *jobs;     /* of builds; "1" unless a test says otherwise */
};

/* Makes it and goes there; cmocka's set-up and tear-down of a group. */
int site_begin(void **state);
int site_end(void **state);

/* What a run came to. */
struct outcome {
	int status;     /* exit status; -1: a signal, also when it took too long */
	int signal;
	struct buf said; /* owned; standard error */
};

/*
 * Runs `candor words...`; env is NULL or a list "FAULT=..." that ends with
 * NULL.  Standard output goes to the file `out`.
 */
void site_run(const struct site *s, const char *const *words, const char *const *env,
	      struct outcome *o);
/* The process of it, for those who want to kill it. */
int site_start(const struct site *s, const char *const *words, const char *const *env);
/* Builds public/ from archive which (0: a, 1: b). */
void site_build(const struct site *s, int which, bool by_files, const char *const *env,
		struct outcome *o);
int site_start_build(const struct site *s, int which, bool by_files);

/* public/ is that of archive which, and nothing else was left anywhere. */
void site_check(const struct site *s, int which);
/* What lies beside public/ and in TMPDIR that shouldn't; empty when nothing. */
void site_debris(struct buf *out);

/* For those who stop runs at any moment. */
int64_t site_now_us(void);
uint32_t site_random(void);

void file_read(const char *path, struct buf *out);
void file_write(const char *path, struct str bytes);

#endif
