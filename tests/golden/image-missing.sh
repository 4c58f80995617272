# An image of a post without a copy stays a link; -v says which file it would be.
site
echo 'images: local' >> candor.yaml
mkdir images
thread 5 | sed 's#Yes, that was our mistake.#![lid](/pics/lid%20open.jpg?s=2)#' > more.jsonl
run import -q jsonl more.jsonl
run check
run check -v
