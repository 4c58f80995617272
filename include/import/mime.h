#ifndef IMPORT_MIME_H
#define IMPORT_MIME_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Messages (RFC 5322) and what MIME (RFC 2045 to 2049) packs into them, read by GMime.
 * It is loaded when it is first needed: no other command waits for it and its
 * libraries, and there it doesn't matter that they abort when memory runs out.
 */
struct mime_field {
	struct str name;
	struct str value; /* on one line, valid UTF-8, encoded words as they are */
};

struct mime_text {
	struct str text; /* valid UTF-8 without NUL */
	bool html;
	bool flowed, delsp; /* RFC 3676 */
};

struct mime {
	struct mime_field *fields;
	struct mime_text *texts;  /* what is to be read, in order: of alternatives one, if
				   * possible in plain text */
	struct str *attachments;  /* the names, or types, of everything else */
	size_t fields_n, texts_n, attachments_n;
};

/* Whether mail can be read at all; -1 with a diagnostic that says what to install. */
int mime_ready(struct diags *diags);
/* After mime_ready().  All of it is in the arena.  False when there is no message. */
bool mime_read(struct arena *a, struct str message, struct mime *out);
/* The value of the first field of that name, or absent. */
struct str mime_get(const struct mime *m, const char *name);
/* A value with its encoded words (RFC 2047) decoded: valid UTF-8, in the arena. */
struct str mime_decode(struct arena *a, struct str value);

#endif
