# A name in a word is told where it stands in the theme's words, with the template.
site
theme
printf 'words:\n  lead: What people asked {{compny}}\n' >> themes/own/theme.yaml
printf '# {{words.lead}}\n\n{{words.leed}}\n' > themes/own/index.md
run check
printf '# {{words.lead}}\n' > themes/own/index.md
run check
