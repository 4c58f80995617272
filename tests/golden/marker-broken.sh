site
candor build -q --now 2026-02-01
mkdir shop
cat > shop/kettle.html <<'END'
<h1>Kettle</h1>
<!-- candor:kettle -->
<h2>Spoon</h2>
<!-- candor:kettle -->
<!-- /candor -->
<!-- /candor -->
END
echo '<p>é <!-- candor:kettle -->' > shop/spoon.html
run place shop --now 2026-02-01
run place shop --now 2026-02-01 --format json
cat shop/kettle.html
