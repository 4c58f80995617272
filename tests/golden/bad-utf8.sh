# In a configuration, in an export, and a NUL where no text has one.
site
threads | sed '4s/The lid sticks/The lid \xe9 sticks/' > archive.jsonl
run import -q jsonl archive.jsonl
printf 'publish:\n  limit: 4\0\n' > rules.yaml
printf 'company: Br\377ook\n' > candor.yaml
run check
