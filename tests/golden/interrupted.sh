# Somebody stops a build that waits for another one.
site
candor build
flock .candor/public/lock sh -c 'candor build --wait 60 2>&1 & sleep 0.5; kill -TERM $!
	wait $!; echo "[exit $?]"' 2> /dev/null
