#!/bin/sh
# The TCK runner on feature files of our own (some must fail, each for its own reason), then openCypher's TCK beside
# the repository, compared with the manifest of what passed before: run.sh BUILD_DIR [--accept]
set -u
build=$1
tck=$build/tck
here=tests/tck
shared=${TCK:-../shared/tck/features}
make --no-print-directory VARIANT="$(basename "$build")" "$tck" || exit 1
verdict() { # name, findings on standard input
    found=$(cat)
    if [ -z "$found" ]; then echo "ok - $1"; else echo "not ok - $1" && echo "$found" | sed 's/^/# /'; fi
}
accept() { # openCypher's, in full
    "$tck" -q -w "$build/tck.manifest" "$shared"
    { grep '^#' $here/manifest && grep '^passed' "$build/tck.manifest"; } > "$build/tck.accepted"
    cp "$build/tck.accepted" $here/manifest
}
[ "${2:-}" = --accept ] && { accept; exit; }

"$tck" -q $here/own > "$build/tck.own" 2>&1
grep -vE '^[0-9]+ passed, 0 failed, 1 skipped$' "$build/tck.own" | verdict 'scenarios of our own pass, one is skipped'

"$tck" $here/false > "$build/tck.false" 2>&1
grep -E '^(passed|skipped)' "$build/tck.false" | verdict 'no scenario with a false expectation passes'
awk '/^failed/ && / => / { why = substr($0, index($0, " => ") + 4); at = index(why, "  [")
        if (!index(substr(why, at + 3), substr(why, 1, at - 1))) print }' "$build/tck.false" |
    verdict 'each fails for the reason that its name tells'
n=$(grep -c '^failed' "$build/tck.false")
[ "$n" -gt 80 ] && grep -q 'text.feature.*\[a doc string without an end\]' "$build/tck.false" && n=
echo "$n" | grep . | verdict 'they are more than eighty, and a file that is no Gherkin fails too'

"$tck" -t 1 $here/slow > "$build/tck.slow" 2>&1
{
    { grep -q '^failed .*\[time: no outcome within 1 s\]' "$build/tck.slow" && grep -q '^1 passed, 1 failed' "$build/tck.slow"; } ||
        cat "$build/tck.slow"
} | verdict 'a query without an end fails alone'
# shellcheck disable=SC3045 # dash, bash and busybox know -t
(ulimit -t 1 && "$tck" -t 60 $here/slow) > "$build/tck.slow" 2>&1
{
    { grep -q '^failed .*\[crash: ' "$build/tck.slow" && grep -q '^1 passed, 1 failed' "$build/tck.slow"; } ||
        cat "$build/tck.slow"
} | verdict 'a process that dies fails one scenario'

# a manifest that says of every false scenario that it passed
"$tck" -w "$build/tck.wrong" $here/false > "$build/tck.out" 2>&1
sed -i 's/^failed/passed/' "$build/tck.wrong"
"$tck" -q -k "$build/tck.wrong" $here/false > "$build/tck.out" 2>&1
n=$(grep -c . "$build/tck.wrong")
grep -q "^manifest: $n regressed, 0 newly passed, $n kept, 0 " "$build/tck.out" && n=
echo "$n" | grep . | verdict 'what passed once and fails now has regressed'

if [ ! -d "$shared" ]; then
    echo "ok - openCypher's TCK # SKIP no folder $shared"
    exit 0
fi
"$tck" -q -k $here/manifest -w "$build/tck.manifest" "$shared" > "$build/tck.out" 2>&1
grep -E '^regressed|ended badly' "$build/tck.out" | verdict "openCypher's TCK: nothing that passed fails ($(tail -n 1 "$build/tck.out"))"
grep -qE '^manifest: 0 regressed' "$build/tck.out" || tail -n 5 "$build/tck.out" | verdict "openCypher's TCK could be run"
