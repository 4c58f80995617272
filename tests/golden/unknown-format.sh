# What is no export, and exports of two formats at once.
site
echo 'Nothing but words.' > notes.txt
run import auto notes.txt
mkdir dump
echo '<posts/>' > dump/Posts.xml
run import auto archive.jsonl dump
echo '{"id":1,"title":"Lid","post_stream":{"posts":[]}}' > topic.json
run import jira topic.json
mkdir topics
cp topic.json topics
run import mbox topics
printf 'PK\003\004 and so on' > topics.zip
run import discourse topics.zip
run import auto topics.zip
mkdir empty
run import auto empty
