# Who hand-writes labels into an export gets them past `label`, not past `build`.
site
threads | sed 's/that was our mistake","by/that was your mistake","by/' > archive.jsonl
candor import -q jsonl archive.jsonl
run check
threads | sed 's/"post":"2","quote":"that was our mistake"/"post":"1","quote":"The lid sticks"/' > archive.jsonl
candor import -q jsonl archive.jsonl
run check --strict
