#!/bin/sh
# `make bench`: timings of the release build, as ratios to peers where they are installed, all in one run.
exec /usr/bin/python3 "$(dirname "$0")/bench.py" "$@"
