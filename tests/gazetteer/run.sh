#!/bin/sh
# The gazetteers: unique keys, valid codes, no name twice under one label, and agreement with ../shared/reference.
# A name marked "?" (an ordinary word too) may stand twice. And what the program itself says of each table.
set -u
build=${1:-build/check}
for table in loaders/gazetteer/*.tsv; do
    if "$build/verband" lint-gazetteer "$table" > "$build/lint-gazetteer.out" 2>&1; then
        echo "ok - lint-gazetteer: $(basename "$table")"
    else
        sed 's/^/# /' "$build/lint-gazetteer.out"
        echo "not ok - lint-gazetteer: $(basename "$table")"
    fi
done
exec python3 "$(dirname "$0")/check.py" "$build"
