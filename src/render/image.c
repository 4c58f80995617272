/* Image files, taken apart and put together without the parts that nobody needs
 * to see them.  Each format is a list of parts with names and lengths; what isn't
 * known to be needed is left out. */
#include "render/image.h"

static const char cut_short[] = "it is cut short";
static const char damaged[] = "it is damaged";

/* n bytes from at as a number, big- or little-endian; bytes that aren't there
 * are 0. */
static uint32_t number(struct str s, size_t at, size_t n, bool big)
{
	uint32_t value = 0;

	for (size_t i = 0; i < n; i++) {
		size_t k = at + (big ? i : n - 1 - i);

		value = value << 8 | (k < s.n ? (unsigned char)s.p[k] : 0);
	}
	return value;
}

static uint32_t big(struct str s, size_t at, size_t n)
{
	return number(s, at, n, true);
}

static uint32_t little(struct str s, size_t at, size_t n)
{
	return number(s, at, n, false);
}

static unsigned char byte(struct str s, size_t at)
{
	return (unsigned char)big(s, at, 1);
}

static struct str take(struct str *in, size_t n)
{
	struct str part = str_slice(*in, 0, n);

	*in = str_slice(*in, n, in->n);
	return part;
}

/* Whether the list of names of four letters has this one. */
static bool listed(const char *list, struct str name)
{
	for (; *list; list += 4)
		if (str_eq(str_make(list, 4), name))
			return true;
	return false;
}

/* --- PNG: chunks of length, name, data, checksum --- */

static const char *clean_png(struct str in, struct buf *out, struct image *image)
{
	static const char needed[] = "IHDRPLTEIDATIENDtRNSgAMAcHRMsRGBiCCPcICPsBITbKGDpHYs"
				     "acTLfcTLfdAT";
	bool drawn = false;

	buf_addstr(out, take(&in, 8));
	for (;;) {
		struct str chunk, name = str_slice(in, 4, 8);

		if (in.n < 12 || big(in, 0, 4) > in.n - 12)
			return cut_short;
		chunk = take(&in, 12 + (size_t)big(in, 0, 4));
		if (str_is(name, "IHDR") != !image->width)
			return damaged;
		if (!image->width) {
			image->width = big(chunk, 8, 4);
			image->height = big(chunk, 12, 4);
		}
		if (listed(needed, name))
			buf_addstr(out, chunk);
		drawn = drawn || str_is(name, "IDAT");
		if (str_is(name, "IEND"))
			return drawn ? NULL : damaged;
	}
}

/* --- JPEG: segments of a marker, a length and data; scans without a length --- */

enum { EXIF_UPRIGHT = 1, EXIF_SIDEWAYS = 5, EXIF_TURNS = 8, EXIF_ORIENTATION = 0x112 };

/* How a photo is to be turned: the tag in the first directory of a TIFF file. */
static unsigned exif_turn(struct str tiff)
{
	bool be = str_starts(tiff, STR("MM\0*"));
	size_t at = number(tiff, 4, 4, be);
	unsigned entries = number(tiff, at, 2, be);

	if (!be && !str_starts(tiff, STR("II*\0")))
		return EXIF_UPRIGHT;
	for (at += 2; entries; entries--, at += 12) {
		unsigned to = number(tiff, at + 8, 2, be);

		if (number(tiff, at, 2, be) == EXIF_ORIENTATION)
			return to && to <= EXIF_TURNS ? to : EXIF_UPRIGHT;
	}
	return EXIF_UPRIGHT;
}

/* An Exif segment with nothing else in it. */
static void add_exif_turn(struct buf *out, unsigned to)
{
	buf_addlit(out, "\xff\xe1\0\x22" "Exif\0\0" "MM\0*\0\0\0\x08" "\0\x01"
			"\x01\x12\0\x03\0\0\0\x01\0");
	buf_addc(out, (char)to);
	buf_addlit(out, "\0\0" "\0\0\0\0");
}

static bool jpeg_needed(unsigned char marker, struct str data)
{
	switch (marker) {
	case 0xe0: /* longer ones hold a thumbnail */
		return str_starts(data, STR("JFIF\0")) && data.n == 14;
	case 0xe2:
		return str_starts(data, STR("ICC_PROFILE\0"));
	case 0xee: /* which colours its components are */
		return str_starts(data, STR("Adobe"));
	default: /* frames, tables, scans */
		return (marker >= 0xc0 && marker <= 0xcf) ||
		       (marker >= 0xda && marker <= 0xdd);
	}
}

