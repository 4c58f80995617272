#ifndef IMPORT_ADF_H
#define IMPORT_ADF_H

#include "base/buf.h"
#include "base/json.h"

#include <stdbool.h>

/*
 * The Atlassian Document Format, in which Jira's cloud gives texts since version 3 of
 * its interface, to HTML; by Atlassian's "Structure of a document".  Nodes that aren't
 * known are unwrapped: their text stays.  Pictures and attachments are named.
 */
bool adf_is(const struct json *v);
void adf_html(const struct json *doc, struct buf *out);

#endif
