#ifndef RENDER_VIEW_H
#define RENDER_VIEW_H

#include "archive/model.h"
#include "base/diag.h"
#include "render/copies.h"
#include "render/theme.h"
#include "render/value.h"
#include "select/select.h"
#include "text/saying.h"

/*
 * The model: what templates see, as candor-template(7) lists it.  Values are
 * made in the arena that is given and borrow from thread, selection and config.
 */
struct view {
	const struct config *config;
	const struct selection *selection;
	const struct roster *roster;
	const struct theme *theme;
	const struct rules *rules;
	struct copies *copies; /* of images, or NULL: they are links */
	const struct redactor *redactor;
	const struct language *language; /* of what the program itself writes */
	const bool *long_path; /* per thread of the selection: see path_clashes() */
};

/* Appends the path of the selection's thread. */
void view_thread_path(struct buf *out, const struct view *v,
		      const struct chosen_thread *thread);
/* The id that its post has on pages. */
struct str view_post_anchor(struct arena *a, const struct chosen_thread *thread,
			    struct str id);

/* {date: "2026-03-05", time: RFC 3339, text: "5 March 2026"}; none for WHEN_NONE. */
struct value view_date(struct arena *a, const struct language *l, int64_t t);
/* "12,345" */
struct value view_number(struct arena *a, const struct language *l, int64_t n);
/* "40 minutes", as it stands behind "after". */
struct value view_span(struct arena *a, const struct language *l, int64_t seconds);
/* A saying with its placeholders filled. */
struct str view_say(struct arena *a, const struct language *l, enum saying s,
		    const struct slot *slots);
/* What strangers wrote on one line: see render/visible.h. */
struct value view_line(struct arena *a, struct str s);
/* The same for what links stand on, with a word in place of what can't be seen. */
struct value view_venue_name(struct arena *a, const struct venue *venue);
struct str view_product_name(struct arena *a, const struct product *product);
/* Whether the person has a page, and where: none for the others. */
bool view_contributor_listed(const struct view *v, const struct contributor *c);
struct value view_contributor_path(struct arena *a, const struct view *v,
				   const struct contributor *c);
/* The URL if a link may lead there, else none. */
struct value view_url(struct arena *a, struct str url);
/* A share as people read it: "25%", else "1/3". */
struct str view_share(struct arena *a, const struct language *l, struct ratio share);

/*
 * One thread with its posts, their bodies as sanitised HTML.  A post that had to
 * be shown as plain text is a warning (post-as-text).  What strangers wrote is
 * redacted, and what that came to is added to counts, one for each of the
 * redactor's items; a pattern that gives up is an error (regex-limit).
 */
struct value view_thread(struct arena *a, const struct view *v, const struct thread *t,
			 const struct chosen_thread *chosen, size_t *counts,
			 struct diags *diags);
/* The same without its posts and topics, for pages that link to it: of its posts, t
 * need hold only the one that admits. */
struct value view_thread_head(struct arena *a, const struct view *v,
			      const struct thread *t, const struct chosen_thread *chosen,
			      struct diags *diags);
/* Its title, redacted, for pages that don't show the thread. */
struct value view_thread_title(struct arena *a, const struct view *v,
			       const struct thread *t, struct diags *diags);
/* The language of its title, taken for that of its first post, unless it is the site's. */
struct value view_title_lang(const struct view *v, const struct thread *t);
/* A product or a scenario with the counts of its page; its threads are not in it. */
struct value view_product(struct arena *a, const struct view *v,
			  const struct choice *page);
struct value view_scenario(struct arena *a, const struct view *v,
			   const struct choice *page);
/* What a page is about: the product's name or the scenario's title. */
struct str view_page_name(struct arena *a, const struct choice *page);
/* Where it stands, and the list of its candidates. */
struct str view_page_path(struct arena *a, const struct choice *page);
struct str view_candidates_path(struct arena *a, const struct choice *page);
/* What every page sees: company, url, contact, products, scenarios, stats, assets,
 * rules. */
struct value view_site(struct arena *a, const struct view *v);
/* What the built-in disclosure says of one page, or of the site for NULL. */
struct value view_disclosure(struct arena *a, const struct view *v,
			     const struct choice *page);

/* What view_thread() made as bytes and back, so that a thread is rendered once and
 * used by pages that are made later.  Keys are kept by address: one process only.
 * The groups, which hold the posts once more, are made again. */
void view_pack(const struct value *thread, struct buf *out);
/* The thread in the arena, its strings in packed. */
struct value view_unpack(struct arena *a, const struct language *l, struct str packed);

#endif
