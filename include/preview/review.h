#ifndef PREVIEW_REVIEW_H
#define PREVIEW_REVIEW_H

#include "archive/model.h"
#include "base/buf.h"
#include "select/config.h"
#include "select/waiting.h"

/*
 * The pages of the review: what waits for a curator's word, one thing at a time, as HTML
 * that needs no script.  Who asks for them and what the answers do is the caller's.
 *
 *     GET  /                 all that waits (?from=N), and how each product stands
 *     GET  /item/KEY         one thing, with its thread
 *     POST /item/KEY         answer=yes|no|skip, and quote=TEXT where it is asked for
 *     POST /undo, /again     the last answer; what was skipped
 *     POST /by, /keys        by=NAME; on=0|1
 *     GET  /review.css, /review.js, /review.svg
 */
struct review_view {
	const struct config *config;
	const struct roster *roster;
	const struct selection *selection;
	const struct waiting_list *list;
	struct str by;        /* who answers; may be empty */
	struct str message;   /* what became of the last request; may be empty */
	bool failed;          /* and it is that it failed */
	bool undo;            /* there is an answer to undo */
	bool keys;            /* single letters answer */
	size_t answered, skipped; /* counts of this session */
};

/* One thing: the thread whole, and what was answered to it in this session, or NULL. */
struct review_case {
	const struct waiting *item;
	const struct thread *thread;
	const char *answer; /* the label */
};

/* From the list's item `from` on.  Appended to out, as below. */
void review_overview(struct buf *out, const struct review_view *v, size_t from);
void review_item(struct buf *out, const struct review_view *v, const struct review_case *c);

/* Allows what the pages load, and nothing else. */
extern const char review_policy[];
/* The files, byte for byte: the Makefile makes sources of them. */
extern const unsigned char review_css[], review_js[], review_svg[];
extern const size_t review_css_n, review_js_n, review_svg_n;

#endif
