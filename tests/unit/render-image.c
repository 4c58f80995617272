/*
 * Proves what is taken for an image, of what size, and what is left of it: made
 * by hand, part by part, so that every length and every part that tells something
 * of its maker is here; and real files of each format, cut at each byte.
 */
#include "check.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "render/image.h"

/* Parts of a PNG: their checksums are the browser's to check. */
#define PNG "\x89PNG\r\n\x1a\n"
#define IHDR(w, h) "\0\0\0\x0d" "IHDR" w h "\x08\x02\0\0\0" "crc!"
#define IDAT "\0\0\0\x01" "IDAT" "x" "crc!"
#define IEND "\0\0\0\0" "IEND" "crc!"
#define P(n) "\0\0" n
/* Of a JPEG of 3 by 2. */
#define SOI "\xff\xd8"
#define SOF "\xff\xc0\0\x08\x08\0\x02\0\x03\x01"
#define SOS "\xff\xda\0\x03\x01" "ab\xff\0" "c\xff\xd0" "d"
#define EOI "\xff\xd9"
#define EXIF(order, directory) "\xff\xe1\0\x22" "Exif\0\0" order directory
#define TURN(n) EXIF("MM\0*\0\0\0\x08", \
		     "\0\x01" "\x01\x12\0\x03\0\0\0\x01\0" n "\0\0" "\0\0\0\0")
/* Of a GIF of 3 by 2, its colour table of two. */
#define GIF "GIF89a\x03\0\x02\0\x80\0\0" "abcdef"
#define DRAWN ",\0\0\0\0\x03\0\x02\0\0\x02" "\x02xy\x01z\0"
/* Of a WebP; the first sized by hand. */
#define VP8(wh) "VP8 \x0a\0\0\0" "abc\x9d\x01\x2a" wh
#define VP8X(flags) "VP8X\x0a\0\0\0" flags "\0\0\0" "\x02\0\0" "\x01\0\0"
#define VP8L(bits) "VP8L\x05\0\0\0" "\x2f" bits "\0"

struct sample {
	struct str in, out;
	const char *suffix;
	uint32_t width, height;
};

static void check_samples(const struct sample *samples, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct buf out = BUF_INIT;
		struct image image;
		const char *why = image_clean(samples[i].in, &out, &image);

		if (why)
			fail_msg("sample %zu: %s", i, why);
		assert_string_equal(image.suffix, samples[i].suffix);
		assert_int_equal(image.width, samples[i].width);
		assert_int_equal(image.height, samples[i].height);
		assert_int_equal(out.n, samples[i].out.n);
		assert_memory_equal(out.p, samples[i].out.p, out.n);
		buf_release(&out);
	}
}

static void test_png(void **state)
{
	static const struct sample samples[] = {
		{ STR(PNG IHDR(P("\0\x03"), P("\0\x02")) IDAT IEND),
		  STR(PNG IHDR(P("\0\x03"), P("\0\x02")) IDAT IEND), "png", 3, 2 },
		{ STR(PNG IHDR(P("\x40\0"), P("\x10\0")) "\0\0\0\x02" "tEXtab" "crc!"
		      "\0\0\0\x01" "gAMAa" "crc!" "\0\0\0\0" "eXIfcrc!" IDAT
		      "\0\0\0\0" "tIMEcrc!" IDAT IEND "<script>"),
		  STR(PNG IHDR(P("\x40\0"), P("\x10\0")) "\0\0\0\x01" "gAMAa" "crc!"
		      IDAT IDAT IEND), "png", 16384, 4096 },
	};

	(void)state;
	check_samples(samples, ARRAY_LEN(samples));
}

