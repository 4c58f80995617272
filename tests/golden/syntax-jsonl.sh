# The line, and where in it; nothing of the file is imported.
site
{ thread 5; thread 6 | sed 's/"products":\[/"products":[,/'; echo '["a list"]'; echo '{"type":"product"'; } > more.jsonl
run import -q jsonl more.jsonl
candor export jsonl | grep -c '"id":"5"'
