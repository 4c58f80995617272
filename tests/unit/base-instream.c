/*
 * A file comes out as it went in: plain, by way of gzip or zstd, one member after the
 * other, from a pipe in small pieces; what is cut short or broken says so.  The head of
 * standard input is still there for who reads it.
 */
#include "check.h"

#include "base/buf.h"
#include "base/instream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[] = "/tmp/candor-unit-XXXXXX";

static void write_file(const char *name, struct str bytes)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
	assert_int_equal(fclose(f), 0);
}

/* Runs a command line of the shell's. */
static void shell(const char *command)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/* All of it, in reads of n bytes; -1 when a read failed. */
static int read_all(const char *path, size_t n, struct buf *out, struct diags *diags)
{
	struct instream s;
	ssize_t got;

	buf_reset(out);
	if (instream_open(&s, path, diags) < 0)
		return -1;
	while ((got = instream_read(&s, buf_room(out, n), n, diags)) > 0)
		out->n += (size_t)got;
	instream_release(&s);
	return (int)got;
}

#define assert_reads(path, expected) assert_reads_at((path), (expected), __LINE__)
static void assert_reads_at(const char *path, struct str expected, int line)
{
	static const size_t sizes[] = { 1 << 20, 4096, 7 };
	struct diags diags = DIAGS_INIT;
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < 3; i++) {
		if (sizes[i] == 7 && expected.n > 100000)
			continue;
		assert_int_equal(read_all(path, sizes[i], &out, &diags), 0);
		assert_diags(&diags, "");
		if (!str_eq(buf_str(&out), expected))
			_fail(path, line);
	}
	buf_release(&out);
}

/* Half of it compresses. */
static void fill(struct buf *b, size_t n)
{
	uint32_t x = 1;

	for (size_t i = 0; i < n; i++) {
		x = x * 1664525 + 1013904223;
		buf_addc(b, (char)(i & 1 ? x >> 24 : 'a'));
	}
}

static void reads_what_was_written(void **state)
{
	static const size_t sizes[] = { 0, 1, 3, 4, 5, 128 * 1024, 128 * 1024 + 1, 1000000 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct buf b = BUF_INIT;

		fill(&b, sizes[i]);
		write_file("plain", buf_str(&b));
		shell("gzip -nc plain > gz; zstd -qc plain > zst");
		assert_reads("plain", buf_str(&b));
		assert_reads("gz", buf_str(&b));
		assert_reads("zst", buf_str(&b));
		buf_release(&b);
	}
}

static void reads_on_behind_the_first_member(void **state)
{
	(void)state;
	shell("printf one > a; printf two > b; { gzip -c a; gzip -c b; } > ab.gz; "
	      "{ zstd -qc a; zstd -qc b; } > ab.zst");
	assert_reads("ab.gz", STR("onetwo"));
	assert_reads("ab.zst", STR("onetwo"));
}

static void says_what_is_broken(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct buf b = BUF_INIT, out = BUF_INIT;

	(void)state;
	fill(&b, 300000);
	write_file("plain", buf_str(&b));
	shell("gzip -nc plain | head -c 100000 > cut.gz; zstd -qc plain | head -c 100000 > cut.zst");
	assert_int_equal(read_all("cut.gz", 4096, &out, &diags), -1);
	assert_diags(&diags, "cut.gz: error: the gzip data ends early, behind byte 100000 [syntax]\n");
	assert_int_equal(read_all("cut.zst", 4096, &out, &diags), -1);
	assert_diags(&diags, "cut.zst: error: the zstd data ends early, behind byte 100000 [syntax]\n");
	write_file("bad.gz", STR("\x1f\x8b\x08\x00nonsense that is no deflated block"));
	assert_int_equal(read_all("bad.gz", 4096, &out, &diags), -1);
	assert_diags(&diags, "bad.gz: error: the gzip data is broken before byte 16 [syntax]\n");
	assert_int_equal(read_all("nowhere", 4096, &out, &diags), -1);
	assert_diags(&diags, "nowhere: error: cannot open: No such file or directory "
			     "[not-found]\n");
	assert_int_equal(read_all("/", 4096, &out, &diags), -1);
	assert_diags(&diags, "/: error: cannot read: Is a directory [unreadable]\n");
	buf_release(&b);
	buf_release(&out);
}

/* A pipe as standard input, which the program looks at, and then reads. */
static void head_of_stdin_stays(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct buf head = BUF_INIT, out = BUF_INIT;
	int ends[2], kept = dup(STDIN_FILENO);

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	assert_int_equal(write(ends[1], "first second", 12), 12);
	close(ends[0]);
	close(ends[1]);
	assert_int_equal(instream_head("-", &head, &diags), 0);
	assert_str(buf_str(&head), "first second");
	buf_reset(&head);
	assert_int_equal(instream_head("-", &head, &diags), 0);
	assert_str(buf_str(&head), "first second");
	assert_int_equal(read_all("-", 4, &out, &diags), 0);
	assert_str(buf_str(&out), "first second");
	assert_diags(&diags, "");
	assert_string_equal(instream_name("-"), "standard input");
	dup2(kept, STDIN_FILENO);
	close(kept);
	buf_release(&head);
	buf_release(&out);
}

/* Of what is large or broken, too. */
static void heads_are_short(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct buf b = BUF_INIT, head = BUF_INIT;

	(void)state;
	fill(&b, 1000000);
	write_file("plain", buf_str(&b));
	shell("gzip -nc plain > gz; head -c 50000 gz > cut.gz");
	assert_int_equal(instream_head("gz", &head, &diags), 0);
	assert_in_range(head.n, 60000, 200000);
	assert_memory_equal(head.p, b.p, head.n);
	buf_reset(&head);
	assert_int_equal(instream_head("cut.gz", &head, &diags), 0);
	assert_in_range(head.n, 1000, 200000);
	assert_memory_equal(head.p, b.p, head.n);
	assert_diags(&diags, "");
	buf_release(&b);
	buf_release(&head);
}

static int enter(void **state)
{
	(void)state;
	return mkdtemp(dir) && chdir(dir) == 0 ? 0 : -1;
}

static int leave(void **state)
{
	(void)state;
	shell("rm -f plain gz zst a b ab.gz ab.zst cut.gz cut.zst bad.gz");
	return chdir("/") == 0 && rmdir(dir) == 0 ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_was_written),
		cmocka_unit_test(reads_on_behind_the_first_member),
		cmocka_unit_test(says_what_is_broken),
		cmocka_unit_test(head_of_stdin_stays),
		cmocka_unit_test(heads_are_short),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
