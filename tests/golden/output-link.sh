site
mkdir elsewhere
ln -s elsewhere public
run build
ls elsewhere
