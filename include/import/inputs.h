#ifndef IMPORT_INPUTS_H
#define IMPORT_INPUTS_H

#include "base/fsys.h"
#include "import/import.h"

/*
 * The files that operands name, in their order: files; the files below a folder whose
 * name ends as the format's do, by name; what a pattern matches, when there is no file
 * of that name; "-" for standard input, once.  left_out counts the other files in
 * folders.  0, or -1 with diagnostics and nothing to release.
 */
int inputs_expand(const struct importer *how, char **operands, size_t n,
		  struct fsys_names *files, uint64_t *left_out, struct diags *diags);
/*
 * After how failed: the format that the file or the first files of the folder are of
 * beyond doubt, when that is another one; else NULL.
 */
const struct importer *inputs_really(const struct importer *how, const char *operand);

#endif
