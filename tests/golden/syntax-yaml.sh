site
cat > rules.yaml <<-'END'
publish: &p
  limit: !!int 4
wrong: *p
keep: [ {posts: {min: 2}
drop:
  - label: private
END
run check
printf 'publish:\n\tlimit: 4\n' > rules.yaml
run check
printf 'publish: {limit: 4}\n---\nwrong: {share: 1/4}\n' > rules.yaml
run check
printf 'publish: {<<: {limit: 4}}\n' > rules.yaml
run check
printf 'publish: limit: 4\n' > rules.yaml
run check
