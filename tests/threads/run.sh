#!/bin/sh
# What runs in threads: a load in several jobs makes the graph that one job makes, also where it is interrupted and goes on, and
# with corrections; an import of many rows. Built with ThreadSanitizer (make tsan) each also watches the memory.
set -u
build=$1
verband=$PWD/$build/verband
dir=$build/threads
if [ ! -x "$verband" ]; then
    echo "ok - threads # SKIP there is no $verband"
    exit 0
fi
rm -rf "$dir" && mkdir -p "$dir/letters"
export USER=jan SOURCE_DATE_EPOCH=1 TSAN_OPTIONS="halt_on_error=0 ${TSAN_OPTIONS:-}"
t() { # name, command...
    name=$1
    shift
    if "$@" > "$dir/out" 2>&1 && ! grep -q 'WARNING: ThreadSanitizer' "$dir/out"; then echo "ok - threads: $name"; else
        echo "not ok - threads: $name"
        head -n 60 "$dir/out" | sed 's/^/# /'
    fi
}
for n in 1 2; do
    for letter in tests/letters/*.txt tests/letters/*.md; do
        [ "$(basename "$letter")" = README.md ] || { cat "$letter" && printf '\nBrief %d.\n' $n; } > "$dir/letters/$n-$(basename "$letter")"
    done
done
graph() { "$verband" --db "$dir/$1.db" edges --format jsonl | sort && "$verband" --db "$dir/$1.db" mentions --format jsonl | sort; }
same() { graph "$1" > "$dir/$1.graph" && graph "$2" > "$dir/$2.graph" && [ -s "$dir/$1.graph" ] && cmp "$dir/$1.graph" "$dir/$2.graph"; }
jobs() {
    "$verband" --db "$dir/one.db" load -q --jobs 1 "$dir/letters" && "$verband" --db "$dir/four.db" load -q --jobs 4 "$dir/letters" && same one four
}
t 'four jobs make the graph that one makes' jobs
interrupted() { # a script's background programs ignore SIGINT: python gives it back
    python3 - "$verband" --db "$dir/cut.db" load -q --jobs 4 "$dir/letters" << 'END' || return 1
import signal, subprocess, sys, time
load = subprocess.Popen(sys.argv[1:], preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), stderr=subprocess.PIPE)
time.sleep(0.4)
load.send_signal(signal.SIGINT)
said = load.communicate(timeout=300)[1].decode()
print(said)
sys.exit(0 if load.returncode in (0, -signal.SIGINT) and "ThreadSanitizer" not in said else 1)
END
    "$verband" --db "$dir/cut.db" load -q --jobs 4 "$dir/letters" && "$verband" --db "$dir/cut.db" check && same one cut
}
t 'a load in four jobs is interrupted, and goes on' interrupted
corrected() { # the same corrections, the letters read again in one job and in two
    "$verband" --db "$dir/one.db" review --top 9 --format tsv | awk 'NR == 1 { print; next } { print (NR % 2 ? "n" : "y") $0 }' > "$dir/reviewed.tsv"
    for n in one four; do "$verband" --db "$dir/$n.db" review --apply "$dir/reviewed.tsv" || return 1; done
    for letter in "$dir"/letters/*; do printf '\nNog een zin over Leeuwarden.\n' >> "$letter"; done
    "$verband" --db "$dir/one.db" load -q --jobs 1 "$dir/letters" && "$verband" --db "$dir/four.db" load -q --jobs 2 "$dir/letters" &&
        same one four && [ "$("$verband" --db "$dir/four.db" corrections --format jsonl | grep -c '"undone":null')" -ge 8 ] &&
        "$verband" --db "$dir/four.db" check
}
t 'corrections hold when letters are read again, in any number of jobs' corrected
imports() {
    awk 'BEGIN { print "id:ID,:LABEL,name"; for (i = 0; i < 9000; i++) printf "%d,Organisation,body %d\n", i, i }' > "$dir/nodes.csv"
    awk 'BEGIN { print ":START_ID,:END_ID,:TYPE"; for (i = 0; i < 20000; i++) printf "%d,%d,SUPPORTS\n", i % 9000, (i * 7 + 1) % 9000 }' > "$dir/edges.csv"
    "$verband" --db "$dir/import.db" import -q "$dir/nodes.csv" "$dir/edges.csv" &&
        [ "$("$verband" --db "$dir/import.db" stats --format tsv | grep -c 20000)" -ge 1 ] && "$verband" --db "$dir/import.db" check
}
t 'an import of many rows' imports
beside() { # two programs load at once, others read meanwhile: each gets its turn, and an answer of one moment
    mkdir -p "$dir/a" "$dir/b"
    for n in 1 2 3 4 5 6 7 8; do
        for letter in tests/letters/0[1-4]*; do
            { cat "$letter" && printf '\nBrief %d.\n' $n; } > "$dir/a/a$n-$(basename "$letter")"
            { cat "$letter" && printf '\nNota %d.\n' $n; } > "$dir/b/b$n-$(basename "$letter")"
        done
    done
    "$verband" --db "$dir/beside.db" load -q tests/letters/05-vragen-woningbouw.txt || return 1
    "$verband" --db "$dir/beside.db" load -q --jobs 2 "$dir/a" &
    a=$!
    "$verband" --db "$dir/beside.db" load -q --jobs 2 "$dir/b" &
    b=$!
    answers=0
    while kill -0 $a 2> /dev/null || kill -0 $b 2> /dev/null; do
        "$verband" --db "$dir/beside.db" stats --format json > "$dir/stats.json" || return 1
        python3 -c 'import json, sys; s = json.load(open(sys.argv[1])); sys.exit(sum(s["years"].values()) != s["documents"])' \
            "$dir/stats.json" || return 1
        answers=$((answers + 1))
    done
    wait $a && wait $b && echo "$answers answers" && [ "$answers" -gt 0 ] && "$verband" --db "$dir/beside.db" check &&
        [ "$("$verband" --db "$dir/beside.db" documents --format tsv | wc -l)" -ge 64 ]
}
t 'two programs load at once, others read meanwhile' beside
