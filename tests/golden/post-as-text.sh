# Limits in work: beyond them a post is shown as its source, and the run says so; a
# stranger can do that, so it stops no build.
site
brackets=$(head -c 60000 /dev/zero | tr '\0' '[')
thread 5 | sed "s/Yes, that was our mistake. Sorry./$brackets/" > more.jsonl
run import -q jsonl more.jsonl
run check
run check --strict
