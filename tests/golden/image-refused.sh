# The bytes say what a file is, not its name; and whole it must be.
site
echo 'images: local' >> candor.yaml
mkdir -p images/a.example
echo '<!doctype html>' > images/a.example/lid.png
printf '\211PNG\r\n\032\n' > images/a.example/cut.png
truncate -s 11M images/a.example/big.png
thread 5 | sed 's#Yes, that was our mistake.#![](https://a.example/lid.png) ![](https://a.example/cut.png) ![](https://a.example/big.png)#' > more.jsonl
run import -q jsonl more.jsonl
run check
run check --strict
