# Without a word about it there need be no content/; who names a folder has one.
site
run check
echo 'content: contnet' >> candor.yaml
run check
mkdir contnet
run check
