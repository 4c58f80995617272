site
threads | sed 's/"name":"cust4"/"name":"Orders","staff":true/' > archive.jsonl
candor import -q jsonl archive.jsonl
run check
run check --strict
# Known to be ours.
echo 'shared_accounts: {forum: c4}' >> candor.yaml
run check --strict
