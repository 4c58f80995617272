site
candor build -q --now 2026-02-01
mkdir shop
cat > shop/kettle.html <<'END'
<script>const place = '<!-- candor:kettle -->';</script>
<!-- <!-- candor:kettle -->
<p title="<!-- /candor -->">
<!-- candor: our conversations -->
<!-- candor:kettle --><!-- /candor -->
END
run place shop --now 2026-02-01 --dry-run
run place shop --now 2026-02-01 --strict
run place shop --now 2026-02-01
