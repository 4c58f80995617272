/*
 * Bytes that change on the disk are never taken for content: of some hundred
 * damaged copies of an archive (bits, bytes, pages, lengths, every field of the
 * file's header), each is refused with a diagnostic that names the file, or
 * what can be read of it is what was stored; and what `check` finds sound is
 * the same in every row.  Writers meet the same files and come to an end.
 */
#include "archive-fixture.h"

#include "random.h"

enum { PAGE = 512, FLIPS = 600 };

/* --- The sound archive --- */

static const char *const longer =
	"Every kettle of ours has a lid, and every lid has a seal. When the seal is "
	"older than two years the lid leaks, and so does this one. ";

static void put_some(struct archive *a, struct arena *arena, const struct venue *venue,
		     int n)
{
	struct thread *t = a_thread(arena, venue, n);
	struct label *label = arena_new(arena, struct label);
	struct buf body = BUF_INIT;

	*label = (struct label){ .name = n % 3 ? STR("solved") : STR("wrong"),
				 .post = t->posts[1].id, .by = STR("kim"),
				 .quote = STR("We were wrong"), .at = 1700000300 + n };
	t->labels = label;
	t->labels_n = 1;
	t->views = n * 100;
	t->hidden = n % 5 == 0;
	t->posts[0].hidden = n % 4 == 0;
	t->posts[0].score = n;
	/* longer than a page */
	for (int i = 0; i < n; i++)
		buf_adds(&body, longer);
	t->posts[1].body = arena_str(arena, buf_str(&body));
	buf_release(&body);
	assert_int_equal(put(a, t, true), ARCHIVE_NEW);
}

/* Small pages, and full ones: trees have inner pages, bodies overflow, and few
 * bytes mean nothing. */
static struct buf sound_archive(void)
{
	struct archive *a = open_ok("sound.db", ARCHIVE_CREATE);
	struct arena arena = ARENA_INIT;
	struct venue venue;

	begin(a);
	put_basics(a, &venue);
	for (int n = 1; n <= 12; n++)
		put_some(a, &arena, &venue, n);
	commit(a);
	archive_close(a);
	arena_release(&arena);
	shell("sound.db", "PRAGMA page_size = 512; VACUUM; ANALYZE");
	return read_file("sound.db");
}

/* --- What can be read --- */

/* Every fact, hashed in the order in which it comes. */
static int add_facts(void *ctx, const struct post_facts *p)
{
	buf_addf(ctx, "post %lld %lld %lld %lld %.*s %d %d %d\n", (long long)p->thread,
		 (long long)p->author, (long long)p->created, (long long)p->score,
		 STR_ARG(p->id), p->gone, p->hidden, (int)p->ground);
	return 0;
}

static int add_label(void *ctx, int64_t thread, const struct label *l)
{
	buf_addf(ctx, "label %lld %.*s %.*s %.*s %lld\n", (long long)thread,
		 STR_ARG(l->name), STR_ARG(l->post), STR_ARG(l->by), (long long)l->at);
	return 0;
}

static int add_link(void *ctx, int64_t thread, int64_t product)
{
	buf_addf(ctx, "link %lld %lld\n", (long long)thread, (long long)product);
	return 0;
}

static int add_tag(void *ctx, int64_t thread, struct str tag)
{
	buf_addf(ctx, "tag %lld %.*s\n", (long long)thread, STR_ARG(tag));
	return 0;
}

static int add_author(void *ctx, const struct author *author)
{
	buf_addf(ctx, "author %lld %.*s %.*s %d\n", (long long)author->row,
		 STR_ARG(author->id), STR_ARG(author->name), author->staff);
	return 0;
}

