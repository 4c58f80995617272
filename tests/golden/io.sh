# The result doesn't reach its reader.
site
candor export jsonl > /dev/full
echo "[exit $?]"
