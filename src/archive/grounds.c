/* The grounds of posts as the archive has them; what is one, model.c says. */
#include "archive/handle.h"

#include "base/mem.h"

int archive_set_permission(struct archive *a, int64_t thread, struct str post,
			   struct str permission, struct diags *diags)
{
	static const char sql[] = "UPDATE post SET permission = ?3 WHERE thread_id = ?1 "
				  "AND ref = ?2 AND permission IS NOT ?3";
	struct query *q = db_query(a->db, "post", sql, diags);

	invariant(a->in_write);
	query_bind_int(q, thread);
	query_bind_text(q, post);
	query_bind_optional(q, permission);
	return query_run(q);
}

int licences_check(struct archive *a, struct diags *diags)
{
	static const char sql[] =
		"SELECT DISTINCT v.id, v.slug, ifnull(p.licence, v.licence) AS licence "
		"FROM post AS p INDEXED BY post_facts CROSS JOIN thread AS t "
		"ON t.id = p.thread_id CROSS JOIN venue AS v ON v.id = t.venue_id "
		"WHERE ifnull(p.licence, v.licence) IS NOT NULL ORDER BY v.slug, licence";
	struct query *q = db_query(a->db, "post", sql, diags);
	int got;

	while ((got = query_step(q)) == 1) {
		struct str venue, licence;

		query_id(q);
		venue = query_text(q);
		licence = query_name(q);
		if (query_failed(q))
			return -1;
		if (!licence_is_vague(licence))
			continue;
		diag_add(diags, DIAG_LICENCE_VAGUE, db_place(a->db),
			 "the licence '%.*s' of posts at '%.*s' names no version",
			 STR_ARG(licence), STR_ARG(venue));
		diag_hint(diags, "name it whole, as in 'CC BY-SA 4.0'; the venue's terms say "
				 "which it is");
	}
	return got;
}
