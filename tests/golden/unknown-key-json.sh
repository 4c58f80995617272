# The same list for programs.
site
sed -i 's/share:/shaer:/' rules.yaml
run check --format json
run check --format github
GITHUB_ACTIONS=true run check
