#ifndef SELECT_RULES_H
#define SELECT_RULES_H

#include "base/source.h"
#include "base/ydoc.h"
#include "select/choose.h"
#include "select/predicate.h"
#include "select/rank.h"
#include "select/select.h"

/* What rules.yaml says, for the modules of this layer; candor.yaml(5) is its
 * manual.  Lines are counted from 1; 0 is for what the file doesn't say. */

/* A line of keep or drop. */
struct rule {
	struct predicate when;
	unsigned line;
};

/* A condition that makes a thread a candidate of a product. */
struct match {
	struct str product;
	size_t at, n; /* of the slug, in the source */
	struct predicate when;
};

/* What differs for one page. */
struct override {
	struct str product; /* absent in a scenario's */
	size_t at, n;       /* of the slug, in the source */
	bool has_limit, has_share;
	int64_t limit;
	struct ratio share;
	unsigned limit_line, share_line;
};

struct scenario {
	struct str slug, title, about; /* about may be absent */
	struct predicate when; /* which products' candidates are its own */
	struct override own;
};

enum shortfall { SHORTFALL_TRIM, SHORTFALL_FAIL, SHORTFALL_SKIP };
#define MAX_AGE_NONE INT64_MAX

struct wrong_rules {
	struct ratio share;
	bool over_page, over_site;
	int evidence; /* the least grade that counts without a curator's word;
		       * GRADE_NONE: none does */
	size_t evidence_at, evidence_n; /* bytes of the value in the source */
	bool spread;
	int64_t max_age; /* days, or MAX_AGE_NONE */
	int shortfall;   /* enum shortfall */
	size_t share_at, share_n; /* bytes of the value in the source; n 0: default */
	unsigned share_line;
};

struct rules {
	struct source source;
	struct buf text; /* the file as it was */
	struct ydoc doc; /* strings and predicates live in its arena */
	struct vocabulary vocabulary;
	int64_t limit;
	unsigned limit_line;
	struct order order;
	struct wrong_rules wrong;
	struct cap caps[CAP_COUNT];
	unsigned cap_lines[CAP_COUNT], caps_line;
	struct rule *keep, *drop;
	struct match *matches;
	struct override *overrides; /* by product */
	struct scenario *scenarios; /* in the order of the file */
	struct topic *topics;       /* the same; at most TOPICS_MOST */
	size_t keep_n, drop_n, matches_n, overrides_n, scenarios_n, topics_n;
	struct redact_item *redact; /* in the order of the file */
	size_t redact_n;
};

/* The line of a node; of a key of map, 0 when it isn't there. */
unsigned rules_line(const struct ynode *node, const struct fields_ctx *ctx);
unsigned rules_key_line(const struct ynode *map, const char *key,
			const struct fields_ctx *ctx);
/* A row's parse: `redact`, into the struct rules. */
int redact_read(const struct ynode *node, void *member, struct fields_ctx *ctx);
/* The same into the struct wrong_rules: `wrong`. */
int wrong_read(const struct ynode *node, void *member, struct fields_ctx *ctx);
/* Where the share of the site, or of all pages, is given; else the file. */
struct place rules_share_place(const struct rules *r);
/* `topics`, into the struct rules. */
int topics_read(const struct ynode *node, void *member, struct fields_ctx *ctx);
/* Once all of the file is read: what its conditions ask for.  0, or -1 with diagnostics. */
int topics_resolve(struct rules *r, struct fields_ctx *ctx);
/* The product's own numbers, or NULL. */
const struct override *rules_override(const struct rules *r, struct str product);
/* The rules in text, for tests: path only names them in messages. */
int rules_parse(struct rules **out, const char *path, struct str text,
		struct diags *diags);

#endif
