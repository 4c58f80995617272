site
{ thread 5; echo '{"type":"thread","venue":"forum"}'; echo '{'; thread 6; } > more.jsonl
run import --keep-going jsonl more.jsonl
candor export jsonl | grep -c '"type":"thread"'
