#!/bin/sh
# Kill loads with SIGKILL at random moments, 25 of them: afterwards the store opens, passes its check, and holds each document
# wholly or not at all. (tests/unit/test_store_crash.c kills 60 writers of
# the store alone and knows what each batch held.)
set -u
build=$1
verband=$build/verband
dir=$build/crash
if [ ! -x "$verband" ]; then
    echo "ok - a load is killed # SKIP there is no $verband"
    exit 0
fi
rm -rf "$dir" && mkdir -p "$dir/letters"
towns='Leeuwarden Rotterdam Utrecht Zwolle Breda Arnhem Tilburg Almere Groningen Eindhoven'
n=1
while [ "$n" -le 60 ]; do # made-up letters, each with mentions and an edge or two
    town=$(echo "$towns" | cut -d ' ' -f $((n % 10 + 1)))
    other=$(echo "$towns" | cut -d ' ' -f $((n * 3 % 10 + 1)))
    {
        printf 'Datum: %d maart 2024\n\nBrief nummer %d over veiligheid\n\n' $((n % 28 + 1)) "$n"
        printf 'De gemeente %s werkt samen met de gemeente %s en met het ministerie van Financiën.\n\n' "$town" "$other"
        k=0
        while [ $k -lt $((n % 7 + 3)) ]; do
            printf 'In alinea %d noemt de brief %s, de Opiumwet en Kamerstukken II 2023/24, 29911, nr. %d.\n\n' \
                $k "$other" $((400 + n % 40))
            k=$((k + 1))
        done
    } > "$dir/letters/brief-$n.txt"
    n=$((n + 1))
done
documents() { # file, mentions and edges of each document
    "$verband" --db "$1" documents --format tsv 2> /dev/null | sort
}
start=$(date +%s%N)
"$verband" --db "$dir/whole.db" load "$dir/letters" > /dev/null 2>&1 || { echo "not ok - a whole load"; exit 1; }
took=$((($(date +%s%N) - start) / 1000)) # microseconds
documents "$dir/whole.db" > "$dir/whole.tsv"
[ "$(wc -l < "$dir/whole.tsv")" -ge 60 ] || { echo "not ok - the whole load holds 60 documents"; exit 1; }

tries=0 cut=0 bad=0
while [ $cut -lt 25 ] && [ $tries -lt 60 ]; do
    [ $((tries % 3)) != 0 ] || rm -f "$dir/cut.db" "$dir/cut.db-wal" "$dir/cut.db-shm" # else go on with what is there
    "$verband" --db "$dir/cut.db" load "$dir/letters" > /dev/null 2>&1 &
    pid=$!
    random=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
    pause=$((random % (took * 3 / 4) + 1))
    sleep "$(printf '%d.%06d' $((pause / 1000000)) $((pause % 1000000)))"
    kill -9 $pid 2> /dev/null && cut=$((cut + 1))
    wait $pid 2> /dev/null
    tries=$((tries + 1))
    [ -s "$dir/cut.db" ] || continue # killed before there was a store
    "$verband" --db "$dir/cut.db" check > "$dir/check" 2>&1
    code=$?
    if [ $code != 0 ] && ! grep -q 'an empty file' "$dir/check"; then
        bad=$((bad + 1))
        echo "# after $pause us: check ends with $code"
        sed 's/^/# /' "$dir/check"
    fi
    documents "$dir/cut.db" > "$dir/cut.tsv"
    if [ -n "$(comm -23 "$dir/cut.tsv" "$dir/whole.tsv")" ]; then
        bad=$((bad + 1))
        echo "# after $pause us: documents that are not whole"
        comm -23 "$dir/cut.tsv" "$dir/whole.tsv" | head -n 3 | sed 's/^/# /'
    fi
done 2> /dev/null
if [ $bad = 0 ]; then echo "ok - a store after $cut kills is in order and holds whole documents"; else echo "not ok - a store after $cut kills"; fi
if [ $cut -ge 12 ]; then echo "ok - $cut of $tries loads were cut short"; else echo "not ok - only $cut of $tries loads were cut short"; fi
"$verband" --db "$dir/cut.db" load "$dir/letters" > /dev/null 2>&1
documents "$dir/cut.db" > "$dir/cut.tsv"
if cmp -s "$dir/cut.tsv" "$dir/whole.tsv"; then echo "ok - loading again ends in the same graph"; else echo "not ok - loading again ends in the same graph"; fi

