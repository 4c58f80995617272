# Another run holds the lock of the site, and its file says who, or not yet.
site
candor build
touch archive.db
flock -n .candor/public/lock candor build
echo "[exit $?]"
printf '4711\n2026-11-22T07:30:00Z\neve\npc1\nbuild\n' > .candor/public/lock
flock -n .candor/public/lock candor build --wait 1 2>&1 | sed 's/(for [0-9]* days)/(for N days)/'
