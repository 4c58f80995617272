/* Tables out.  How they come in is import/csvread.c's. */
#include "base/csvw.h"

void csvw_field(struct buf *out, struct str s, char end)
{
	static const bool special[256] = { ['"'] = true, [','] = true, ['\n'] = true,
					   ['\r'] = true };

	if (str_until(s, special) == s.n) {
		buf_addstr(out, s);
		buf_addc(out, end);
		return;
	}
	buf_addc(out, '"');
	while (str_present(s)) {
		buf_addstr(out, str_split(&s, '"'));
		buf_adds(out, str_present(s) ? "\"\"" : "\"");
	}
	buf_addc(out, end);
}
