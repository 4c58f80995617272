#!/bin/sh
# Hostile posts in headless Chromium: see hostile.cjs.
# Usage: hostile.sh [--self-test]
set -u
. tests/browser/lib.sh
browser_or_skip "hostile posts in a browser"
exec node tests/browser/hostile.cjs "$@"
