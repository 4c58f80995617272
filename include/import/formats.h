/*
 * Every importer: FORMAT(name), sorted.  The row stands for
 * `const struct importer importer_NAME` in src/import/NAME.c.
 */
FORMAT(atom)
FORMAT(csv)
FORMAT(discourse)
FORMAT(github)
FORMAT(jira)
FORMAT(jsonl)
FORMAT(mbox)
FORMAT(products)
FORMAT(stackexchange)
