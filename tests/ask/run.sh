#!/bin/sh
# Many wordings over the graph of the sample letters (paraphrase.py has the floors), and questions with known answers on
# the graph of the annotations: at least 98 % right and at most 2 % wrong. The latter is skipped where the annotations
# are not beside the project.
set -u
build=$1
shared=../shared
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
report() { # status, what
    if [ "$1" -eq 0 ]; then
        echo "ok - $2: $(tail -n 1 "$dir/log")"
    else
        cat "$dir/log"
        echo "not ok - $2"
    fi
}

"$build/verband" --db "$dir/letters.db" load tests/letters/*.txt tests/letters/*.md > "$dir/log" 2>&1 &&
    python3 tests/ask/paraphrase.py "$build/verband" "$dir/letters.db" > "$dir/log" 2>&1
report $? 'wordings of each kind of question on the sample letters'
python3 tests/ask/forms.py "$build/verband" "$dir/letters.db" > "$dir/log" 2>&1
report $? 'questions that are told by their form answer as the commands do'

what='questions on the graph of the annotations'
if [ ! -r $shared/questions/score_questions.py ] || [ ! -d $shared/gold ]; then
    echo "ok - $what # SKIP no $shared"
    exit 0
fi
python3 $shared/questions/gold_graph.py $shared/letters $shared/gold "$dir" > "$dir/log" 2>&1 &&
    "$build/verband" --db "$dir/gold.db" import "$dir/nodes.csv" "$dir/edges.csv" >> "$dir/log" 2>&1 &&
    python3 $shared/questions/score_questions.py --verband "$build/verband" --db "$dir/gold.db" --min-right 0.98 \
        --max-wrong 0.02 --errors $shared/questions/questions.jsonl > "$dir/log" 2>&1
report $? "$what"