static bool jpeg_is_frame(unsigned char marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
	       marker != 0xcc;
}

/* A scan ends at a marker: not at a stuffed 0, a restart or a fill byte. */
static void copy_scan(struct str *in, struct buf *out)
{
	size_t n = 0;

	for (;;) {
		unsigned char next;

		n += str_index(str_slice(*in, n, in->n), '\xff');
		next = byte(*in, n + 1);
		if (n >= in->n || (next && next != 0xff && (next < 0xd0 || next > 0xd7)))
			break;
		n += next == 0xff ? 1 : 2;
	}
	buf_addstr(out, take(in, n));
}

static void turn(struct image *image)
{
	uint32_t width = image->width;

	image->width = image->height;
	image->height = width;
}

/* Passes over an Exif segment but for what it says about turning. */
static void keep_turn(struct str exif, struct buf *out, unsigned *to)
{
	*to = exif_turn(str_slice(exif, 6, exif.n));
	if (*to != EXIF_UPRIGHT)
		add_exif_turn(out, *to);
}

static const char *clean_jpeg(struct str in, struct buf *out, struct image *image)
{
	unsigned to = 0; /* none said yet */
	bool drawn = false;

	buf_addstr(out, take(&in, 2));
	for (;;) {
		unsigned char marker = byte(in, 1);
		struct str segment, data;

		if (in.n >= 2 && byte(in, 0) != 0xff)
			return damaged;
		if (marker == 0xff) {
			take(&in, 1);
			continue;
		}
		if (marker == 0xd9) {
			buf_addstr(out, take(&in, 2));
			if (to >= EXIF_SIDEWAYS)
				turn(image);
			return drawn ? NULL : damaged;
		}
		if (in.n < 4 || (size_t)2 + big(in, 2, 2) > in.n)
			return cut_short;
		segment = take(&in, 2 + (size_t)big(in, 2, 2));
		data = str_slice(segment, 4, segment.n);
		if (jpeg_is_frame(marker) && !image->width) {
			image->height = big(data, 1, 2);
			image->width = big(data, 3, 2);
		}
		if (marker == 0xe1 && str_starts(data, STR("Exif\0\0")) && !to)
			keep_turn(data, out, &to);
		if (jpeg_needed(marker, data))
			buf_addstr(out, segment);
		if (marker == 0xda) {
			drawn = true;
			copy_scan(&in, out);
		}
	}
}

/* --- GIF: blocks, their data in runs of at most 255 bytes --- */

/* The bytes of a colour table. */
static size_t gif_table(unsigned char flags)
{
	return flags & 0x80 ? (size_t)6 << (flags & 7) : 0;
}

/* The length of a block whose runs of data begin at `at`; over in.n: cut short. */
static size_t gif_block(struct str in, size_t at)
{
	while (at < in.n && in.p[at])
		at += 1 + (size_t)byte(in, at);
	return at + 1;
}

static bool gif_needed(struct str block)
{
	static const struct str loops[] = { STR("!\xff\x0bNETSCAPE2.0\x03\x01"),
					    STR("!\xff\x0b" "ANIMEXTS1.0\x03\x01") };

	if (block.p[0] == ',')
		return true;
	if (byte(block, 1) == 0xf9) /* delay and transparency */
		return block.n == 8;
	return block.n == 19 && (str_starts(block, loops[0]) || str_starts(block, loops[1]));
}

static const char *clean_gif(struct str in, struct buf *out, struct image *image)
{
	bool drawn = false;

	image->width = little(in, 6, 2);
	image->height = little(in, 8, 2);
	buf_addstr(out, take(&in, 13 + gif_table(byte(in, 10))));
	for (;;) {
		unsigned char kind = byte(in, 0);
		size_t n = 1;

		if (in.n && kind != ',' && kind != '!' && kind != ';')
			return damaged;
		if (kind == ',')
			n = gif_block(in, 10 + gif_table(byte(in, 9)) + 1);
		else if (kind == '!')
			n = gif_block(in, 2);
		if (n > in.n)
			return cut_short;
		if (kind == ';') {
			buf_addc(out, ';');
			return drawn ? NULL : damaged;
		}
		drawn = drawn || kind == ',';
		if (gif_needed(str_slice(in, 0, n)))
			buf_addstr(out, str_slice(in, 0, n));
		take(&in, n);
	}
}

