# Another run holds the lock of the site.
site
candor build
touch archive.db
flock -n .candor/public/lock candor build
echo "[exit $?]"
