#ifndef TEXT_MDLIMITS_H
#define TEXT_MDLIMITS_H

#include "base/str.h"

/* NULL, or what of a Markdown body exceeds a limit (static).  The same on every
 * machine: work is counted, not time. */
const char *markdown_limits(struct str body);

#endif
