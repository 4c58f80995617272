# Under `fail` nothing is published, and the old site stays as it was.
site
candor build --now 2026-02-01
cp -R public before
sed -i 's/25%/50%\n  shortfall: fail/' rules.yaml
run build --now 2026-02-01
diff -r public before && echo "the old site stands"
run explain kettle --now 2026-02-01
printf 'wrong: {share: 1/4, shortfall: fail}\nproducts:\n  kettle: {wrong: {share: 1/2}}\n' > rules.yaml
run check --now 2026-02-01
