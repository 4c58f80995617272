/*
 * Every importer: FORMAT(name), sorted.  The row stands for
 * `const struct importer importer_NAME` in src/import/NAME.c.
 */
FORMAT(csv)
FORMAT(jira)
FORMAT(jsonl)
FORMAT(stackexchange)