static void test_jpeg(void **state)
{
	static const struct sample samples[] = {
		{ STR(SOI SOF SOS EOI), STR(SOI SOF SOS EOI), "jpg", 3, 2 },
		{ STR(SOI "\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0"
		      "\xff\xe0\0\x11JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01t"
		      "\xff\xe1\0\x03x" "\xff\xe2\0\x06MPF\0"
		      "\xff\xe2\0\x0eICC_PROFILE\0" "\xff\xed\0\x02" "\xff\xee\0\x07" "Adobe"
		      "\xff\xfe\0\x04hi" "\xff\xff" SOF "\xff\xc4\0\x02" SOS
		      "\xff\xc4\0\x02" SOS EOI "behind"),
		  STR(SOI "\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0"
		      "\xff\xe2\0\x0eICC_PROFILE\0" "\xff\xee\0\x07" "Adobe" SOF
		      "\xff\xc4\0\x02" SOS "\xff\xc4\0\x02" SOS EOI), "jpg", 3, 2 },
		/* Turned by a quarter: width and height as it will be shown. */
		{ STR(SOI TURN("\x06") SOF SOS EOI), STR(SOI TURN("\x06") SOF SOS EOI),
		  "jpg", 2, 3 },
		{ STR(SOI TURN("\x06") TURN("\x03") SOF SOS EOI),
		  STR(SOI TURN("\x06") SOF SOS EOI), "jpg", 2, 3 },
		{ STR(SOI TURN("\x03") SOF SOS EOI), STR(SOI TURN("\x03") SOF SOS EOI),
		  "jpg", 3, 2 },
		{ STR(SOI TURN("\x01") SOF SOS EOI), STR(SOI SOF SOS EOI), "jpg", 3, 2 },
		{ STR(SOI TURN("\x09") SOF SOS EOI), STR(SOI SOF SOS EOI), "jpg", 3, 2 },
		{ STR(SOI EXIF("II*\0\x08\0\0\0", "\x01\0" "\x12\x01\x03\0\x01\0\0\0\x08\0\0\0"
				"SPOT") SOF SOS EOI),
		  STR(SOI TURN("\x08") SOF SOS EOI), "jpg", 2, 3 },
		/* Behind its end, another order, a directory that isn't there. */
		{ STR(SOI EXIF("II*\0\xff\xff\xff\xff", "\x01\0" "\x12\x01\x03\0\x01\0\0\0\x08\0\0\0"
				"SPOT") SOF SOS EOI),
		  STR(SOI SOF SOS EOI), "jpg", 3, 2 },
		{ STR(SOI EXIF("XX\0*\0\0\0\x08", "\0\x01" "\x01\x12\0\x03\0\0\0\x01\0\x08\0\0"
				"SPOT") SOF SOS EOI),
		  STR(SOI SOF SOS EOI), "jpg", 3, 2 },
	};

	(void)state;
	check_samples(samples, ARRAY_LEN(samples));
}

static void test_gif(void **state)
{
	static const struct sample samples[] = {
		{ STR(GIF DRAWN ";"), STR(GIF DRAWN ";"), "gif", 3, 2 },
		{ STR("GIF87a\x03\0\x02\0\0\0\0" DRAWN ";"),
		  STR("GIF87a\x03\0\x02\0\0\0\0" DRAWN ";"), "gif", 3, 2 },
		{ STR(GIF "!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0" "!\xfe\x02hi\0"
		      "!\xff\x0bXMP DataXMP\x01x\0" "!\x01\x01x\0"
		      "!\xff\x0bNETSCAPE2.0\x03\x01\0\0\x04home\0"
		      "!\xf9\x04\0\0\0\0\0" DRAWN "!\xf9\x04\0\0\0\0\x01x\0" DRAWN ";hi"),
		  STR(GIF "!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0" "!\xf9\x04\0\0\0\0\0" DRAWN
		      DRAWN ";"), "gif", 3, 2 },
	};

	(void)state;
	check_samples(samples, ARRAY_LEN(samples));
}

static void test_webp(void **state)
{
	static const struct sample samples[] = {
		{ STR("RIFF\x16\0\0\0WEBP" VP8("\x03\x40\x02\xc0")),
		  STR("RIFF\x16\0\0\0WEBP" VP8("\x03\x40\x02\xc0")), "webp", 3, 2 },
		{ STR("RIFF\x12\0\0\0WEBP" VP8L("\x02\x40\0\x10")),
		  STR("RIFF\x12\0\0\0WEBP" VP8L("\x02\x40\0\x10")), "webp", 3, 2 },
		{ STR("RIFF\x3a\0\0\0WEBP" VP8X("\xff") "EXIF\x01\0\0\0x\0"
		      VP8("\x09\0\x09\0") "XMP \0\0\0\0" "behind"),
		  STR("RIFF\x28\0\0\0WEBP" VP8X("\xf3") VP8("\x09\0\x09\0")),
		  "webp", 3, 2 },
	};

	(void)state;
	check_samples(samples, ARRAY_LEN(samples));
}

