#!/bin/sh
# demo.sh BINARY FOLDER: load the sample letters, answer, rank, find a path, show a card, write files to look at.
set -eu
binary=$1 folder=$2
letters=$(dirname "$0")/letters
mkdir -p "$folder"
rm -f "$folder"/demo.db*
VERBAND_DB=$folder/demo.db
export VERBAND_DB
verband() {
    printf '\n$ verband'
    for word in "$@"; do case $word in *' '* | *'?'*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac done
    printf '\n'
    "$binary" "$@" --format table 2>&1
}

ls "$letters"/*.txt "$letters"/0*.md > /dev/null 2>&1 || { echo "demo: no letters in $letters" >&2; exit 1; }
printf '$ verband load %s/*.txt %s/0*.md\n' "$letters" "$letters"
"$binary" load "$letters"/*.txt "$letters"/0*.md 2>&1
verband ask 'Wie financiert Water voor Darfur?'
verband ask 'Which countries does the Netherlands cooperate with?'
verband rank --by betweenness --top 8
verband path Tholen 'J.A. Verhulst'
verband show 'GGD Zeeland'

echo
for extension in graphml dot svg; do
    "$binary" export -o "$folder/verband.$extension"
done
echo "Written for you to open: $folder/verband.graphml (Gephi), $folder/verband.dot (Graphviz), $folder/verband.svg (a browser)."
echo "The store is $folder/demo.db: ./verband --db $folder/demo.db ask \"...\""
