#ifndef CMD_MANUAL_H
#define CMD_MANUAL_H

#include "base/buf.h"

/*
 * The manual by topics, for `candor help TOPIC`.  The program holds its pages, so that
 * it can show them where no manual is installed: there are no other texts of them.
 */

/* The name of each topic, from 0 on; NULL behind the last one. */
const char *manual_topic(size_t i);
/* How many of them, from the first on, are more than a format or a diagnostic. */
size_t manual_subjects(void);
/* Appends what the manual says of the topic, or the page of that name; false when it is
 * neither. */
bool manual_text(struct buf *out, const char *topic);

#endif
