#!/bin/sh
# `make bench`: run.sh VERBAND [quick|full] [MEASURE...]; bench.py tells what the measures are.
exec /usr/bin/python3 "$(dirname "$0")/bench.py" "$@"
