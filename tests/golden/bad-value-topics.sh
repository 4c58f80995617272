# Topics that rest on each other, or aren't there; and grades of what has none.
site
cat >> rules.yaml <<'END'
  evidence: {detected: formula}
topics:
  - {name: lids, title: Lids, when: {text: lid}}
  - {name: more, title: Lids and more, when: {any: [{topic: lids}, {text: base}]}}
keep:
  - topic: lid
  - evidence: {kind: gratitude, grade: slip}
END
run check
sed -i -e '/evidence/d' -e 's/{topic: lids}/{text: rim}/' rules.yaml
run check
