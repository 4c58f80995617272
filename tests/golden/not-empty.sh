mkdir shop
touch shop/thesis.txt
run init shop
ls shop
run init -q site
run init site
rm site/candor.yaml
run init site
run init nowhere/shop
run init shop/thesis.txt
