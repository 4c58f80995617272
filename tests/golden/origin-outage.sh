# Most of a venue isn't gone overnight.
site
{ head -2 archive.jsonl; thread 5; thread 6; thread 7; } > more.jsonl
candor import -q jsonl more.jsonl
for i in 1 2 3 4 5; do
	echo "404 https://forum.brook.example/t/$i"
done > crawled
run origin-check crawled
run origin-check -n --force crawled
