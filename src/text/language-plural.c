/* Which plural a number takes.  The words are others'. */
#include "text/language.h"

#include "base/mem.h"

const char *plural_name(enum plural p)
{
	static const char *const names[PLURAL_COUNT] = {
		[PLURAL_ZERO] = "zero", [PLURAL_ONE] = "one",   [PLURAL_TWO] = "two",
		[PLURAL_FEW] = "few",   [PLURAL_MANY] = "many", [PLURAL_OTHER] = "other",
	};

	return names[p];
}

static bool in(uint64_t n, uint64_t first, uint64_t last)
{
	return n >= first && n <= last;
}

/* --- Families of rules, named after one of theirs --- */

static enum plural english(uint64_t n)
{
	return n == 1 ? PLURAL_ONE : PLURAL_OTHER;
}

/* "1 millón de": whole millions take another word. */
static bool millions(uint64_t n)
{
	return n != 0 && n % 1000000 == 0;
}

static enum plural spanish(uint64_t n)
{
	return n == 1 ? PLURAL_ONE : millions(n) ? PLURAL_MANY : PLURAL_OTHER;
}

static enum plural french(uint64_t n)
{
	return n <= 1 ? PLURAL_ONE : millions(n) ? PLURAL_MANY : PLURAL_OTHER;
}

static enum plural hindi(uint64_t n)
{
	return n <= 1 ? PLURAL_ONE : PLURAL_OTHER;
}

static bool slavic_few(uint64_t n)
{
	return in(n % 10, 2, 4) && !in(n % 100, 12, 14);
}

static bool ends_in_one(uint64_t n)
{
	return n % 10 == 1 && n % 100 != 11;
}

static enum plural polish(uint64_t n)
{
	return n == 1 ? PLURAL_ONE : slavic_few(n) ? PLURAL_FEW : PLURAL_MANY;
}

static enum plural czech(uint64_t n)
{
	return n == 1 ? PLURAL_ONE : in(n, 2, 4) ? PLURAL_FEW : PLURAL_OTHER;
}

static enum plural russian(uint64_t n)
{
	return ends_in_one(n) ? PLURAL_ONE : slavic_few(n) ? PLURAL_FEW : PLURAL_MANY;
}

static enum plural croatian(uint64_t n)
{
	return ends_in_one(n) ? PLURAL_ONE : slavic_few(n) ? PLURAL_FEW : PLURAL_OTHER;
}

static enum plural icelandic(uint64_t n)
{
	return ends_in_one(n) ? PLURAL_ONE : PLURAL_OTHER;
}

static enum plural slovenian(uint64_t n)
{
	n %= 100;
	return n == 1 ? PLURAL_ONE : n == 2 ? PLURAL_TWO
	     : in(n, 3, 4) ? PLURAL_FEW : PLURAL_OTHER;
}

static enum plural lithuanian(uint64_t n)
{
	if (in(n % 100, 11, 19) || n % 10 == 0)
		return PLURAL_OTHER;
	return n % 10 == 1 ? PLURAL_ONE : PLURAL_FEW;
}

static enum plural latvian(uint64_t n)
{
	if (in(n % 100, 11, 19) || n % 10 == 0)
		return PLURAL_ZERO;
	return n % 10 == 1 ? PLURAL_ONE : PLURAL_OTHER;
}

static enum plural romanian(uint64_t n)
{
	return n == 1 ? PLURAL_ONE
	     : n == 0 || in(n % 100, 1, 19) ? PLURAL_FEW : PLURAL_OTHER;
}

static enum plural arabic(uint64_t n)
{
	if (n <= 2)
		return n == 0 ? PLURAL_ZERO : n == 1 ? PLURAL_ONE : PLURAL_TWO;
	n %= 100;
	return in(n, 3, 10) ? PLURAL_FEW : n >= 11 ? PLURAL_MANY : PLURAL_OTHER;
}

static enum plural hebrew(uint64_t n)
{
	return n == 1 ? PLURAL_ONE : n == 2 ? PLURAL_TWO : PLURAL_OTHER;
}

static enum plural irish(uint64_t n)
{
	return n == 1 ? PLURAL_ONE : n == 2 ? PLURAL_TWO : in(n, 3, 6) ? PLURAL_FEW
	     : in(n, 7, 10) ? PLURAL_MANY : PLURAL_OTHER;
}

static enum plural japanese(uint64_t n)
{
	(void)n;
	return PLURAL_OTHER;
}

static const struct {
	enum plural (*rule)(uint64_t n);
	const char *tags;
} families[] = {
	{ english, "bg da de el en et eu fi fo fy gl hu lb nb nl nn no sq sv tr ur" },
	{ spanish, "ca es it pt-PT" },
	{ french, "fr pt pt-BR" },
	{ hindi, "bn fa hi" },
	{ polish, "pl" },
	{ czech, "cs sk" },
	{ russian, "be ru uk" },
	{ croatian, "bs hr sr" },
	{ icelandic, "is mk" },
	{ slovenian, "sl" },
	{ lithuanian, "lt" },
	{ latvian, "lv" },
	{ romanian, "ro" },
	{ arabic, "ar" },
	{ hebrew, "he" },
	{ irish, "ga" },
	{ japanese, "id ja ko ms th vi zh" },
};

static enum plural (*find(struct str tag))(uint64_t)
{
	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		struct str tags = str_of(families[i].tags);

		while (str_present(tags))
			if (str_ieq(str_split(&tags, ' '), tag))
				return families[i].rule;
	}
	return NULL;
}

enum plural language_plural(struct str tag, int64_t n)
{
	enum plural (*rule)(uint64_t) = find(tag);

	if (!rule)
		rule = find(str_slice(tag, 0, str_index(tag, '-')));
	return rule ? rule(n < 0 ? -(uint64_t)n : (uint64_t)n) : PLURAL_OTHER;
}
