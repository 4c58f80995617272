# The site's share is another matter than the pages': here it is the only one.
site
cat > rules.yaml <<-'END'
wrong: {share: 1/2, over: site, shortfall: fail}
END
run check
