# A folder where a file should be.
site
rm archive.db rules.yaml
mkdir archive.db rules.yaml
candor check
printf 'publish: {limit: 4}\n' > other.yaml
candor check --rules other.yaml
candor import -q jsonl rules.yaml --archive new.db
