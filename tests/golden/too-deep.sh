site
{ printf '{"type":"venue","slug":'; head -c 3000 /dev/zero | tr '\0' '['; echo; } > more.jsonl
run import -q jsonl more.jsonl
head -c 100 /dev/zero | tr '\0' '[' > rules.yaml
run check