/* All that the choice asks, and every line; -1 when something can't be read. */
static int read_everything(struct archive *a, struct buf *out, struct diags *d)
{
	if (archive_each_author(a, add_author, out, d) < 0 ||
	    archive_each_post(a, add_facts, out, d) < 0 ||
	    archive_each_label(a, add_label, out, d) < 0 ||
	    archive_each_link(a, add_link, out, d) < 0 ||
	    archive_each_tag(a, add_tag, out, d) < 0)
		return -1;
	return all_lines(a, false, out, d);
}

/* The lines of those threads that can be read, one by one. */
static int read_threads(struct archive *a, struct buf *out, struct diags *d)
{
	struct arena arena = ARENA_INIT;
	struct venue *venues;
	size_t venues_n;
	int read = 0;

	if (archive_venues(a, &arena, &venues, &venues_n, d) < 0)
		goto out;
	for (int64_t row = 1; row <= 12; row++) {
		struct thread t;

		if (archive_thread(a, row, venues, venues_n, &arena, &t, d) < 0)
			continue;
		jsonl_thread(out, &t, false);
		buf_addc(out, '\n');
		read++;
	}
out:
	arena_release(&arena);
	return read;
}

/* --- Damaged copies --- */

struct sound {
	struct buf bytes, everything, threads;
};

struct outcome {
	int refused, unsound, partly, harmless;
};

static void said(struct diags *d, int status)
{
	assert_int_equal(status != 0, d->n > 0);
	for (size_t i = 0; i < d->n; i++)
		assert_string_equal(d->items[i].path, "bad.db");
	diags_release(d);
}

/* Each line that could be read of `lines` is one of the sound ones. */
static bool all_known(const struct buf *lines, const struct buf *sound)
{
	struct str rest = buf_str(lines);

	while (rest.n) {
		struct str line = str_split(&rest, '\n');

		if (str_find(buf_str(sound), line) == sound->n)
			return false;
	}
	return true;
}

static void write_into(const char *path)
{
	struct arena arena = ARENA_INIT;
	struct archive_put how = { .complete = true, .where = place_file(path) };
	struct venue venue = a_venue;
	struct diags d = DIAGS_INIT;
	enum archive_change change;
	struct archive *a;
	int status = archive_open(&a, path, ARCHIVE_WRITE, &d);

	if (!status)
		status = archive_begin(a, &d);
	if (!status)
		status = archive_put_venue(a, &venue, &change, &d);
	for (int n = 3; !status && n < 15; n += 5)
		status = archive_put_thread(a, a_thread(&arena, &venue, n), &how, &change, &d);
	if (!status)
		status = archive_commit(a, &d);
	archive_close(a);
	arena_release(&arena);
	said(&d, status);
}

static void try_damaged(const struct sound *sound, const char *bytes, size_t n,
			const char *what, struct outcome *count)
{
	struct buf everything = BUF_INIT, threads = BUF_INIT;
	struct diags d = DIAGS_INIT;
	struct archive *a;
	int status, checked, read = 0;

	write_file("bad.db", bytes, n);
	status = archive_open(&a, "bad.db", ARCHIVE_READ, &d);
	said(&d, status);
	if (status < 0) {
		count->refused++;
	} else {
		checked = archive_check(a, &d);
		said(&d, checked);
		status = read_everything(a, &everything, &d);
		said(&d, status);
		read = read_threads(a, &threads, &d);
		diags_release(&d);
		if (!all_known(&threads, &sound->threads))
			fail_msg("%s: read as content:\n%s", what, threads.p);
		if (!checked && (status || !str_eq(buf_str(&everything),
						   buf_str(&sound->everything))))
			fail_msg("%s: found sound, but read as:\n%s", what, everything.p);
		count->unsound += checked < 0;
		count->partly += checked < 0 && read > 0;
		count->harmless += !checked;
	}
	archive_close(a);
	buf_release(&everything);
	buf_release(&threads);
}

static struct sound make_sound(void)
{
	struct sound s = { sound_archive(), BUF_INIT, BUF_INIT };
	struct diags d = DIAGS_INIT;
	struct archive *a = open_ok("sound.db", ARCHIVE_READ);

