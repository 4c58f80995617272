/* Instants: what was read can be written, and reads the same. */
#include "target.h"

#include "base/when.h"

static void target(struct str in)
{
	char text[WHEN_RFC3339], date[WHEN_DATE];
	int64_t t, again;

	if (!when_parse_or_epoch(in, &t))
		return;
	invariant(t >= WHEN_MIN && t <= WHEN_MAX);
	when_format(t, text);
	invariant(when_parse(str_of(text), &again) && again == t);
	when_format_date(t, date);
	invariant(when_parse(str_of(date), &again) && again == when_day(t) * WHEN_DAY);
	invariant(strncmp(date, text, WHEN_DATE - 1) == 0);
}
