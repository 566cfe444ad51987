#!/bin/sh
# Score the extraction on annotated real letters where they are at hand (../shared), against the bars of the project.
set -u
build=$1
shared=../shared
if [ ! -r $shared/evaluate.py ]; then
    echo "ok - extraction on annotated letters # SKIP ../shared is not here"
    exit 0
fi
work=$build/extraction
rm -rf "$work" && mkdir -p "$work"
export VERBAND_DB="$work/letters.db"
"$build/verband" load $shared/letters > "$work/load.log" 2>&1 || { echo "not ok - annotated letters load"; exit 1; }
"$build/verband" mentions --format jsonl > "$work/mentions.jsonl" && "$build/verband" edges --format jsonl > "$work/edges.jsonl"
score() {
    python3 $shared/evaluate.py score --texts $shared/letters --gold $shared/gold \
        --mentions "$work/mentions.jsonl" --edges "$work/edges.jsonl" "$@"
}
score --by-type | sed 's/^/# /'
for bar in $(grep -vE '^(#|group )' tests/extraction/floors); do
    if score --min "$bar" > /dev/null; then echo "ok - annotated letters: $bar"; else echo "not ok - annotated letters: $bar"; fi
done
# shellcheck disable=SC2046 # a floor a word
python3 tests/extraction/groups.py $shared/evaluate.py $shared/letters $shared/gold "$work/mentions.jsonl" "$work/edges.jsonl" \
    $(sed -n 's/^group //p' tests/extraction/floors) || echo "not ok - groups of relations are measured"
if score | grep -qE '^overlaps +all +0$'; then echo "ok - no mentions overlap"; else echo "not ok - no mentions overlap"; fi