	assert_int_equal(archive_check(a, &d), 0);
	assert_int_equal(read_everything(a, &s.everything, &d), 0);
	assert_int_equal(read_threads(a, &s.threads, &d), 12);
	archive_close(a);
	return s;
}

static void sound_release(struct sound *s)
{
	buf_release(&s->bytes);
	buf_release(&s->everything);
	buf_release(&s->threads);
}

static void flip(struct buf *b, struct random *r, struct buf *what)
{
	size_t at = random_below(r, (uint32_t)b->n);

	b->p[at] ^= (char)(1 << random_below(r, 8));
	buf_addf(what, "bit at %zu", at);
}

static void store(struct buf *b, struct random *r, struct buf *what)
{
	static const char values[] = { 0, 1, 0x7f, (char)0x80, (char)0xff };
	size_t at = random_below(r, (uint32_t)b->n);
	char value = values[random_below(r, sizeof(values))];

	b->p[at] = value;
	buf_addf(what, "byte at %zu to %d", at, value);
}

/* Page numbers, sizes and lengths stand at the head of pages. */
static void store_head(struct buf *b, struct random *r, struct buf *what)
{
	size_t pages = b->n / PAGE, page = random_below(r, (uint32_t)pages);
	size_t at = page * PAGE + random_below(r, 40);

	b->p[at] = (char)random_below(r, (uint32_t)pages);
	buf_addf(what, "byte %zu of page %zu", at % PAGE, page + 1);
}

static void swap_pages(struct buf *b, struct random *r, struct buf *what)
{
	uint32_t pages = (uint32_t)(b->n / PAGE);
	size_t x = 1 + random_below(r, pages - 1), y = 1 + random_below(r, pages - 1);
	char page[PAGE];

	memcpy(page, b->p + x * PAGE, PAGE);
	memcpy(b->p + x * PAGE, b->p + y * PAGE, PAGE);
	memcpy(b->p + y * PAGE, page, PAGE);
	buf_addf(what, "pages %zu and %zu swapped", x + 1, y + 1);
}

/* Two parents of one page; a page that is its own child. */
static void copy_page(struct buf *b, struct random *r, struct buf *what)
{
	uint32_t pages = (uint32_t)(b->n / PAGE);
	size_t x = 1 + random_below(r, pages - 1), y = 1 + random_below(r, pages - 1);

	memmove(b->p + x * PAGE, b->p + y * PAGE, PAGE);
	buf_addf(what, "page %zu copied to %zu", y + 1, x + 1);
}

static void zero_page(struct buf *b, struct random *r, struct buf *what)
{
	size_t page = random_below(r, (uint32_t)(b->n / PAGE));

	memset(b->p + page * PAGE, 0, PAGE);
	buf_addf(what, "page %zu zeroed", page + 1);
}

static void cut(struct buf *b, struct random *r, struct buf *what)
{
	buf_cut(b, random_below(r, (uint32_t)b->n));
	buf_addf(what, "cut to %zu", b->n);
}

static void flipped(void **state)
{
	static void (*const kinds[])(struct buf *, struct random *, struct buf *) = {
		flip, flip, flip, flip, store, store_head, store_head, swap_pages, copy_page,
		zero_page, cut,
	};
	struct outcome count = { 0 };
	struct random r = { 20261122 };
	struct sound sound;

	(void)state;
	sound = make_sound();
	for (size_t i = 0; i < FLIPS; i++) {
		struct buf copy = BUF_INIT, what = BUF_INIT;

		buf_addstr(&copy, buf_str(&sound.bytes));
		kinds[i % ARRAY_LEN(kinds)](&copy, &r, &what);
		try_damaged(&sound, copy.p, copy.n, what.p, &count);
		/* fsync() takes its time */
		if (i % 3 == 0)
			write_into("bad.db");
		buf_release(&copy);
		buf_release(&what);
	}
	print_message("%d refused, %d unsound, %d of them readable in part, %d harmless\n",
		count.refused, count.unsound, count.partly, count.harmless);
	assert_true(count.refused + count.unsound > FLIPS / 2 && count.partly > FLIPS / 10);
	sound_release(&sound);
}

