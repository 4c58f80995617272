# For tests in a browser: what they need, or the reason why not.

# browser_or_skip NAME: leaves with a skipped test unless there is a browser and
# what drives it; one test at a time gets that.
browser_or_skip() {
	for tool in node npm chromium; do
		command -v $tool > /dev/null 2>&1 || {
			echo "ok 1 - $1 # SKIP no $tool"
			echo "1..1"
			exit 0
		}
	done
	# The last Playwright that runs on Debian 12's Node.js.
	tests/npm browser playwright-core@1.52.0 axe-core@4.14.1 || {
		echo "ok 1 - $1 # SKIP playwright-core and axe-core cannot be had"
		echo "1..1"
		exit 0
	}
	NODE_PATH=build/browser/node_modules
	export NODE_PATH
}
