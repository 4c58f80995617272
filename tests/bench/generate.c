/*
 * Writes the archive of a made-up company for `make bench`: JSON Lines, a
 * candor.yaml and a rules.yaml, the same bytes on every machine.
 *
 *	generate S|M|L FOLDER
 *
 * Post lengths: median 620 bytes, p90 1.7 kB, p99 4.2 kB.
 * Five posts a thread; 8 % of the threads are wrong threads, one or two of
 * every product's twenty, each with a label whose quote stands in the post.
 */
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/when.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const struct size {
	const char *name;
	uint32_t products, threads;
} sizes[] = {
	{ "S", 100, 2000 },
	{ "M", 2000, 40000 },
	{ "L", 20000, 400000 },
};

enum { STAFF = 40, NAMED = 12, SPAN_DAYS = 1000 };
/* 2026-01-01; everything happened in the days before */
#define LAST INT64_C(1767225600)

static const char *const words[] = {
	"the", "a", "it", "and", "to", "of", "is", "that", "in", "on", "with", "for",
	"but", "then", "when", "after", "this", "my", "we", "you", "not", "was", "has",
	"have", "from", "at", "as", "if", "so", "one", "out", "still", "again", "only",
	"before", "about", "every", "more", "little", "side", "back", "water", "lid",
	"handle", "button", "light", "heat", "steam", "filter", "cable", "plug", "base",
	"switch", "valve", "seal", "spring", "screw", "hinge", "spout", "sensor", "timer",
	"display", "menu", "setting", "firmware", "update", "manual", "page", "photo",
	"video", "box", "receipt", "order", "parcel", "label", "shop", "workshop",
	"kitchen", "office", "evening", "morning", "weekend", "winter", "hour", "minute",
	"second", "degree", "litre", "gram", "cup", "coffee", "tea", "milk", "bread",
	"soup", "guest", "family", "neighbour", "colleague", "friend", "child", "desk",
	"cupboard", "shelf", "wall", "floor", "table", "drawer", "corner", "kettle",
	"grinder", "toaster", "lamp", "scale", "pump", "motor", "belt", "brush", "blade",
	"bowl", "tray", "rack", "jug", "opens", "closes", "turns", "clicks", "drips",
	"leaks", "boils", "cools", "blinks", "beeps", "hums", "stops", "starts", "works",
	"fails", "fits", "slips", "sticks", "rattles", "smells", "cleaned", "replaced",
	"tried", "checked", "measured", "ordered", "returned", "unpacked", "assembled",
	"loosened", "tightened", "rinsed", "dried", "noticed", "wondered", "expected",
	"hoped", "found", "read", "asked", "told", "waited", "slowly", "quickly", "often",
	"never", "always", "sometimes", "usually", "almost", "exactly", "roughly",
	"carefully", "completely", "suddenly", "cold", "hot", "warm", "wet", "dry",
	"clean", "dirty", "loud", "quiet", "new", "old", "second-hand", "spare", "left",
	"right", "upper", "lower", "inner", "outer", "small", "large", "thin", "thick",
	"wrong", "odd", "plain", "steel", "glass", "plastic", "rubber", "wooden", "white",
	"black", "half", "twice", "third", "model", "version", "batch", "number",
	"warranty", "support", "answer", "question", "reason", "problem", "result",
	"difference", "pressure", "temperature", "voltage", "current", "resistance",
	"descaling", "limescale", "vinegar", "residue", "condensation", "vibration",
};

static const char *const nouns[] = {
	"Kettle", "Grinder", "Toaster", "Lamp", "Scale", "Press", "Steamer", "Juicer",
	"Heater", "Fan", "Blender", "Roaster",
};

/* What a wrong thread's answer opens with, and the curator quotes. */
static const char *const admissions[] = {
	"That was our mistake: the seal was fitted the wrong way round.",
	"We were wrong about the voltage, and the manual was too.",
	"I told you to wait another week, and I was wrong.",
	"This one is on us: the batch left the workshop untested.",
	"Our update broke the timer. You did nothing wrong.",
	"I misread your first message and sent you the wrong part, my fault.",
	"We should have answered in March. We didn't, and that was our failure.",
	"You were right and I was wrong about the filter.",
};

static const char *const formulas[] = {
	"Sorry for the inconvenience.", "Thank you for your patience.",
	"Please keep your receipt.", "Have you tried the other socket?",
};

static const char *const thanks[] = {
	"Thank you, that fixed it.", "That did it, thanks a lot!",
	"Works again. Thank you for the honest answer.", "Perfect, solved.",
};

