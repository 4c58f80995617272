site
run forget --author forum/c77
run forget --hide --post forum/1/7
