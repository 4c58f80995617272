site
candor build -q --now 2026-02-01
run build --dry-run --now 2026-02-01
sed -i 's/"wrong":true/"wrong":"yes"/' public/honesty.json
run build --dry-run --now 2026-02-01
run build --dry-run --now 2026-02-01 --strict
echo '{"as_of": "2026-02-01"' > public/honesty.json
run build --dry-run --now 2026-02-01
run build --dry-run --now 2026-02-01 --against public
