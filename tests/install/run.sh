#!/bin/sh
# make install: a program of somebody else builds and runs with what it leaves, pages say what help says, completions work.
set -u
build=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
t() { # name, command...
    name=$1
    shift
    if "$@" > "$work/out" 2>&1; then echo "ok - install: $name"; else
        echo "not ok - install: $name"
        head -n 20 "$work/out" | sed 's/^/# /'
    fi
}
root=$work/root
t 'make install into a folder of its own' make --no-print-directory VARIANT="$(basename "$build")" install "DESTDIR=$root" PREFIX=/opt/verband
at=$root/opt/verband
uses() { # built and linked as pkg-config says, with the sanitizers that the library was built with
    flags=$(PKG_CONFIG_LIBDIR="$at/lib/pkgconfig:$(pkg-config --variable pc_path pkg-config)" \
        pkg-config --define-variable=prefix="$at" --cflags --libs verband) || return 1
    sanitize=''
    nm -D "$at/lib/libverband.so" | grep -q __asan && sanitize='-fsanitize=address,undefined'
    # shellcheck disable=SC2086 # lists of options
    ${CC:-gcc} -Wall -Werror $sanitize -o "$work/use" tests/install/use.c $flags || return 1
    [ "$(LD_LIBRARY_PATH=$at/lib "$work/use")" = Municipality ] && readelf -d "$work/use" | grep -q 'libverband\.so\.0'
}
t 'a program builds and runs against the shared library' uses
shows() {
    nm -D --defined-only "$at/lib/libverband.so" | awk '{ print $3 }' | grep -E '^vb_' | sort > "$work/shown"
    grep -hoE '\bvb_[a-z0-9_]+\(' graph/verband*.h | tr -d '(' | grep -v '_fn$' | sort -u | diff - "$work/shown" &&
        ! nm -D --defined-only "$at/lib/libverband.so" | awk '$3 !~ /^(vb_|__|_)/' | grep .
}
t 'the shared library shows what verband.h declares, and no more' shows
if command -v mandoc > /dev/null; then
    t 'every page says what the help says' python3 tests/install/pages.py "$at/bin/verband" "$at/share/man/man1"
    sound() { mandoc -Tlint -Wwarning "$at"/share/man/man1/*.1; }
    t 'the pages are sound roff' sound
else
    echo 'ok - install: pages # SKIP mandoc is not installed'
fi
completes() { # words of the command line and what is offered
    want=$1
    shift
    got=$(bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _verband; echo "${COMPREPLY[@]}"' bash \
        "$at/share/bash-completion/completions/verband" "$@")
    [ "$got" = "$want" ] || { echo "$* gives $got"; return 1; }
}
completion() {
    completes 'path' verband pa && completes 'pagerank' verband rank --by page && completes '--min-evidence' verband rank --min-e &&
        completes 'Municipality' verband --db x.db rank --label Mun && completes 'graphml' verband export --format graphm
}
t 'bash completes commands, options and values' completion
if command -v zsh > /dev/null; then
    t 'the completion of zsh is sound' zsh -n "$at/share/zsh/site-functions/_verband"
else
    echo 'ok - install: zsh # SKIP zsh is not installed'
fi
