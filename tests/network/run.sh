#!/bin/sh
# Every measure and group of the bridge to igraph beside NetworkX, on random graphs: run.sh BUILD_DIR
set -u
build=$1
python=/usr/bin/python3 # Debian's: another one first in PATH does not see python3-networkx
if ! $python -c 'import networkx' 2> /dev/null; then
    echo 'ok - network figures beside NetworkX # SKIP python3-networkx is not installed'
    exit 0
fi
make --no-print-directory VARIANT="$(basename "$build")" "$build/scores" || exit 1
$python tests/network/compare.py "$build/scores"
$python tests/network/paths.py "$build/verband"
