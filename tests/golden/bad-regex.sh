site
cat >> rules.yaml <<-'END'
drop:
  - matches: '\border\s+(\d{8}\b'
  - matches: ['[z-a]', 'fine']
END
run check
