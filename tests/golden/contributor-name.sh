site
printf 'contributors_named:\n  forum: "*-brook"\n' >> candor.yaml
run check
run check --strict
