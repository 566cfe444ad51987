#!/bin/sh
# The gazetteers: unique keys, valid codes, no name twice under one label, and agreement with ../shared/reference.
# A name marked "?" (an ordinary word too) may stand twice.
set -u
exec python3 "$(dirname "$0")/check.py" "${1:-build/check}"
