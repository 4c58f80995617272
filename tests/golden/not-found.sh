# A folder with nothing in it; a site without an archive or rules; operands.
candor build
candor build -C nowhere
candor import -q jsonl nowhere.jsonl --archive new.db
ls
site
candor import -q jsonl nowhere.jsonl
rm archive.db
candor build
rm rules.yaml
candor build
candor render nowhere.html
candor import -q stackexchange .