/* George Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8, 2003. */
static uint64_t next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static uint32_t below(uint64_t *x, uint32_t n)
{
	return (uint32_t)((next(x) >> 32) * n >> 32);
}

#define PICK(x, array) ((array)[below((x), (uint32_t)ARRAY_LEN(array))])

/* The length of a post, between the quantiles linearly. */
static size_t draw_length(uint64_t *x)
{
	static const struct {
		uint32_t permille, bytes;
	} rows[] = {
		{ 0, 40 }, { 50, 165 }, { 100, 222 }, { 250, 361 }, { 500, 620 },
		{ 750, 1064 }, { 900, 1700 }, { 950, 2330 }, { 990, 4200 },
		{ 999, 7500 }, { 1000, 12000 },
	};
	uint32_t at = below(x, 1000), i = 1;

	while (rows[i].permille <= at)
		i++;
	return rows[i - 1].bytes + below(x, rows[i].bytes - rows[i - 1].bytes);
}

/* Common words, which come first, more often. */
static const char *draw_word(uint64_t *x)
{
	uint32_t n = (uint32_t)ARRAY_LEN(words);
	uint32_t a = below(x, n), b = below(x, n);

	return words[a < b ? a : b];
}

static void add_words(struct buf *b, uint64_t *x, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (i)
			buf_addc(b, ' ');
		buf_adds(b, draw_word(x));
	}
}

static void add_capital(struct buf *b, size_t at)
{
	if (b->p[at] >= 'a' && b->p[at] <= 'z')
		b->p[at] = (char)(b->p[at] - 'a' + 'A');
}

/* A run of words in a sentence, now and then marked up. */
static void add_run(struct buf *b, uint64_t *x)
{
	uint32_t kind = below(x, 40), n = 2 + below(x, 5);
	const char *mark = kind == 0 ? "**" : kind < 3 ? "*" : kind == 3 ? "`" : "";

	if (kind == 4) {
		buf_addc(b, '[');
		add_words(b, x, 2);
		buf_addf(b, "](https://docs.example/%u)", below(x, 1000));
		return;
	}
	buf_adds(b, mark);
	add_words(b, x, n);
	buf_adds(b, mark);
}

static void add_sentence(struct buf *b, uint64_t *x)
{
	size_t start = b->n;
	uint32_t runs = 1 + below(x, 4);

	for (uint32_t i = 0; i < runs; i++) {
		if (i)
			buf_adds(b, below(x, 3) ? " " : ", ");
		add_run(b, x);
	}
	add_capital(b, start);
	buf_addc(b, below(x, 8) ? '.' : '?');
}

static void add_list(struct buf *b, uint64_t *x)
{
	bool ordered = below(x, 2) == 0;
	uint32_t n = 2 + below(x, 4);

	for (uint32_t i = 1; i <= n; i++) {
		if (ordered)
			buf_addf(b, "%u. ", i);
		else
			buf_addlit(b, "- ");
		add_run(b, x);
		buf_addc(b, '\n');
	}
}

static void add_code(struct buf *b, uint64_t *x)
{
	uint32_t n = 1 + below(x, 5);

	buf_addlit(b, "```\n");
	for (uint32_t i = 0; i < n; i++)
		buf_addf(b, "%s_%s = %u; // <%s>\n", draw_word(x), draw_word(x),
			 below(x, 5000), draw_word(x));
	buf_addlit(b, "```\n");
}

static void add_block(struct buf *b, uint64_t *x)
{
	uint32_t kind = below(x, 16), n = 2 + below(x, 4);

	if (kind == 0) {
		add_list(b, x);
		return;
	}
	if (kind == 1) {
		add_code(b, x);
		return;
	}
	if (kind == 2)
		buf_addlit(b, "> ");
	for (uint32_t i = 0; i < n; i++) {
		if (i)
			buf_addc(b, ' ');
		add_sentence(b, x);
	}
	buf_addc(b, '\n');
}

/* A body of about the drawn length that opens with `first`, if any. */
static void make_body(struct buf *b, uint64_t *x, const char *first)
{
	size_t length = draw_length(x);

	buf_reset(b);
	if (first)
		buf_addf(b, "%s\n", first);
	while (b->n + 80 < length || !b->n) {
		if (b->n)
			buf_addc(b, '\n');
		if (length - b->n < 240)
			add_sentence(b, x);
		else
			add_block(b, x);
		if (b->p[b->n - 1] != '\n')
			buf_addc(b, '\n');
	}
	buf_cut(b, b->n - 1);
}

