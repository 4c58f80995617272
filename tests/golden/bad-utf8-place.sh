site
candor build -q --now 2026-02-01
mkdir shop
printf '<!-- candor:kettle --><!-- /candor -->' | iconv -f utf-8 -t utf-16 > shop/kettle.html
run place shop --now 2026-02-01
