site
sed -i 's/forum: u1/forum: u7/' candor.yaml
run check
run check --strict
