site
cat >> rules.yaml <<-'END'
redact:
  - email
  - e-mail
  - email
  - {name: "", matches: x}
  - {name: order number, matches: '\bA-\d*\b|'}
  - {name: order number, matches: 'A-(\d{6}'}
  - {name: order number}
  - {name: ticket, matches: 'T-\d+'}
  - {name: ticket, matches: '#\d+'}
  - [phone]
END
run check
