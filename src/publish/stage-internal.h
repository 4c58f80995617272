#ifndef PUBLISH_STAGE_INTERNAL_H
#define PUBLISH_STAGE_INTERNAL_H

#include "publish/manifest.h"
#include "publish/stage.h"

#include <pthread.h>

/* What stage.c and stage-files.c share, and what tests may look into. */

struct stage {
	char *output; /* owned; as the user named it, for messages */
	char *name;   /* owned; its last part */
	enum publish_way way;
	/* Folder handles, -1 while not open. */
	int parent; /* holds the output folder and .candor/ */
	int state;  /* .candor/NAME/ */
	int out;    /* the published tree as it was when the build began */
	int next;   /* .candor/NAME/next/, the staging folder */
	int lock;
	pthread_mutex_t mutex; /* guards all below while pages are put */
	bool begun, failed;
	bool looks; /* opened by stage_look() */
	struct manifest manifest;
	struct stage_counts counts;
	/* sys_exchange(); tests put another here. */
	int (*exchange)(int dir_a, const char *a, int dir_b, const char *b);
};

/* In the output folder, to say that it is ours.  A sentence for people, then
 * the tree's name in hex: see manifest_seal(). */
#define STAGE_MARKER ".candor-site"

/* The output is absent, empty or ours; else -1 with a diagnostic.  Asked again
 * before the switch. */
int stage_check_output(struct stage *s, struct diags *diags);
/* errno is why something below .candor/ can't be made; -1. */
int stage_cannot_make(const struct stage *s, struct diags *diags);

/* The name of the tree in an open folder of ours; false when it has none. */
bool stage_tree(int dir, unsigned char tree[SHA256_SIZE]);
/* What the last build knew of the tree in out, if it is that; and the marker as planned. */
void stage_load_manifest(struct stage *s);
/* The marker's bytes. */
void stage_marker(struct buf *out, const unsigned char tree[SHA256_SIZE]);

/*
 * The second way: brings what lies in the staging folder into the output, file
 * by file, and removes what isn't planned.  The manifest is sealed; stamps of
 * files that had to be copied are corrected in it.
 */
int stage_files(struct stage *s, const unsigned char tree[SHA256_SIZE],
		struct diags *diags);

#endif
