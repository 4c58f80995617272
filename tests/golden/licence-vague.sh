# Which of several licences it is that a name without a version means, nobody knows.
site
{
	echo '{"type":"venue","slug":"qa","name":"Q","url":"https://qa.example/","licence":"CC BY-SA"}'
	echo '{"type":"venue","slug":"list","name":"L","url":"https://list.example/"}'
	thread 5 | sed 's/"venue":"forum"/"venue":"qa"/'
	thread 6 | sed 's/"venue":"forum"/"venue":"qa"/; s/"format"/"licence":"CC BY-SA 4.0","format"/'
	thread 7 | sed 's/"venue":"forum"/"venue":"list"/; s/"format"/"licence":"MIT","format"/'
	thread 8 | sed 's/"venue":"forum"/"venue":"list"/; s/"format"/"licence":"Apache License","format"/'
	thread 9 | sed 's/"venue":"forum"/"venue":"list"/; s/"format"/"licence":"CC BY-NC","format"/'
} > more.jsonl
candor import -q jsonl more.jsonl
run check
