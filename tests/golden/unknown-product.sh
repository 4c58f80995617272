site
cat >> rules.yaml <<-'END'
match:
  - {product: ketle, any: [{tag: k2}]}
products:
  toaster: {limit: 2}
END
run check
