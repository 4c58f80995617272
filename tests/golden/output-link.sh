site
mkdir elsewhere
ln -s elsewhere public
candor build
ls elsewhere
