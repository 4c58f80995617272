site
candor build -q --now 2026-02-01
mkdir shop
echo '<!-- candor:kettle --><!-- /candor -->' > shop/kettle.html
echo '# A sentence more' >> rules.yaml
run place shop --now 2026-02-02 --dry-run
