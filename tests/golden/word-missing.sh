# A translation that isn't finished is published with the original in the gaps, but
# not under --strict; one that asks for what the original doesn't is not published.
site
theme
echo 'language: de-AT' >> candor.yaml
mkdir themes/own/words
cat >> themes/own/theme.yaml <<-'END'
words:
  lead: What people asked {{company}}
  conversations: {one: "{{stats.shown}} conversation", other: "{{stats.shown}} conversations"}
END
printf '# {{words.lead}}\n\n{{words.conversations}}\n' > themes/own/index.md
cat > themes/own/words/de.yaml <<-'END'
conversations: {one: "{{stats.shown}} Unterhaltung", other: "{{stats.shown}} Unterhaltungen"}
END
run check
run build -q
sed -n '/<body>/,/<\/body>/p' public/index.html
run check --strict
cat > themes/own/words/de-at.yaml <<-'END'
lead: Was {{firma}} gefragt wurde
conversation: "{{stats.shown}} Unterhaltungen"
END
run check
