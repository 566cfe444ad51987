#!/bin/sh
# `make bench`: timings of the release build, as ratios to peers where they are installed, all in one run.
here=$(dirname "$0")
/usr/bin/python3 "$here/bench.py" "$@" && exec /usr/bin/python3 "$here/cypher.py" "$@"
