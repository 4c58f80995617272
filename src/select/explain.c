/* Why each candidate is shown or not, as JSON. */
#include "select/explain.h"

#include <inttypes.h>
#include <stdio.h>

void explain_rule(struct buf *b, const struct rules *rules, unsigned line)
{
	if (line)
		buf_addf(b, "%s:%u", rules_path(rules), line);
}

static void json_admission(struct jsonw *w, const struct chosen_thread *t)
{
	bool confirmed = str_present(t->wrong_by);
	char at[WHEN_RFC3339];

	jsonw_key(w, "admission");
	jsonw_object(w);
	jsonw_key_str(w, "post", t->wrong_post);
	jsonw_key_str(w, "quote", t->wrong_quote);
	jsonw_key_str(w, "author", t->wrong_author);
	jsonw_key_str(w, "by", confirmed ? STR("label") : STR("evidence"));
	if (confirmed) {
		when_format(t->wrong_said, at);
		jsonw_key_str(w, "curator", t->wrong_by);
		jsonw_key_str(w, "at", str_of(at));
	} else {
		jsonw_key_str(w, "pattern", t->wrong_pattern);
		jsonw_key_str(w, "grade", str_of(evidence_grade_names[t->wrong_grade]));
	}
	jsonw_object_end(w);
}

static void json_topics(struct jsonw *w, const struct selection *s,
			const struct chosen_thread *t)
{
	jsonw_key(w, "topics");
	jsonw_list(w);
	for (size_t i = 0; i < s->topics_n; i++)
		if (t->topics >> i & 1)
			jsonw_str(w, s->topics[i].name);
	jsonw_list_end(w);
}

void explain_candidate(struct jsonw *w, const struct rules *rules, const struct selection *s,
		       const struct candidate *c)
{
	const struct chosen_thread *t = &s->threads[c->thread];
	struct buf rule = BUF_INIT;

	explain_rule(&rule, rules, c->rule);
	jsonw_key_str(w, "venue", t->venue);
	jsonw_key_str(w, "id", t->id);
	jsonw_key_bool(w, "eligible", t->eligible);
	jsonw_key_bool(w, "wrong", t->wrong);
	jsonw_key_int(w, "rank", t->rank);
	jsonw_key_bool(w, "shown", c->position > 0);
	jsonw_key(w, "position");
	if (c->position)
		jsonw_int(w, c->position);
	else
		jsonw_null(w);
	jsonw_key_str(w, "reason", str_of(reason_names[c->reason]));
	jsonw_key(w, "rule");
	if (c->rule)
		jsonw_str(w, buf_str(&rule));
	else
		jsonw_null(w);
	if (t->wrong)
		json_admission(w, t);
	if (s->topics_n)
		json_topics(w, s, t);
	buf_release(&rule);
}

void explain_page(struct jsonw *w, const struct selection *s, const struct choice *page)
{
	char day[WHEN_DATE], required[48];

	when_format_date(s->day * WHEN_DAY, day);
	snprintf(required, sizeof(required), "%" PRId64 "/%" PRId64, page->required.num,
		 page->required.den);
	jsonw_key_str(w, page->product ? "product" : "scenario", page->slug);
	jsonw_key_str(w, "as_of", str_of(day));
	jsonw_key_int(w, "limit", page->limit);
	jsonw_key_str(w, "required", str_of(required));
}