t() { # name, command...
    name=$1
    shift
    if "$@" > "$dir/out" 2>&1; then echo "ok - crash: $name"; else
        echo "not ok - crash: $name"
        head -n 20 "$dir/out" | sed 's/^/# /'
    fi
}
in_order() { "$verband" --db "$1" check > /dev/null 2>&1; }
same() { documents "$1" > "$dir/one.tsv" && documents "$2" > "$dir/two.tsv" && cmp "$dir/one.tsv" "$dir/two.tsv"; }

# a copy while somebody writes is the store of one moment
beside_a_writer() {
    rm -f "$dir"/live.db* "$dir"/copy-*
    "$verband" --db "$dir/live.db" load -q "$dir/letters/brief-1.txt" || return 1
    "$verband" --db "$dir/live.db" load "$dir/letters" > /dev/null 2>&1 &
    pid=$!
    for n in 1 2 3; do "$verband" --db "$dir/live.db" backup -q "$dir/copy-$n.db" && in_order "$dir/copy-$n.db" || return 1; done
    wait $pid && "$verband" --db "$dir/live.db" backup -q "$dir/copy-4.db" && same "$dir/live.db" "$dir/copy-4.db"
}
t 'a backup beside a writer is in order' beside_a_writer
restores() {
    rm -f "$dir"/old.db*
    "$verband" --db "$dir/old.db" load -q tests/letters/01-lerarentekort.txt &&
        "$verband" --db "$dir/old.db" restore -q "$dir/copy-4.db" && in_order "$dir/old.db" && same "$dir/old.db" "$dir/live.db" &&
        "$verband" --db "$dir/old.db" load -q tests/letters/01-lerarentekort.txt && in_order "$dir/old.db"
}
t 'a restored store is that of the backup, and goes on' restores
refuses() {
    ! "$verband" --db "$dir/live.db" backup "$dir/copy-4.db" && ! "$verband" --db "$dir/live.db" backup "$dir/no/where.db" &&
        head -c 100000 "$dir/copy-4.db" > "$dir/short.db" && ! "$verband" --db "$dir/old.db" restore "$dir/short.db" &&
        ! "$verband" --db "$dir/old.db" restore tests/letters/01-lerarentekort.txt && in_order "$dir/old.db"
}
t 'a backup replaces no file, and what is no sound store is not restored' refuses
full() { # no room: a file may not grow beyond so many blocks of 512 bytes
    rm -f "$dir"/full.db*
    "$verband" --db "$dir/full.db" load -q "$dir/letters/brief-1.txt" || return 1
    (trap '' XFSZ && ulimit -f 700 && "$verband" --db "$dir/full.db" load -q "$dir/letters")
    [ $? = 4 ] && in_order "$dir/full.db" && (trap '' XFSZ && ulimit -f 100 && ! "$verband" --db "$dir/live.db" backup "$dir/none.db") &&
        [ ! -e "$dir/none.db" ] && [ ! -e "$dir/none.db.part" ] && "$verband" --db "$dir/full.db" load -q "$dir/letters" &&
        in_order "$dir/full.db"
}
t 'no room for a load or a backup: an error, and the store is whole' full

# an import into an empty store is there wholly or not at all, and leaves nothing beside the store that grows
awk 'BEGIN { print "key:ID,:LABEL,name"; for (i = 0; i < 9000; i++) print "n" i ",Document,Naam " i }' > "$dir/nodes.csv"
awk 'BEGIN { print ":START_ID,:END_ID,:TYPE"; for (i = 0; i < 18000; i++) print "n" i % 9000 ",n" i * 7 % 8999 ",CITES" }' \
    > "$dir/edges.csv"
