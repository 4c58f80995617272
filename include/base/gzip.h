#ifndef BASE_GZIP_H
#define BASE_GZIP_H

#include "base/str.h"

#include <stddef.h>

/*
 * How many bytes travel when a server compresses these with gzip, at the usual
 * level (6).  Where the quickest level gets them to `enough` or less already,
 * that is the answer: four times as fast.  Another zlib may answer a little
 * more or less.
 */
size_t gzip_size(struct str bytes, size_t enough);

#endif
