#!/bin/sh
# A thousand generated queries, to the engine and to a slow evaluator of our own: run.sh BUILD_DIR
# Then the evaluator is made wrong in each way it knows: the comparison must notice.
set -u
build=$1
make --no-print-directory VARIANT="$(basename "$build")" "$build/differential" || exit 1
"$build/differential" -s 20261121 -n 1000
for fault in 1 2 3 4; do
    "$build/differential" -s 7 -n 300 -f $fault | grep -v '^# '
done
