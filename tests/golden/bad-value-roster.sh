site
cat > candor.yaml <<-'END2'
	company: Brook
	title: Brook in the open
	url: https://open.brook.example/
	contact: mailto:open@brook.example
	contributors:
	  - name: Ada Rask
	    title:
	      - {from: 2025-06-01, title: Support}
	      - {from: 2025-01-01, title: Head of support}
	    accounts: {forum: u1}
	    active:
	      - {from: 2023-01-01, to: 2024-01-01}
	      - {from: 2023-06-01}
	  - name: Bo Lind
	    accounts: {forum: u2}
	    active: {from: 2025-01-01, to: 2024-01-01}
END2
run check
