#ifndef RENDER_IMAGE_H
#define RENDER_IMAGE_H

#include "base/buf.h"

#include <stdint.h>

/*
 * Image files of strangers: PNG (W3C PNG, third edition), JPEG (ITU-T T.81, with
 * the segments of JFIF, Exif and ICC), GIF (GIF89a) and WebP (RFC 9649).  The bytes
 * say which it is, never a name; SVG, which can run scripts, and whatever else
 * there is are none.  Pixels are not decoded.
 */
enum { IMAGE_SIDE_MAX = 16384, IMAGE_PIXELS_MAX = 1 << 26 };

struct image {
	const char *suffix;     /* "png", "jpg", "gif", "webp"; static */
	uint32_t width, height; /* as shown, so after a photo was turned upright */
};

/*
 * Appends the file to out without what isn't needed to show it: where and with
 * what a photo was taken, thumbnails of what it was cut from, comments, and
 * anything behind its end.  How a JPEG is to be turned stays.  NULL, or why it is
 * refused (static); out is then anything.
 */
const char *image_clean(struct str file, struct buf *out, struct image *image);

#endif
