site
run forget --archive archive.db --post forum/1/1
echo 'wrong: {share: x}' > rules.yaml
run forget --json --post forum/2/1
