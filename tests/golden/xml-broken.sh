site
cat > feed.xml <<'END'
<feed xmlns="http://www.w3.org/2005/Atom">
<link href="https://talk.example/"/>
<entry><id>1</id><updated>2026-01-01</updated><title>Salt & pepper</title></entry>
<entry><id>2</id><updated>2026-01-01</updated><title>Cut
END
run import atom feed.xml
run import --keep-going auto feed.xml
