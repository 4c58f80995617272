site
mkdir public
echo 'precious' > public/thesis.txt
candor build
cat public/thesis.txt
candor build --output rules.yaml
candor build --output .