nodes() { "$verband" --db "$1" query 'MATCH (n) RETURN count(n)' --format tsv 2> /dev/null | tail -n 1; }
import_killed() {
    whole=0 none=0
    for part in 1 2 3 4 5 6 7 8 9 10 11 12; do
        rm -f "$dir"/import.db*
        start=$(date +%s%N)
        "$verband" --db "$dir/import.db" import -q "$dir/nodes.csv" "$dir/edges.csv" &
        pid=$!
        if [ "$part" = 1 ]; then
            wait $pid
            took=$((($(date +%s%N) - start) / 1000))
        else
            sleep "$(awk "BEGIN { print $took * ($part - 1) / 11000000 }")"
            kill -9 $pid
            wait $pid
        fi
        [ -s "$dir/import.db" ] || continue
        n=$(nodes "$dir/import.db")
        case ${n:-0} in 9000) whole=$((whole + 1)) ;; 0) none=$((none + 1)) ;; *) echo "$n nodes" && return 1 ;; esac
        [ -z "$n" ] || in_order "$dir/import.db" || return 1
        for file in "$dir"/import.db?*; do
            case $file in *-wal | *-shm | *-journal | *'?*') ;; *) [ ! -s "$file" ] || { echo "$file" && return 1; } ;; esac
        done
    done 2> /dev/null
    echo "whole: $whole, empty: $none"
    [ $whole -ge 1 ] && [ $none -ge 1 ] && "$verband" --db "$dir/import.db" import -q "$dir/nodes.csv" "$dir/edges.csv" &&
        [ "$(nodes "$dir/import.db")" = 9000 ] && in_order "$dir/import.db"
}
t 'an import that is killed is there wholly or not at all' import_killed
import_full() {
    for blocks in 1500 2000 2900; do # the tables alone are 1300
        rm -f "$dir"/import.db*
        (trap '' XFSZ && ulimit -f $blocks && "$verband" --db "$dir/import.db" import -q "$dir/nodes.csv" "$dir/edges.csv")
        code=$?
        [ $code = 3 ] || [ $code = 4 ] || { echo "exit $code at $blocks" && return 1; }
        in_order "$dir/import.db" && [ "$(nodes "$dir/import.db")" = 0 ] || return 1
    done
    "$verband" --db "$dir/import.db" import -q "$dir/nodes.csv" "$dir/edges.csv" && in_order "$dir/import.db"
}
t 'no room for an import: an error, and the store is empty and whole' import_full
# a repair that is killed leaves the store where it was; the next one tidies up after it, and touches no other file
repair_killed() {
    rm -f "$dir"/ill.db*
    "$verband" --db "$dir/ill.db" load -q "$dir/letters" && "$verband" --db "$dir/ill.db" rename Leeuwarden Ljouwert &&
        "$verband" --db "$dir/ill.db" merge Arnhem Almere && "$verband" --db "$dir/ill.db" reject Tilburg || return 1
    documents "$dir/ill.db" > "$dir/before.tsv"
    for name in repaired repair-notes repair-abc12; do echo mine > "$dir/ill.db.$name"; done
    killed=0 took=1
    for part in 1 2 3 4 5; do
        start=$(date +%s%N)
        "$verband" --db "$dir/ill.db" check --repair &
        pid=$!
        [ $part = 1 ] || sleep "$(awk "BEGIN { print $took * ($part - 1) / 6000000 }")"
        [ $part = 1 ] || { kill -9 $pid && killed=$((killed + 1)); }
        wait $pid
        [ $part != 1 ] || took=$((($(date +%s%N) - start) / 1000))
        rm -f "$dir"/ill.db.damaged*
    done 2> /dev/null
    ls -A "$dir" | grep '^ill\.db'
    "$verband" --db "$dir/ill.db" check --repair && in_order "$dir/ill.db" && [ $killed -ge 2 ] &&
        documents "$dir/ill.db" | cmp - "$dir/before.tsv" && "$verband" --db "$dir/ill.db" show Ljouwert > /dev/null &&
        [ "$(cat "$dir/ill.db.repaired" "$dir/ill.db.repair-notes" "$dir/ill.db.repair-abc12" | sort -u)" = mine ] &&
        [ "$(ls "$dir" | grep -c '^ill\.db\.repair')" = 3 ] && "$verband" --db "$dir/ill.db" undo 1 2 3 && in_order "$dir/ill.db" &&
        ! "$verband" --db "$dir/ill.db" check --repair 2> "$dir/refused" && grep -q 'move it away' "$dir/refused"
}
t 'a repair that is killed, and the next one' repair_killed
"$verband" --db "$dir/sick.db" load -q tests/letters/*.txt
python3 tests/crash/damage.py "$verband" "$dir/sick.db" "$dir" "${VERBAND_DAMAGES:-24}"
