site
run build --dry-run --now 2026-02-01
candor build -q --now 2026-02-01
run build --dry-run --now 2026-02-01
cp -R ../plan ../plan-before
printf 'drop:\n  - label: spam\n' >> rules.yaml
cat > labels.jsonl <<'END'
{"type":"label","venue":"forum","thread":"4","name":"spam","by":"eve","at":"2026-01-20T00:00:00Z"}
{"type":"label","venue":"forum","thread":"2","name":"wrong","post":"2","quote":"that was our mistake","by":"eve","at":"2026-01-21T00:00:00Z"}
END
candor import -q jsonl labels.jsonl
run build -n --now 2026-02-01
run build -n --now 2026-02-01 --json
run build -n --now 2026-02-01 --format=markdown
run build -n --now 2026-02-01 --against ../plan-before/archive.db
run build -n --now 2026-02-01 --against ../plan-before
run build -n --now 2026-02-01 --against ../plan-before/public
run build -n --now 2026-02-01 --against ../plan-before/.candor
run build -n --now 2026-02-01 --against nowhere
sed -i 's/25%/90%/; s/wrong:/&\n  shortfall: fail/' rules.yaml
run build -n --now 2026-02-01
run build -n -q --now 2026-02-01
run build --json
run build --against ../plan-before
run check --format=markdown
run build --format=markdown
rm -rf ../plan-before
