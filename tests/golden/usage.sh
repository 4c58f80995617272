run biuld
run frobnicate
run build now
run build --stirct
run build --jobs
run build --jobs 0
run build --now tomorrow
run build --format xml
run check --strict=yes
run explain
run import cvs x.csv
run export csv
run help biuld
SOURCE_DATE_EPOCH=noon run check
run check --archive ''
