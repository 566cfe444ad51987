#!/bin/sh
# Run every test of a build folder and add up: unit tests (cmocka), then each tests/*/run.sh. All speak TAP:
# a line "ok ..." or "not ok ..." a test, "# SKIP" where one could not run. Closes with "N passed, N failed".
set -u
build=$1
log=$build/test.log
: > "$log"
export CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS="detect_leaks=1:${ASAN_OPTIONS:-}" UBSAN_OPTIONS="print_stacktrace=1:${UBSAN_OPTIONS:-}"
export LSAN_OPTIONS="suppressions=tests/lsan.supp:print_suppressions=0"
one() {
    name=$1
    shift
    "$@" > "$build/one.log" 2>&1
    code=$?
    bad=$(grep -c '^not ok' "$build/one.log")
    # a program that fails without saying which test, or says nothing at all, failed
    [ "$code" = 0 ] || [ "$bad" != 0 ] || echo "not ok - $name ended with $code" >> "$build/one.log"
    grep -qE '^(not )?ok' "$build/one.log" || echo "not ok - $name ran no test" >> "$build/one.log"
    grep -q '^not ok' "$build/one.log" && { echo "--- $name"; grep -v '^ok' "$build/one.log" | head -n 80; }
    cat "$build/one.log" >> "$log"
}
variant=$(basename "$build") wrap='' under=$build
if [ "$variant" = valgrind ]; then # also the program that the suites run; freeres would empty environ, and what it holds seem lost
    export VB_SLOW=20
    unset VERBAND_THOROUGH VERBAND_BROWSER
    wrap="valgrind -q --run-libc-freeres=no --suppressions=$PWD/tests/valgrind.supp --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite --error-exitcode=9"
    under=$build/under
    mkdir -p "$under"
    printf '#!/bin/sh\nexec %s "%s/%s/verband" "$@"\n' "$wrap" "$PWD" "$build" > "$under/verband"
    chmod +x "$under/verband"
fi
wanted() { # under ThreadSanitizer only what has threads; under valgrind, of the suites, those that meet every command
    case $variant:$1 in
    tsan:*/test_load | tsan:*/test_import | tsan:*/test_store_readers | tsan:tests/threads/* | tsan:tests/shell/*) ;;
    valgrind:tests/golden/* | valgrind:tests/hostile/*) ;;
    tsan:* | valgrind:tests/*) return 1 ;;
    esac
}
for t in "$build"/unit/*; do
    case $(basename "$t") in *.*) continue ;; esac # what the compiler leaves beside a program
    wanted "$t" || continue
    # shellcheck disable=SC2086 # a command and its options
    one "$t" $wrap "$t"
done
for t in tests/*/run.sh; do
    case $t in tests/fuzz/* | tests/bench/* | 'tests/*/run.sh') continue ;; esac
    wanted "$t" || continue
    one "$t" sh "$t" "$under"
done
skipped=$(grep -ciE '^ok.*# *skip' "$log")
passed=$(($(grep -c '^ok' "$log") - skipped))
failed=$(grep -c '^not ok' "$log")
grep -iE '^ok.*# *skip' "$log"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
