#ifndef CMD_COMPLETION_H
#define CMD_COMPLETION_H

#include <stddef.h>

/* The scripts, which the program holds: src/cmd/completion.bash and so on. */
extern const unsigned char completion_bash[], completion_zsh[], completion_fish[];
extern const size_t completion_bash_n, completion_zsh_n, completion_fish_n;

#endif
