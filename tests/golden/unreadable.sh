# A folder where a file should be.
site
rm archive.db rules.yaml
mkdir archive.db rules.yaml
run check
printf 'publish: {limit: 4}\n' > other.yaml
run check --rules other.yaml
run import -q jsonl rules.yaml --archive new.db
