#!/bin/sh
# Say which lines of the rooms the tests ran: a line a folder, and all; the whole of it in BUILD/coverage.info.
set -eu
build=$1
lcov --quiet --capture --directory "$build" --base-directory . --no-external --output-file "$build/coverage.info"
lcov --quiet --extract "$build/coverage.info" '*/graph/*' '*/loaders/*' '*/queries/*' '*/export/*' '*/cli/*' \
    --output-file "$build/coverage.info"
for room in graph loaders queries export cli; do
    lcov --quiet --extract "$build/coverage.info" "*/$room/*" --output-file "$build/$room.info"
    printf '%s ' "$room"
    lcov --summary "$build/$room.info" 2>&1 | sed -n 's/ *lines\.*: //p'
done
printf 'all '
lcov --summary "$build/coverage.info" 2>&1 | sed -n 's/ *lines\.*: //p'
