# Not the words of the post; those of somebody whom it quotes; then the right
# ones, as a reader sees them and as they were written.
site
thread 5 | sed 's/Yes, that was our mistake. Sorry./> I bought it on Monday.\\n\\nIt *was* our mistake./' > more.jsonl
candor import -q jsonl more.jsonl
run label forum/5 wrong --post 2 --quote 'that was your mistake'
run label forum/5 wrong --post 2 --quote 'I bought it on Monday.'
run label forum/5 wrong --post 2 --quote '> I bought it on Monday.'
run label forum/5 wrong --post 2 --quote 'It was our mistake.'
run label forum/5 wrong --post 2 --quote 'It *was* our mistake.'
