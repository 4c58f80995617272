# A pattern of the site's own that never finds anything, and one that nearly always does.
site
echo 'patterns: own.yaml' >> candor.yaml
cat > own.yaml <<-'END'
patterns:
  - name: never
    kind: admission
    grade: fault
    any: [we drowned the parrot]
END
i=5
while [ $i -lt 120 ]; do
	thread $((i % 9 + 1)) | sed "s/\"id\":\"[0-9]*\",\"url\"/\"id\":\"t$i\",\"url\"/" >> archive.jsonl
	i=$((i + 1))
done
candor import -q jsonl archive.jsonl
run analyze
run check
