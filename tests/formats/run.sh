#!/bin/sh
# Formats: letters of our own rendered to DOCX, ODT, HTML, PDF and ZIP and read back, what each format can hold,
# hostile files, and real ones where ../shared has them.
set -u
build=$1
work=$PWD/$build/formats
rm -rf "$work" && mkdir -p "$work"
unset VERBAND_DB
python3 tests/formats/check.py "$PWD/$build/verband" "$work/files" "$PWD/tests/letters" "$PWD/../shared"
