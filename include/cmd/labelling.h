#ifndef CMD_LABELLING_H
#define CMD_LABELLING_H

#include "cmd/command.h"

/*
 * A curator's words on their way into the archive: checked against the thread that
 * they are about, then written, all in one transaction, so that nobody else changes in
 * between what was looked at.  The archive must be open for writing.
 */
struct labelling {
	struct run *run;       /* borrowed; takes the diagnostics */
	struct roster *roster; /* owned */
	struct venue *venues;  /* in run->arena */
	size_t venues_n;
	struct arena arena; /* of the thread at hand */
	struct thread thread;
	bool begun;         /* and not committed yet */
};

/* Begins; 0, or -1 with diagnostics; release in both cases, which takes back what was
 * not committed. */
int labelling_init(struct labelling *l, struct run *run);
int labelling_commit(struct labelling *l);
void labelling_release(struct labelling *l);
/*
 * Reads the thread, VENUE/ID or URL; NULL with a diagnostic at where.  Valid until the
 * next one.
 */
const struct thread *labelling_thread(struct labelling *l, struct str name,
				      struct place where);
/*
 * Whether the label says all that one of its name must say, of a post that the thread
 * at hand has; and an admission, that one of the company's people wrote it.  0, or -1
 * with diagnostics at where; NO_PLACE: it comes from the command line.
 */
int labelling_check(struct labelling *l, const struct label *label, struct place where);
/* Adds it to that thread, and does what it says beside that, see
 * archive_apply_label(). */
int labelling_add(struct labelling *l, int64_t thread, const struct label *label,
		  enum archive_change *change);

/* candor label --from FILE and --export; 0, or -1 with diagnostics. */
int label_import(struct run *run, const char *path, struct str by);
int label_export(struct run *run);

#endif