static void test_refused(void **state)
{
	static const struct {
		struct str in;
		const char *why;
	} cases[] = {
		{ STR(""), "no PNG" },
		{ STR("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "no PNG" },
		{ STR("<!doctype html>"), "no PNG" },
		{ STR("RIFF\x04\0\0\0WAVE"), "no PNG" },
		{ STR("\xff\xd8"), "no PNG" },
		{ STR("BM"), "no PNG" },
		{ STR("\0\0\0\x1c" "ftypavif"), "no PNG" },
		{ STR(PNG), "cut short" },
		{ STR(PNG IHDR(P("\0\x03"), P("\0\x02")) IEND), "damaged" },
		{ STR(PNG IDAT IEND), "damaged" },
		{ STR(PNG IHDR(P("\0\0"), P("\0\x02")) IDAT IEND), "damaged" },
		{ STR(PNG IHDR(P("\0\x02"), P("\0\0")) IDAT IEND), "damaged" },
		{ STR(PNG IHDR(P("\0\x02"), P("\0\x02")) IHDR(P("\0\x02"), P("\0\x02"))
		      IDAT IEND), "damaged" },
		{ STR(PNG IHDR(P("\x40\x01"), P("\0\x01")) IDAT IEND), "pixels" },
		{ STR(PNG IHDR(P("\0\x01"), P("\x40\x01")) IDAT IEND), "pixels" },
		{ STR(PNG IHDR(P("\x40\0"), P("\x10\x01")) IDAT IEND), "pixels" },
		{ STR(PNG IHDR(P("\0\x03"), P("\0\x02")) "\xff\xff\xff\xff" "IDAT"),
		  "cut short" },
		{ STR(SOI SOF EOI), "damaged" },
		{ STR(SOI SOS EOI), "damaged" },
		{ STR(SOI "\xff\xe0\0\x01" SOF SOS EOI), "damaged" },
		{ STR(SOI SOF SOS), "cut short" },
		{ STR(SOI SOF SOS "\xff"), "cut short" },
		{ STR(SOI "\xff\xfe\xff\xff"), "cut short" },
		{ STR(GIF ";"), "damaged" },
		{ STR(GIF "x;"), "damaged" },
		{ STR(GIF DRAWN), "cut short" },
		{ STR("GIF89a\0\0\x02\0\0\0\0" DRAWN ";"), "damaged" },
		{ STR("RIFF\x04\0\0\0WEBP"), "damaged" },
		{ STR("RIFF\0\0\0\0WEBP"), "damaged" },
		{ STR("RIFF\x16\0\0\0WEBP" VP8X("\0")), "damaged" },
		{ STR("RIFF\x17\0\0\0WEBP" VP8("\x03\0\x02\0")), "cut short" },
		{ STR("RIFF\x16\0\0\0WEBPVP8 \x0c\0\0\0" "abc\x9d\x01\x2a\x01\0\x01\0"),
		  "cut short" },
		{ STR("RIFF\x0c\0\0\0WEBPVP8 \xff\xff\xff\xff"), "cut short" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out = BUF_INIT;
		struct image image;
		const char *why = image_clean(cases[i].in, &out, &image);

		if (!why || !strstr(why, cases[i].why))
			fail_msg("case %zu: %s, not %s", i, why ? why : "good", cases[i].why);
		buf_release(&out);
	}
}

/* Files that browsers show: less is no image, and what their makers told is gone. */
static void test_files(void **state)
{
	static const struct {
		const char *path;
		uint32_t width, height;
	} files[] = {
		{ "tests/fuzz/corpus/image/told.png", 6, 4 },
		{ "tests/fuzz/corpus/image/turned.jpg", 16, 24 },
		{ "tests/fuzz/corpus/image/turned-be.jpg", 16, 24 },
		{ "tests/fuzz/corpus/image/moving.gif", 2, 1 },
		{ "tests/fuzz/corpus/image/lossy.webp", 24, 16 },
		{ "tests/fuzz/corpus/image/told.webp", 24, 16 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct diags diags = DIAGS_INIT;
		struct buf file = BUF_INIT, out = BUF_INIT;
		struct image image;

		assert_int_equal(fsys_read(files[i].path, 10000, &file, &diags), 0);
		assert_null(image_clean(buf_str(&file), &out, &image));
		assert_int_equal(image.width, files[i].width);
		assert_int_equal(image.height, files[i].height);
		assert_int_equal(str_find(buf_str(&out), STR("SECRET")), out.n);
		for (size_t n = 0; n < out.n; n++) {
			struct buf cut = BUF_INIT;

			assert_non_null(image_clean(str_slice(buf_str(&out), 0, n), &cut, &image));
			buf_release(&cut);
		}
		buf_release(&file);
		buf_release(&out);
		diags_release(&diags);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_png),
		cmocka_unit_test(test_jpeg),
		cmocka_unit_test(test_gif),
		cmocka_unit_test(test_webp),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
