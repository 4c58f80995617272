# Under `fail` nothing is published, and the old site stays as it was.
site
candor build --now 2026-02-01
cp -R public before
sed -i 's/25%/50%\n  shortfall: fail/' rules.yaml
candor build --now 2026-02-01
echo "exit $?"
diff -r public before && echo "the old site stands"
candor explain kettle --now 2026-02-01
candor check --now 2026-02-01
