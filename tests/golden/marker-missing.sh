site
candor build -q --now 2026-02-01
mkdir shop
echo '<h1>Kettle</h1>' > shop/kettle.html
run place shop --now 2026-02-01
