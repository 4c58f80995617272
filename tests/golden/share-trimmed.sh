# The same rules under `trim`: fewer are shown, and explain says why.
site
sed -i 's/25%/50%/' rules.yaml
run build --now 2026-02-01
run explain kettle --now 2026-02-01
