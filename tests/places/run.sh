#!/bin/sh
# Places that cannot be written, or are no files: run.sh BUILD_DIR
[ -x "$1/verband" ] || { echo "ok - places # SKIP there is no $1/verband"; exit 0; }
exec python3 tests/places/check.py "$1/verband" "$1/places"
