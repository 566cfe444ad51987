#!/bin/sh
# Golden tests over our own letters. First the score against what a careful reader finds (tests/letters/*.gold) must
# not fall below its floors; then every transcript (*.transcript: a line "$ verband ..." and what it prints) must come
# out as it stands. `make golden` accepts what comes out now: read the difference before you commit it.
set -u
build=$1 accept=${2:-}
here=tests/golden
work=$build/golden
rm -rf "$work" && mkdir -p "$work"
verband=$PWD/$build/verband
export VERBAND_DB="$PWD/$work/letters.db" NO_COLOR=1 COLUMNS=100
if ! "$verband" load tests/letters/*.txt tests/letters/0*.md > "$work/load.log" 2>&1; then
    echo "not ok - the sample letters load"
    sed 's/^/# /' "$work/load.log"
    exit 1
fi
echo "ok - the sample letters load"

"$verband" mentions --format jsonl > "$work/mentions.jsonl"
"$verband" edges --format jsonl > "$work/edges.jsonl"
python3 $here/score.py tests/letters "$work/mentions.jsonl" "$work/edges.jsonl" > "$work/score.tsv" 2>&1
# the last line is "all"; floors are a little below what was reached, raised when it rises
awk -F'[\t ]' -v floors="$(grep -v '^#' $here/floors)" '
    { print "# " $0 }
    $1 == "all" {
        split(floors, f, "\n")
        for (i in f) {
            split(f[i], w, " ")
            got = value(w[1], w[2])
            printf "%s - sample letters: %s %s is %s, at least %s\n", (got >= w[3] ? "ok" : "not ok"), w[1], w[2], got, w[3]
        }
        all = 1
    }
    END { if (!all) print "not ok - sample letters: scored" }
    function value(what, figure,   j) {
        for (j = 1; j <= NF && $j != what; j++) { }
        if (what == "evidence") return $(j + 1)
        for (; j <= NF && $j != figure; j++) { }
        return $(j + 1)
    }' "$work/score.tsv"

for transcript in $here/*.transcript; do
    name=$(basename "$transcript" .transcript)
    verband() { "$verband" "$@"; }
    while IFS= read -r line; do
        case $line in
        '$ '*)
            printf '%s\n' "$line"
            (cd tests/letters && eval "${line#\$ }" 2>&1 < /dev/null)
            code=$?
            [ "$code" = 0 ] || echo "[exit $code]"
            ;;
        '#'*) printf '%s\n' "$line" ;;
        esac
    done < "$transcript" > "$work/$name.got"
    if cmp -s "$transcript" "$work/$name.got"; then
        echo "ok - $name.transcript"
    elif [ "$accept" = --accept ]; then
        cp "$work/$name.got" "$transcript"
        echo "ok - $name.transcript accepted"
    else
        echo "not ok - $name.transcript"
        diff -u "$transcript" "$work/$name.got" | sed 's/^/# /' | head -n 60
    fi
done
