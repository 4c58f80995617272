/* YAML, and candor.yaml made of it: every node lies in its source. */
#include "target.h"

#include "base/ydoc.h"
#include "select/config.h"

static void check_node(const struct ynode *node, struct str source, unsigned depth)
{
	size_t count = 0;

	invariant(depth <= 64);
	invariant(node->at <= source.n && node->n <= source.n - node->at);
	invariant(node->kind != Y_SCALAR || utf8_valid(node->text));
	for (const struct ynode *child = node->first; child; child = child->next) {
		check_node(child, source, depth + 1);
		count++;
	}
	invariant(count == node->count);
}

static void target(struct str in)
{
	struct diags diags = DIAGS_INIT;
	struct source source;
	struct ydoc doc;
	struct config config;

	if (source_load(&source, fuzz_file(in), &diags) == 0) {
		if (ydoc_parse(&doc, &source, &diags) == 0 && doc.root)
			check_node(doc.root, source_text(&source), 0);
		ydoc_release(&doc);
		source_release(&source);
	}
	fuzz_diags(&diags);
	if (config_load(&config, fuzz_file(in), &diags) == 0) {
		invariant(str_ends(config.url, STR("/")));
		invariant(diags_errors(&diags) == 0);
	}
	config_release(&config);
	fuzz_diags(&diags);
}
