site
mkdir shop
printf '<h1>Kettle</h1>\n<!-- candor:ketle -->\n<!-- /candor -->\n' > shop/kettle.html
printf '<!-- candor:x --><!-- /candor -->\n' > shop/other.html
run place shop --now 2026-02-01
candor build -q --now 2026-02-01
run place shop --now 2026-02-01
run place public --now 2026-02-01
run place shops --now 2026-02-01
