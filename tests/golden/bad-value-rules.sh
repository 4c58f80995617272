# A share over 100 %, and what else the rules can't mean.
site
cat > rules.yaml <<-'END'
publish:
  limit: 0
  order: {solved: lots, recent: {weight: 1, half_life: 0 days}}
wrong:
  share: 125%
  over: [page, moon]
  max_age: 3 fortnights
  shortfall: fall
keep:
  - posts: {min: 9, max: 2}
  - contributor: maybe
drop:
  - text: {any: ["..."]}
caps: {per_customer: 0, per_venue: 250%}
products:
  kettle: {limit: many, wrong: {share: 25}}
END
run check
