#ifndef CMD_ANALYZE_H
#define CMD_ANALYZE_H

#include "cmd/command.h"
#include "evidence/analyze.h"

/* What `analyze` does, and `import` at its end, between begin and commit: with the
 * patterns and the roster of run->config, which may be empty.  0, or -1. */
int analyze_archive(struct run *run, bool all, struct analysis_counts *counts);
/* What `check` says of the site's own patterns. */
int audit_patterns(struct run *run);

#endif
