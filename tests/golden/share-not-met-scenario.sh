# A scenario's page has to hold the share like a product's.
site
sed -i 's/25%/25%\n  shortfall: fail/' rules.yaml
cat >> rules.yaml <<-'END'
	scenarios:
	  - {slug: second, title: The second, when: {text: "lid 2"}}
END
run check --now 2026-02-01
run explain second --now 2026-02-01