/* What a page shows, byte by byte: whichever bit changes, `check` finds it, and
 * nobody takes it for content. */
static void words(void **state)
{
	static const char *const shown[] = {
		"The forum", "https://forum.example/", "CC BY-SA 4.0", "Kettle 2",
		"https://shop.example/kettle-2", "A lid that leaks", "Dana",
		"https://carl.example/", "https://forum.example/p", "CC BY 4.0",
		"The *lid* leaks.", "We were wrong", "kim", "boil",
	};
	struct outcome count = { 0 };
	struct sound sound;

	(void)state;
	sound = make_sound();
	for (size_t i = 0; i < ARRAY_LEN(shown); i++) {
		char *at = memmem(sound.bytes.p, sound.bytes.n, shown[i], strlen(shown[i]));

		assert_non_null(at);
		for (size_t n = 0; n < strlen(shown[i]); n++) {
			at[n] ^= (char)(1 << n % 7);
			try_damaged(&sound, sound.bytes.p, sound.bytes.n, shown[i], &count);
			at[n] ^= (char)(1 << n % 7);
		}
	}
	assert_int_equal(count.harmless, 0);
	sound_release(&sound);
}

/* "The Database Header", fileformat2.html: each field at its bounds. */
static void header_fields(void **state)
{
	static const struct {
		const char *name;
		size_t at, n;
	} fields[] = {
		{ "magic", 0, 1 }, { "page size", 16, 2 }, { "write version", 18, 1 },
		{ "read version", 19, 1 }, { "reserved bytes", 20, 1 },
		{ "maximum fraction", 21, 1 }, { "minimum fraction", 22, 1 },
		{ "leaf fraction", 23, 1 }, { "change counter", 24, 4 }, { "pages", 28, 4 },
		{ "first free page", 32, 4 }, { "free pages", 36, 4 },
		{ "schema cookie", 40, 4 }, { "schema format", 44, 4 },
		{ "cache size", 48, 4 }, { "largest root page", 52, 4 },
		{ "text encoding", 56, 4 }, { "user version", 60, 4 },
		{ "incremental vacuum", 64, 4 }, { "application id", 68, 4 },
		{ "reserved", 72, 4 }, { "version valid for", 92, 4 },
		{ "library version", 96, 4 }, { "first tree", 100, 1 },
		{ "first free block", 101, 2 }, { "cells", 103, 2 },
		{ "content", 105, 2 }, { "fragments", 107, 1 }, { "right child", 108, 4 },
	};
	static const unsigned char values[] = { 0, 1, 2, 3, 5, 0x20, 0x7f, 0x80, 0xff };
	struct outcome count = { 0 };
	struct sound sound;

	(void)state;
	sound = make_sound();
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		for (size_t v = 0; v < ARRAY_LEN(values); v++) {
			struct buf copy = BUF_INIT;

			buf_addstr(&copy, buf_str(&sound.bytes));
			memset(copy.p + fields[i].at, 0, fields[i].n);
			/* its last byte, and for the bounds all of it */
			if (values[v] == 0x7f || values[v] == 0xff)
				memset(copy.p + fields[i].at, 0xff, fields[i].n);
			copy.p[fields[i].at + (values[v] & 0x80 ? 0 : fields[i].n - 1)] =
				(char)values[v];
			try_damaged(&sound, copy.p, copy.n, fields[i].name, &count);
			if (v == i % ARRAY_LEN(values))
				write_into("bad.db");
			buf_release(&copy);
		}
	assert_true(count.refused > 0 && count.harmless > 0);
	sound_release(&sound);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(flipped),
		IN_FOLDER(words),
		IN_FOLDER(header_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
