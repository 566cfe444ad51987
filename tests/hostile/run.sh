#!/bin/sh
# Names that mean harm, from a graph that is imported and a letter that is loaded, through every command and every export.
exec python3 tests/hostile/check.py "$PWD/$1/verband" "$1/hostile"