struct bench {
	const struct size *size;
	uint64_t random;
	FILE *out;
	struct buf line, body;
};

static void write_line(struct bench *g)
{
	buf_addc(&g->line, '\n');
	if (fwrite(g->line.p, 1, g->line.n, g->out) != g->line.n)
		die("cannot write the archive");
	buf_reset(&g->line);
}

static void key_time(struct jsonw *w, const char *key, int64_t t)
{
	char text[WHEN_RFC3339];

	when_format(t, text);
	jsonw_key_str(w, key, str_of(text));
}

static void key_printf(struct jsonw *w, const char *key, const char *fmt, uint32_t n)
	__attribute__((format(printf, 3, 0)));
static void key_printf(struct jsonw *w, const char *key, const char *fmt, uint32_t n)
{
	char text[128];

	snprintf(text, sizeof(text), fmt, n);
	jsonw_key_str(w, key, str_of(text));
}

static void write_venue(struct bench *g, const char *slug, const char *name,
			const char *licence)
{
	struct jsonw w;

	jsonw_init(&w, &g->line);
	jsonw_object(&w);
	jsonw_key_str(&w, "type", STR("venue"));
	jsonw_key_str(&w, "slug", str_of(slug));
	jsonw_key_str(&w, "name", str_of(name));
	jsonw_key_str(&w, "url", licence ? STR("https://qa.example/")
					 : STR("https://forum.acme.example/"));
	jsonw_key_str(&w, "licence", str_of(licence));
	if (!licence)
		jsonw_key_bool(&w, "own", true);
	jsonw_object_end(&w);
	write_line(g);
}

static void write_product(struct bench *g, uint32_t i)
{
	struct jsonw w;
	char name[64];

	snprintf(name, sizeof(name), "%s %u", nouns[i % ARRAY_LEN(nouns)], i);
	jsonw_init(&w, &g->line);
	jsonw_object(&w);
	jsonw_key_str(&w, "type", STR("product"));
	key_printf(&w, "slug", "p%05u", i);
	jsonw_key_str(&w, "name", str_of(name));
	key_printf(&w, "url", "https://shop.acme.example/p%05u", i);
	jsonw_object_end(&w);
	write_line(g);
}

static void write_author(struct jsonw *w, bool staff, uint32_t n)
{
	jsonw_key(w, "author");
	jsonw_object(w);
	key_printf(w, "id", staff ? "s%u" : "u%u", n);
	key_printf(w, "name", staff ? "Helper %u of Acme" : "customer%u", n);
	if (staff)
		jsonw_key_bool(w, "staff", true);
	jsonw_object_end(w);
}

/* What the posts of a thread share. */
struct plot {
	uint32_t number, posts, customer, staff;
	int64_t created;
	bool wrong, thanked;
	const char *admission;
};

/* The second post answers, the last may thank, the others talk. */
static void write_post(struct bench *g, struct jsonw *w, const struct plot *t, uint32_t i)
{
	uint64_t *x = &g->random;
	bool staff = i == 1 || (i > 1 && i % 3 == 0);
	bool last = i + 1 == t->posts && i > 1;
	const char *first = NULL;

	if (i == 1)
		first = t->wrong ? t->admission : below(x, 4) ? NULL : PICK(x, formulas);
	else if (last && t->thanked && !staff)
		first = PICK(x, thanks);
	make_body(&g->body, x, first);
	jsonw_object(w);
	key_printf(w, "id", "%u", t->number * 20 + i);
	if (i)
		key_printf(w, "parent", "%u", t->number * 20);
	if (staff)
		write_author(w, true, t->staff);
	else
		write_author(w, false, i < 2 || last ? t->customer
						     : below(x, g->size->threads));
	key_time(w, "created", t->created + i * 40000 + below(x, 36000));
	jsonw_key_str(w, "format", STR("markdown"));
	jsonw_key_str(w, "body", buf_str(&g->body));
	if (!below(x, 3))
		jsonw_key_int(w, "score", below(x, 12));
	jsonw_object_end(w);
}

static void write_label(struct jsonw *w, const struct plot *t)
{
	jsonw_key(w, "labels");
	jsonw_list(w);
	jsonw_object(w);
	jsonw_key_str(w, "name", STR("wrong"));
	key_printf(w, "post", "%u", t->number * 20 + 1);
	jsonw_key_str(w, "quote", str_of(t->admission));
	jsonw_key_str(w, "by", STR("curator"));
	key_time(w, "at", LAST);
	jsonw_object_end(w);
	jsonw_list_end(w);
}

