# What a scenario can't mean.
site
cat >> rules.yaml <<-'END'
	scenarios:
	  - {slug: Sticky Lids, title: When lids stick, when: {text: sticks}}
	  - {slug: steam, titel: When there is steam, when: {txt: steam}, limit: 0}
	  - {slug: rest, title: The rest, wrong: {over: page}}
END
run check
