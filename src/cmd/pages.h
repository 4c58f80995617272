#ifndef CMD_PAGES_H
#define CMD_PAGES_H

#include <stddef.h>

/* Every page of man/, one behind the other, as make found them. */
extern const unsigned char manual_pages[];
extern const size_t manual_pages_n;

#endif
