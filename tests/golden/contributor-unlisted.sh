# Anybody can take a name: a warning, which fails nothing.
site
echo 'contributors_named: [ada, "CUST1"]' >> candor.yaml
run check
run check --strict
