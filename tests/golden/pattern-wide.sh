# A pattern of the site's own that takes nearly everything for an admission.
site
echo 'patterns: {file: own.yaml, replace: true}' >> candor.yaml
cat > own.yaml <<-'END'
patterns:
  - name: everything
    kind: admission
    grade: slip
    any: [sorry]
END
i=5
while [ $i -lt 120 ]; do
	thread $((i % 9 + 1)) | sed "s/\"id\":\"[0-9]*\",\"url\"/\"id\":\"t$i\",\"url\"/" >> archive.jsonl
	i=$((i + 1))
done
candor import -q jsonl archive.jsonl
run analyze --json
run check
