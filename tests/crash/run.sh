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
