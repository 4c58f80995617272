site
sed -i 's/forum: u1/forum: u1, traker: ada/' candor.yaml
printf 'drop:\n  - venue: fourm\n' >> rules.yaml
run check