/* Thread j of a product; each product has as many. */
static struct plot make_plot(struct bench *g, uint32_t product, uint32_t j)
{
	static const unsigned char posts[] = { 2, 2, 3, 3, 4, 4, 5, 6, 8, 13 };
	uint64_t *x = &g->random;
	struct plot t = {
		.number = j * g->size->products + product,
		.posts = PICK(x, posts),
		.customer = below(x, g->size->threads),
		.staff = below(x, STAFF),
		.created = LAST - INT64_C(86400) * (14 + below(x, SPAN_DAYS)) -
			   below(x, 86400),
		/* 1.6 of 20 */
		.wrong = j % 20 == 3 || (j % 20 == 11 && product % 5 < 3),
		.thanked = below(x, 5) < 2,
		.admission = PICK(x, admissions),
	};

	return t;
}

static void write_thread(struct bench *g, uint32_t product, uint32_t j)
{
	struct plot t = make_plot(g, product, j);
	bool own = t.number % 3 != 0;
	struct jsonw w;

	jsonw_init(&w, &g->line);
	jsonw_object(&w);
	jsonw_key_str(&w, "type", STR("thread"));
	jsonw_key_str(&w, "venue", own ? STR("forum") : STR("qa"));
	key_printf(&w, "id", "%u", t.number);
	key_printf(&w, "url", own ? "https://forum.acme.example/t/%u"
				  : "https://qa.example/q/%u", t.number);
	buf_reset(&g->body);
	add_words(&g->body, &g->random, 4 + below(&g->random, 6));
	add_capital(&g->body, 0);
	jsonw_key_str(&w, "title", buf_str(&g->body));
	key_time(&w, "created", t.created);
	if (t.thanked)
		key_printf(&w, "solved_by", "%u", t.number * 20 + 1);
	jsonw_key(&w, "products");
	jsonw_list(&w);
	buf_reset(&g->body);
	buf_addf(&g->body, "p%05u", product);
	jsonw_str(&w, buf_str(&g->body));
	jsonw_list_end(&w);
	jsonw_key(&w, "posts");
	jsonw_list(&w);
	for (uint32_t i = 0; i < t.posts; i++)
		write_post(g, &w, &t, i);
	jsonw_list_end(&w);
	if (t.wrong)
		write_label(&w, &t);
	jsonw_object_end(&w);
	write_line(g);
}

static FILE *create(const char *dir, const char *name)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	if (!f)
		die("cannot create '%s'", path);
	return f;
}

static void finish(FILE *f)
{
	if (ferror(f) | fclose(f))
		die("cannot write the archive");
}

static void write_config(const char *dir)
{
	FILE *f = create(dir, "candor.yaml");

	fputs("company: Acme\ntitle: Acme in the open\n"
	      "url: https://open.acme.example/\ncontact: mailto:open@acme.example\n"
	      "thread_pages: shown\ncontributors:\n", f);
	for (int i = 0; i < NAMED; i++)
		fprintf(f, "  - {name: Helper %d, title: Support, "
			"accounts: {forum: s%d, qa: s%d}, consent: 2023-01-01}\n",
			i, i, i);
	finish(f);
	f = create(dir, "rules.yaml");
	/* every product has one wrong thread: ten can be shown of all */
	fputs("publish:\n  limit: 10\nwrong:\n  share: 10%\n", f);
	finish(f);
}

int main(int argc, char **argv)
{
	struct bench g = { .random = UINT64_C(0x9e3779b97f4a7c15), .line = BUF_INIT,
			   .body = BUF_INIT };

	for (size_t i = 0; argc == 3 && i < ARRAY_LEN(sizes); i++)
		if (!strcmp(argv[1], sizes[i].name))
			g.size = &sizes[i];
	if (!g.size)
		die("usage: generate S|M|L FOLDER");
	mkdir(argv[2], 0755);
	write_config(argv[2]);
	g.out = create(argv[2], "archive.jsonl");
	write_venue(&g, "forum", "Acme forum", NULL);
	write_venue(&g, "qa", "Questions and answers", "CC BY-SA 4.0");
	for (uint32_t p = 0; p < g.size->products; p++)
		write_product(&g, p);
	for (uint32_t j = 0; j < g.size->threads / g.size->products; j++)
		for (uint32_t p = 0; p < g.size->products; p++)
			write_thread(&g, p, j);
	finish(g.out);
	buf_release(&g.line);
	buf_release(&g.body);
	return 0;
}
