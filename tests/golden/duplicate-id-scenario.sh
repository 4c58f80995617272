# A scenario's slug is its own: all that is wrong with two of them is told.
site
cat >> rules.yaml <<-'END'
	scenarios:
	  - {slug: lids, title: When lids stick, when: {text: sticks}}
	  - {slug: lids, title: When lids rattle, when: {text: rattle}}
END
run check