/* --- WebP: a RIFF file, chunks of name, length and data --- */

enum { WEBP_EXIF = 0x08, WEBP_XMP = 0x04 };

/* What a chunk says of the size; the first that does counts, which is the one of
 * the canvas where there is one. */
static void webp_size(struct str chunk, struct image *image)
{
	uint32_t bits = little(chunk, 9, 4);

	if (image->width)
		return;
	if (str_starts(chunk, STR("VP8X")) && chunk.n >= 18) {
		image->width = little(chunk, 12, 3) + 1;
		image->height = little(chunk, 15, 3) + 1;
	} else if (str_starts(chunk, STR("VP8L")) && byte(chunk, 8) == 0x2f) {
		image->width = (bits & 0x3fff) + 1;
		image->height = (bits >> 14 & 0x3fff) + 1;
	} else if (str_starts(chunk, STR("VP8 ")) &&
		   str_eq(str_slice(chunk, 11, 14), STR("\x9d\x01\x2a"))) {
		image->width = little(chunk, 14, 2) & 0x3fff;
		image->height = little(chunk, 16, 2) & 0x3fff;
	}
}

static void add_webp_chunk(struct buf *out, struct str chunk)
{
	size_t at = out->n;

	buf_addstr(out, chunk);
	if (str_starts(chunk, STR("VP8X")) && chunk.n > 8)
		out->p[at + 8] &= ~(WEBP_EXIF | WEBP_XMP);
}

static const char *clean_webp(struct str in, struct buf *out, struct image *image)
{
	size_t start = out->n, size = little(in, 4, 4);
	bool drawn = false;

	if (size > in.n - 8)
		return cut_short;
	buf_addstr(out, str_slice(in, 0, 12));
	in = str_slice(in, 12, 8 + size);
	while (in.n) {
		struct str chunk;
		size_t n = little(in, 4, 4);

		n += 8 + (n & 1);
		if (n > in.n)
			return cut_short;
		chunk = take(&in, n);
		webp_size(chunk, image);
		if (!listed("VP8XVP8 VP8LALPHANIMANMFICCP", str_slice(chunk, 0, 4)))
			continue;
		add_webp_chunk(out, chunk);
		drawn = drawn || listed("VP8 VP8LANMF", str_slice(chunk, 0, 4));
	}
	size = out->n - start - 8;
	for (int i = 0; i < 4; i++)
		out->p[start + 4 + (size_t)i] = (char)(size >> 8 * i);
	return drawn && image->width ? NULL : damaged;
}

/* --- --- */

static const struct format {
	const char *suffix;
	struct str magic;
	struct str also; /* at byte 8 */
	const char *(*clean)(struct str in, struct buf *out, struct image *image);
} formats[] = {
	{ "png", STR("\x89PNG\r\n\x1a\n"), STR(""), clean_png },
	{ "jpg", STR("\xff\xd8\xff"), STR(""), clean_jpeg },
	{ "gif", STR("GIF87a"), STR(""), clean_gif },
	{ "gif", STR("GIF89a"), STR(""), clean_gif },
	{ "webp", STR("RIFF"), STR("WEBP"), clean_webp },
};

const char *image_clean(struct str file, struct buf *out, struct image *image)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		const struct format *f = &formats[i];
		const char *why;

		if (!str_starts(file, f->magic) ||
		    !str_starts(str_slice(file, 8, file.n), f->also))
			continue;
		*image = (struct image){ .suffix = f->suffix };
		why = f->clean(file, out, image);
		if (why)
			return why;
		if (!image->width || !image->height)
			return damaged;
		if (image->width > IMAGE_SIDE_MAX || image->height > IMAGE_SIDE_MAX ||
		    image->width * image->height > IMAGE_PIXELS_MAX)
			return "it has too many pixels";
		return NULL;
	}
	return "it is no PNG, JPEG, GIF or WebP";
}
