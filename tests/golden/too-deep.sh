site
head -c 100 /dev/zero | tr '\0' '[' > rules.yaml
candor check
{ printf '{"type":"venue","slug":'; head -c 3000 /dev/zero | tr '\0' '['; echo; } > more.jsonl
candor import -q jsonl more.jsonl 2>&1 | cut -c1-200
