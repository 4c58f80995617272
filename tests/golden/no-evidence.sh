# Rules that go by what nobody has looked for yet.
site
printf '  evidence: detected\n' >> rules.yaml
run check --strict
sed -i 's/^  evidence.*/keep: [{evidence: {kind: gratitude}}]/' rules.yaml
run check
