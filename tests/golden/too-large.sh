site
head -c 1100000 /dev/zero | tr '\0' '#' > rules.yaml
run check
