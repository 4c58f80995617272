site
mv archive.db real.db
ln -s real.db archive.db
run build
