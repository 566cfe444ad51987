#!/bin/sh
# `verband shell` from a pipe, and on a pseudo-terminal as a person uses it: run.sh BUILD_DIR
set -u
build=$(cd "$1" && pwd)
VERBAND_BINARY=$build/verband
export VERBAND_BINARY
work=$build/shell
rm -rf "$work" && mkdir -p "$work"
"$VERBAND_BINARY" --db "$work/verband.db" load -q tests/letters || exit 1
exec /usr/bin/python3 tests/shell/shell.py "$work"
