#!/bin/sh
# Run every fuzz target of a folder for some seconds each, from its corpus: fuzz_load starts from corpus/load.
# What it finds is left in the folder, a file a crash; new inputs go into a scratch folder, not into the corpus.
# Without entropic scheduling: with as many features as openCypher has it takes three quarters of the time.
set -u
targets=$1 seconds=$2 failed=0
for target in "$targets"/fuzz_*; do
    case $target in *.d | *.log) continue ;; esac
    name=$(basename "$target")
    scratch=$targets/found-${name#fuzz_}
    mkdir -p "$scratch"
    if "$target" -max_total_time="$seconds" -max_len=16384 -timeout=10 -rss_limit_mb=2048 -verbosity=0 -entropic=0 \
        -artifact_prefix="$targets/$name-" "$scratch" "tests/fuzz/corpus/${name#fuzz_}" 2> "$targets/$name.log"; then
        echo "ok - $name held for $seconds seconds"
    else
        echo "not ok - $name"
        tail -n 40 "$targets/$name.log"
        failed=1
    fi
done
exit $failed
