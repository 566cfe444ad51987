#!/bin/sh
# Kill corrections, their undoing and loads under them with SIGKILL at random moments: afterwards the store passes its check, each
# reviewed file is in it wholly or not at all, and when all is taken back the graph is as before.
set -u
build=$1
verband=$PWD/$build/verband
dir=$build/corrections
rm -rf "$dir" && mkdir -p "$dir/letters"
cp tests/letters/0[1-5]* "$dir/letters"
db=$dir/cut.db
export USER=jan
"$verband" --db "$db" load -q "$dir/letters" || { echo 'not ok - the letters load'; exit 1; }
graph() { "$verband" --db "$db" edges --format tsv | sort; }
graph > "$dir/before"
# twelve corrections a file: what a person answered to the most doubtful
"$verband" --db "$db" review --format tsv --top 12 | awk 'NR == 1 { print; next } { print (NR % 3 ? "n" : "y") $0 }' > "$dir/reviewed.tsv"
active() { "$verband" --db "$db" corrections --format jsonl | grep -c '"undone":null'; }
numbers() { "$verband" --db "$db" corrections --format jsonl | grep '"undone":null' | sed 's/^{"id":\([0-9]*\).*/\1/'; }
start=$(date +%s%N)
"$verband" --db "$db" review --apply "$dir/reviewed.tsv" 2> /dev/null
took=$((($(date +%s%N) - start) / 1000)) # microseconds
all=$(active)
[ "$all" -ge 10 ] || { echo "not ok - corrections are made ($all)"; exit 1; }
kills=0 bad=0 tries=0
while [ $tries -lt 24 ]; do
    case $((tries % 3)) in
    0)
        # shellcheck disable=SC2046 # numbers
        set -- undo $(numbers)
        [ $# -gt 1 ] || set -- review --apply "$dir/reviewed.tsv"
        ;;
    1) set -- review --apply "$dir/reviewed.tsv" ;;
    2)
        echo >> "$dir/letters/02-vaccinatie.md"
        set -- load -q "$dir/letters"
        ;;
    esac
    "$verband" --db "$db" "$@" > /dev/null 2>&1 &
    pid=$!
    pause=$(($(od -An -N4 -tu4 /dev/urandom | tr -d ' ') % took + 1))
    sleep "$(printf '%d.%06d' $((pause / 1000000)) $((pause % 1000000)))"
    kill -9 $pid && kills=$((kills + 1))
    wait $pid
    tries=$((tries + 1))
    "$verband" --db "$db" check > "$dir/check" 2>&1 || { bad=$((bad + 1)); sed 's/^/# /' "$dir/check"; }
    n=$(active)
    [ "$n" = 0 ] || [ "$n" = "$all" ] || { bad=$((bad + 1)); echo "# $n of $all corrections after a kill"; }
done 2> /dev/null
if [ $bad = 0 ]; then echo "ok - corrections after $kills kills are whole or not there"; else echo 'not ok - corrections after kills'; fi
if [ $kills -ge 4 ]; then echo "ok - $kills of $tries were cut short"; else echo "not ok - only $kills of $tries were cut short"; fi
"$verband" --db "$db" load -q "$dir/letters"
# shellcheck disable=SC2046 # numbers
[ "$(active)" = 0 ] || "$verband" --db "$db" undo $(numbers)
graph > "$dir/after"
if cmp -s "$dir/before" "$dir/after"; then echo 'ok - taken back, the graph is as before'; else
    echo 'not ok - taken back, the graph is as before'
    diff "$dir/before" "$dir/after" | head -n 10 | sed 's/^/# /'
fi
