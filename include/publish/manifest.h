#ifndef PUBLISH_MANIFEST_H
#define PUBLISH_MANIFEST_H

#include "base/fsys.h"
#include "base/sha256.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What was published: for each file the hashes of its path and its bytes, and
 * by what its inode is known again.  Hashes, never text; disposable, since
 * without it everything is written anew.  The same table holds the last build
 * and, file by file, the one that is being made: about 90 bytes a file.  Not
 * safe to share between threads.
 */
enum { MANIFEST_PATH = 16 };

struct manifest_file {
	unsigned char path[MANIFEST_PATH]; /* start of the SHA-256 of the path */
	unsigned char content[SHA256_SIZE];
	struct fsys_stamp stamp;
	bool planned; /* in the build that is being made */
	bool carried; /* with the inode of the last one */
	char unused[6];
};

struct manifest {
	struct manifest_file *files; /* owned */
	size_t n, cap;
	uint32_t *slots; /* owned; open addressing, index + 1 in files, 0: free */
	size_t slots_n;  /* a power of two */
};

#define MANIFEST_INIT { NULL, 0, 0, NULL, 0 }

void manifest_release(struct manifest *m);
void manifest_path(struct str path, unsigned char hash[MANIFEST_PATH]);
/* The file, or NULL; valid until the next manifest_add(). */
struct manifest_file *manifest_find(const struct manifest *m,
				    const unsigned char hash[MANIFEST_PATH]);
/* The file, made when it isn't there. */
struct manifest_file *manifest_add(struct manifest *m,
				   const unsigned char hash[MANIFEST_PATH]);
/* Enters the path into the build that is being made; the file as the last one knew it, or
 * *fresh when it didn't.  The same path twice is duplicate-path: NULL. */
struct manifest_file *manifest_plan(struct manifest *m, struct str path, bool *fresh,
				    struct diags *diags);
/* Ends planning: drops every file that isn't planned, and returns how many.
 * tree names what is left by all paths and bytes. */
size_t manifest_seal(struct manifest *m, unsigned char tree[SHA256_SIZE]);

/* Reads the file `name` below dir into the empty m if it describes that tree;
 * else m stays empty: an older, foreign or damaged one is no mistake. */
void manifest_load(struct manifest *m, int dir, const char *name,
		   const unsigned char tree[SHA256_SIZE]);
/* Writes the new file `name`; -1 with errno. */
int manifest_save(const struct manifest *m, int dir, const char *name,
		  const unsigned char tree[SHA256_SIZE]);

#endif
