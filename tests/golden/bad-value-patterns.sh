# What a file of patterns can't mean; nothing is analyzed then.
site
echo 'patterns: own.yaml' >> candor.yaml
cat > own.yaml <<-'END'
patterns:
  - {name: our-fault, kind: admission, grade: fault, any: oh dear}
  - {name: heart, kind: admission, any: [my heart sank]}
  - {name: thanks-a-lot, kind: gratitude, grade: slip, any: [thanks a lot]}
  - {name: open, kind: gratitude, any: ["(thanks|thank you"]}
  - {name: odd, kind: praise, any: ["..."], unles: [x]}
END
run analyze
