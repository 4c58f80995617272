#ifndef PREVIEW_BROWSER_H
#define PREVIEW_BROWSER_H

#include "base/diag.h"

/*
 * Opens the address in the user's browser, by xdg-open or open.  Others on the machine
 * see the words of a command, so the address goes by way of a file that only the user can
 * read; its path, owned, comes back in *file, to be removed in the end, and is NULL on
 * failure, which is a diagnostic.
 */
int browser_open(const char *url, char **file, struct diags *diags);
/* Removes and frees; NULL is fine. */
void browser_forget(char *file);

#endif
