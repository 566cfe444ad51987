#!/bin/sh
# Lint the C files named as arguments: format, compiler warnings of gcc and clang, clang-tidy, cppcheck.
# GEN: the folder of the generated grammar (build/release/gen).
set -u
fail=0
flags="-std=gnu17 -I. -I${GEN:-build/release/gen} -D_GNU_SOURCE $(pkg-config --cflags igraph sqlite3 libcjson libpcre2-8 libutf8proc libxml-2.0 libarchive)"
warn='-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Werror'
step() {
    printf '%s\n' "== $1"
    shift
    "$@" || { fail=1; echo "lint: failed"; }
}
headers=$(find graph loaders queries export cli -name '*.h')
tests=$(find tests -name '*.c')
# shellcheck disable=SC2086 # lists are lists
{
    step clang-format clang-format --dry-run -Werror "$@" $headers $tests
    for cc in gcc clang; do
        for f in "$@"; do $cc $flags $warn -fsyntax-only "$f" || fail=1; done
        echo "== $cc: no warning left in $# files, or see above"
    done
    step cppcheck cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability \
        --inline-suppr --suppress=missingIncludeSystem --suppressions-list=tests/cppcheck.supp -I. "$@"
    echo "== clang-tidy"
    printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} clang-tidy --quiet {} -- $flags 2> /dev/null || { fail=1; echo "lint: failed"; }
}
exit $fail
