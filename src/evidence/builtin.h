#ifndef EVIDENCE_BUILTIN_H
#define EVIDENCE_BUILTIN_H

#include <stddef.h>

/* patterns.yaml, byte for byte: the Makefile makes a source of it. */
extern const unsigned char builtin_patterns[];
extern const size_t builtin_patterns_n;

#endif
