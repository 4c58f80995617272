#ifndef TEXT_MDLIMITS_H
#define TEXT_MDLIMITS_H

#include "base/str.h"

/* NULL, or which limit a Markdown body exceeds (static).  The same on every
 * machine: work is counted, not time. */
const char *markdown_limits(struct str body);

#endif
