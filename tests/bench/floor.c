/*
 * The floor of make bench: the least that a plain C program can do for the
 * same files.  Opens an archive, takes the first ten threads of every product,
 * renders each chosen post once with cmark on an arena, and writes a page and
 * a fragment per product and a page per thread.  No templates, no checking, no
 * sanitising, no atomicity.
 *
 *	floor ARCHIVE FOLDER FILES BYTES
 *
 * Writes more files until there are FILES, with BYTES in all: as many as the
 * build that it is measured against.
 */
#include <cmark.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHOWN = 10, ARENA = 64 << 20 };

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

/* --- cmark's memory: one block, forgotten after each post --- */

static char *arena;
static size_t arena_used;

static void *take(size_t n)
{
	size_t *head = (size_t *)(void *)(arena + arena_used);

	arena_used += (n + sizeof(*head) + 15) & ~(size_t)15;
	if (arena_used > ARENA)
		fail("arena");
	*head = n;
	return head + 1;
}

static void *take_zeroed(size_t count, size_t size)
{
	return memset(take(count * size), 0, count * size);
}

static void *take_more(void *old, size_t n)
{
	size_t had = old ? ((size_t *)old)[-1] : 0;
	void *p;

	if (n <= had)
		return old;
	p = take(n);
	return had ? memcpy(p, old, had) : p;
}

static void keep(void *p)
{
	(void)p;
}

static cmark_mem memory = { take_zeroed, take_more, keep };

/* --- growing text --- */

struct text {
	char *p;
	size_t n, cap;
};

static void add(struct text *t, const char *p, size_t n)
{
	if (t->n + n > t->cap) {
		t->cap = (t->n + n) * 2;
		t->p = realloc(t->p, t->cap);
		if (!t->p)
			fail("memory");
	}
	memcpy(t->p + t->n, p, n);
	t->n += n;
}

static void add_post(struct text *t, const char *body, size_t n)
{
	cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &memory);
	cmark_node *root;
	char *html;

	cmark_parser_feed(parser, body, n);
	root = cmark_parser_finish(parser);
	html = cmark_render_html(root, CMARK_OPT_DEFAULT);
	add(t, html, strlen(html));
	arena_used = 0;
}

/* --- files --- */

static int root;
static uint64_t files, bytes;

static void write_file(const char *folder, const char *name, const struct text *t)
{
	char path[256];
	int fd;

	if (mkdirat(root, folder, 0755) < 0 && errno != EEXIST)
		fail(folder);
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = openat(root, path, O_WRONLY | O_CREAT | O_EXCL, 0644);
	if (fd < 0 || (t->n && write(fd, t->p, t->n) != (ssize_t)t->n) || close(fd) < 0)
		fail(path);
	files++;
	bytes += t->n;
}

/* --- the archive --- */

static sqlite3 *db;

static sqlite3_stmt *prepare(const char *sql)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) {
		fprintf(stderr, "%s\n", sqlite3_errmsg(db));
		exit(1);
	}
	return s;
}

/* The posts of a thread, rendered, behind what is in t. */
static void add_thread(sqlite3_stmt *posts, sqlite3_int64 thread, struct text *t)
{
	sqlite3_bind_int64(posts, 1, thread);
	while (sqlite3_step(posts) == SQLITE_ROW)
		add_post(t, (const char *)sqlite3_column_text(posts, 0),
			 (size_t)sqlite3_column_bytes(posts, 0));
	sqlite3_reset(posts);
}

static void write_thread(sqlite3_stmt *posts, sqlite3_int64 thread, struct text *page)
{
	struct text one = { NULL, 0, 0 };
	char folder[64];

	add_thread(posts, thread, &one);
	snprintf(folder, sizeof(folder), "threads/%lld", (long long)thread);
	write_file(folder, "index.html", &one);
	add(page, one.p, one.n);
	free(one.p);
}

static void write_product(sqlite3_int64 product, struct text *page)
{
	char folder[64];

	snprintf(folder, sizeof(folder), "products/%lld", (long long)product);
	write_file(folder, "index.html", page);
	page->n = page->n < 14000 ? page->n : 14000;
	write_file(folder, "fragment.html", page);
	page->n = 0;
}

static void write_site(void)
{
	sqlite3_stmt *links = prepare("SELECT product_id, thread_id FROM thread_product "
				      "ORDER BY product_id, thread_id");
	sqlite3_stmt *posts = prepare("SELECT body FROM post WHERE thread_id = ? "
				      "ORDER BY created, ref");
	struct text page = { NULL, 0, 0 };
	sqlite3_int64 product = 0, n = 0;

	while (sqlite3_step(links) == SQLITE_ROW) {
		sqlite3_int64 next = sqlite3_column_int64(links, 0);

		if (next != product && n)
			write_product(product, &page);
		n = next == product ? n + 1 : 1;
		product = next;
		if (n <= SHOWN)
			write_thread(posts, sqlite3_column_int64(links, 1), &page);
	}
	if (n)
		write_product(product, &page);
	sqlite3_finalize(links);
	sqlite3_finalize(posts);
	free(page.p);
}

/* What the measured build writes beside pages: lists, feeds, ledger. */
static void fill_up(uint64_t want_files, uint64_t want_bytes)
{
	struct text t = { NULL, 0, 0 };
	char name[64];

	while (files < want_files) {
		uint64_t rest = want_bytes > bytes ? want_bytes - bytes : 0;

		t.n = 0;
		while (t.n + 4096 < rest / (want_files - files))
			add(&t, arena, 4096);
		snprintf(name, sizeof(name), "%llu", (unsigned long long)files);
		write_file("more", name, &t);
	}
	free(t.p);
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fputs("usage: floor ARCHIVE FOLDER FILES BYTES\n", stderr);
		return 2;
	}
	arena = malloc(ARENA);
	if (!arena || mkdir(argv[2], 0755) < 0)
		fail(argv[2]);
	root = open(argv[2], O_RDONLY | O_DIRECTORY);
	if (root < 0 || mkdirat(root, "products", 0755) < 0 ||
	    mkdirat(root, "threads", 0755) < 0)
		fail(argv[2]);
	if (sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		fail(argv[1]);
	write_site();
	fill_up(strtoull(argv[3], NULL, 10), strtoull(argv[4], NULL, 10));
	sqlite3_close(db);
	free(arena);
	printf("%llu files, %llu bytes\n", (unsigned long long)files,
	       (unsigned long long)bytes);
	return 0;
}
