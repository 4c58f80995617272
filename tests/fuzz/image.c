/*
 * An image file of a stranger's: what is let through is an image again, of the
 * same kind and size, no larger but for the word that turns it, and cleaning it
 * once more changes nothing.
 */
#include "target.h"

#include "render/image.h"

enum { EXIF_BYTES = 36 };

static void target(struct str in)
{
	struct buf out = BUF_INIT, again = BUF_INIT;
	struct image image, same;

	if (!image_clean(in, &out, &image)) {
		invariant(image.width > 0 && image.width <= IMAGE_SIDE_MAX);
		invariant(image.height > 0 && image.height <= IMAGE_SIDE_MAX);
		invariant(out.n <= in.n + EXIF_BYTES);
		invariant(!image_clean(buf_str(&out), &again, &same));
		invariant(str_eq(buf_str(&out), buf_str(&again)));
		invariant(!strcmp(image.suffix, same.suffix));
		invariant(image.width == same.width && image.height == same.height);
	}
	buf_release(&out);
	buf_release(&again);
}
