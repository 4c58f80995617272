# Bytes in the middle of the file: no page is made from what is left.
site
printf 'broken' | dd of=archive.db bs=1 seek=4096 conv=notrunc 2> /dev/null
run build
ls
