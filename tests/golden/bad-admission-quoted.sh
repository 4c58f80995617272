# What our post quotes of the customer is no admission of ours.
site
thread 5 '"labels":[{"name":"wrong","post":"2","quote":"You were wrong.","by":"eve","at":"2026-01-09T00:00:00Z"}]' |
	sed 's/Yes, that was our mistake. Sorry./> You were wrong.\\n\\nNo./' > more.jsonl
candor import -q jsonl more.jsonl
run check
