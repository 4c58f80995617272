# In a configuration, in an export, and a NUL where no text has one.
site
printf 'company: Br\377ook\n' > candor.yaml
candor check
printf 'publish:\n  limit: 4\0\n' > rules.yaml
candor check
threads | sed '4s/The lid sticks/The lid \xe9 sticks/' > archive.jsonl
candor import -q jsonl archive.jsonl
