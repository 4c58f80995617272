#ifndef IMPORT_MAILBODY_H
#define IMPORT_MAILBODY_H

#include "base/buf.h"
#include "import/mime.h"
#include "text/body.h"

/*
 * What is to be read of a message as the body of a post: plain text, its quotations
 * marked (import/mailtext.h), HTML where there is nothing else.  Where there are both,
 * HTML becomes the text that a reader sees of it, less quotations.  Attachments are
 * named at the end: "[attachment: drawing.png]".
 */
enum body_format mailbody_read(const struct mime *message, struct buf *out);

#endif
