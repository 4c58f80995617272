#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include "base/buf.h"

/* Each appends which version of the library the program runs with; that may be another
 * one than it was built with. */
#define LIBRARY(name, title) void library_##name(struct buf *out);
#include "base/library-list.h"
#undef LIBRARY

#endif
