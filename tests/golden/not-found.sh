# A folder with nothing in it; a site without an archive or rules; operands.
run build
run build -C nowhere
run import -q jsonl nowhere.jsonl --archive new.db
ls
site
run import -q jsonl nowhere.jsonl
rm archive.db
run build
rm rules.yaml
run build
run render nowhere.html
run import -q stackexchange .
