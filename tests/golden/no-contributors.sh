site
sed -i 's/forum: u1/forum: u7/' candor.yaml
candor check
candor check --strict
