site
mkdir public
echo 'precious' > public/thesis.txt
run build
cat public/thesis.txt
run build --output rules.yaml
run build --output .
