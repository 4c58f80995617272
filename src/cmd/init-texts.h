#ifndef CMD_INIT_TEXTS_H
#define CMD_INIT_TEXTS_H

#include <stddef.h>

/* The files of src/cmd/init-*, byte for byte: the Makefile makes sources of them. */
extern const unsigned char init_candor[], init_rules[], init_people[], init_example[];
extern const size_t init_candor_n, init_rules_n, init_people_n, init_example_n;

#endif
