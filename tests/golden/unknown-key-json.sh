# The same list for programs.
site
sed -i 's/share:/shaer:/' rules.yaml
candor check --format json
candor check --format github
GITHUB_ACTIONS=true candor check
