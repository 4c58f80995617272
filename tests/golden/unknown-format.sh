# What is no export, and exports of two formats at once.
site
echo 'Nothing but words.' > notes.txt
run import auto notes.txt
mkdir dump
echo '<posts/>' > dump/Posts.xml
run import auto archive.jsonl dump
