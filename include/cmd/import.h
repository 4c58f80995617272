#ifndef CMD_IMPORT_H
#define CMD_IMPORT_H

#include "cmd/command.h"
#include "import/import.h"

/*
 * What `import` does, for other commands too: reads the operands into run->archive.  how:
 * NULL for the format that their first bytes tell.  The clock of options is set here, and
 * its finish, which looks for evidence, if that is wanted.  0, or -1 with diagnostics and
 * nothing imported.
 */
int import_operands(struct run *run, const struct importer *how, char **operands, size_t n,
		    struct import_options *options, bool analyze,
		    struct import_counts *counts);

#endif
