#!/bin/sh
# The tree is the architecture: includes point only to the left (graph <- loaders, queries, export <- cli), the
# command line sees nothing of the library but verband.h, only vb_ symbols leave the library, and files stay short.
set -u
build=$1
ok() { echo "ok - $1"; }
bad() { echo "not ok - $1"; sed 's/^/# /'; }
verdict() { # name, findings on standard input
    found=$(cat)
    if [ -z "$found" ]; then ok "$1"; else echo "$found" | bad "$1"; fi
}

includes() { # room, allowed rooms
    grep -Hn '^#include "' "$1"/*.[ch] "$1"/*/*.[ch] 2>/dev/null | grep -vE "#include \"($2)/"
}
includes graph 'graph' | verdict 'graph includes graph alone'
for room in loaders queries export; do
    includes $room "graph|$room" | verdict "$room includes graph and itself alone"
done
includes cli 'cli' | grep -v '#include "graph/verband.h"' | verdict 'cli includes verband.h and itself alone'

# the check itself must be able to fail
mkdir -p "$build/arch/graph" && echo '#include "loaders/loaders.h"' > "$build/arch/graph/wrong.c"
if (cd "$build/arch" && includes graph graph) | grep -q 'wrong.c:1'; then
    ok 'an include that points back is found'
else
    echo 'not found' | bad 'an include that points back is found'
fi

nm -g --defined-only "$build/libverband.a" 2>/dev/null | awk 'NF == 3 && $3 !~ /^(vb_|__asan|__odr_asan)/ { print $3 }' |
    verdict 'the library defines vb_ symbols alone'
grep -hoE '\bvb_[a-z0-9_]+\(' graph/verband*.h | tr -d '(' | sort -u | grep -vE '_fn$' > "$build/arch/declared"
nm -g --defined-only "$build/libverband.a" 2>/dev/null | awk 'NF == 3 && $2 == "T" { print $3 }' | sort -u > "$build/arch/defined"
comm -23 "$build/arch/declared" "$build/arch/defined" | verdict 'every function of verband.h is defined'
grep -nE '^static ([a-z_]+ )+\**[a-z_]+(\[[^]]*\])*( = .*)?;' $(find graph loaders queries export -name '*.c') /dev/null |
    grep -v 'const' | verdict 'the library keeps no state at file scope'
for f in $(git ls-files '*.c' '*.h' 2>/dev/null || find . -name '*.[ch]'); do
    n=$(wc -l < "$f")
    [ "$n" -le 500 ] || echo "$f: $n lines"
done | verdict 'no source file is over 500 lines'
awk 'FNR == 1 { open = 0 } /^[a-z].*\)$/ { name = $0; start = FNR } /^\{$/ { open = FNR }
     /^\}$/ && open { if (FNR - open - 1 > 60) print FILENAME ": " name ": " FNR - open - 1 " lines"; open = 0 }' \
    $(find graph loaders queries export cli -name '*.c') | verdict 'no function is over 60 lines'
grep -rnE '\b(TODO|FIXME|XXX)\b' graph loaders queries export cli tests --include='*.[ch]' --include='*.sh' --include='*.py' |
    grep -v '^tests/arch/run.sh' | verdict 'nothing is marked as left to do'
