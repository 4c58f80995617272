# For tests in a browser: what they need, or the reason why not.

browser_modules=build/browser

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
	mkdir -p $browser_modules
	# The last Playwright that runs on Debian 12's Node.js.
	flock $browser_modules sh -c '[ -d $0/node_modules/axe-core ] || npm install --silent \
		--no-save --no-package-lock --no-audit --no-fund --prefix $0 \
		playwright-core@1.52.0 axe-core@4' $browser_modules >&2 || {
		echo "ok 1 - $1 # SKIP playwright-core and axe-core cannot be had"
		echo "1..1"
		exit 0
	}
	NODE_PATH=$browser_modules/node_modules
	export NODE_PATH
}
