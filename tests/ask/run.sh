#!/bin/sh
# Questions with known answers on the graph of the annotations: at least 98 % right and at most 2 % wrong (what was
# reached, with room for one question). Skipped where the annotations are not beside the project.
set -u
build=$1
shared=../shared
what='questions on the graph of the annotations'
if [ ! -r $shared/questions/score_questions.py ] || [ ! -d $shared/gold ]; then
    echo "ok - $what # SKIP no $shared"
    exit 0
fi
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
if ! python3 $shared/questions/gold_graph.py $shared/letters $shared/gold "$dir" > "$dir/log" 2>&1 ||
    ! "$build/verband" --db "$dir/gold.db" import "$dir/nodes.csv" "$dir/edges.csv" >> "$dir/log" 2>&1; then
    cat "$dir/log"
    echo "not ok - $what: the graph could not be made"
    exit 1
fi
if python3 $shared/questions/score_questions.py --verband "$build/verband" --db "$dir/gold.db" --min-right 0.98 \
    --max-wrong 0.02 --errors $shared/questions/questions.jsonl > "$dir/log" 2>&1; then
    echo "ok - $what: $(tail -n 1 "$dir/log")"
else
    cat "$dir/log"
    echo "not ok - $what"
fi
