#ifndef PUBLISH_LIVE_H
#define PUBLISH_LIVE_H

#include "publish/build.h"
#include "publish/content.h"

/*
 * The site as build would publish it now, made file by file when somebody asks for
 * one.  Nothing is written.  What a change of the rules costs is the choice and one
 * page, whatever the size of the site.
 */
struct live;

/* What a file is, beside its bytes. */
struct live_file {
	enum live_found {
		LIVE_NOTHING, /* build publishes no such file, and nothing waits to be one */
		LIVE_FILE,
		LIVE_LATER /* it holds something of all the others, or it is an image that
			    * one of them may show: live_step() on */
	} found;
	enum live_state {
		LIVE_PUBLISHED,
		/* Nothing that build publishes, made for the preview alone; no list, feed
		 * or menu has it: */
		LIVE_DRAFT,    /* a page of content/ with draft: true, at the path and in
				* place of one that is published, if there is one */
		LIVE_EMBARGOED, LIVE_EXPIRED /* a thread that some page waits for, or had */
	} state;
	const struct choice *choice; /* whose page, list, fragment or feed it is, or NULL */
	const struct chosen_thread *thread; /* whose page it is, or NULL */
};

/*
 * in (copied; check, strict and jobs don't matter), and all that it points to, is
 * borrowed until live_close(); texts belong to the live site that was opened last; the
 * archive is borrowed during calls alone, so that nobody has
 * to wait for a preview that rests.  It is given each time, open, in the state that
 * live_open() saw: the caller compares its stamp and archive_change_counter().
 *
 * 0, or -1 with diagnostics, *out NULL.
 */
int live_open(struct live **out, const struct build_input *in, struct diags *diags);
/*
 * Appends the bytes of the file at that path ("products/kettle/index.html"), and the
 * diagnostics of making it alone.  A template's mistake is an error among these, and
 * the file is there all the same, without what the template couldn't say.  -1: it
 * couldn't be made.
 */
int live_get(struct live *l, struct archive *a, struct str path, struct buf *out,
	     struct live_file *what, struct diags *diags);
/*
 * Makes some of the site, some milliseconds' worth, for its mistakes and for the files
 * that hold something of all others; the last step also finds what check does.  Before
 * that, reads texts ahead.  1: there is more to do; 0: there isn't; -1: something
 * couldn't be made, and the rest won't be.
 */
int live_step(struct live *l, struct archive *a, struct diags *diags);
const struct selection *live_selection(const struct live *l);
/* The site's own pages, and those that are drafts. */
const struct content *live_content(const struct live *l);
/* Appends the path of the thread's page; false when it has none, in a preview either. */
bool live_thread_path(const struct live *l, const struct chosen_thread *t, struct buf *out);
void live_close(struct live *l); /* NULL is fine */

#endif
