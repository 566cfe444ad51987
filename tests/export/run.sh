#!/bin/sh
# Exports: what is written is read back by other programs and compared with the SQLite file, over a graph of names
# that mean harm and over the sample letters. With VERBAND_BROWSER (make check-all) also by readers of npm, which
# readers/package-lock.json pins, and by a browser.
set -u
build=$1
verband=${VERBAND:-$build/verband}
here=tests/export
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
db=$work/graph.db
letters=$work/letters.db
python=/usr/bin/python3 # Debian's, which sees the packages of apt

t() { # name, command...
    name=$1
    shift
    if "$@" > "$work/out" 2>&1; then echo "ok - export: $name"; else
        echo "not ok - export: $name"
        head -n 20 "$work/out" | sed 's/^/# /'
    fi
}
export_to() { # file, option...
    file=$1
    shift
    "$verband" --db "$db" export -o "$file" "$@"
}
check() { "$python" $here/check.py "$1" "$db" "$2" ${3:+"$3"}; }
check_letters() { # check, extension
    "$verband" --db "$letters" export -o "$work/l.$2" && "$python" $here/check.py "$1" "$letters" "$work/l.$2"
}

"$python" $here/make.py "$work/nodes.csv" "$work/edges.csv" || exit 1
t 'the graph is imported' "$verband" --db "$db" import -q "$work/nodes.csv" "$work/edges.csv"
for format in graphml gexf dot svg png pdf json cyjs; do t "$format is written" export_to "$work/g.$format"; done
t 'the sample letters are loaded' "$verband" --db "$letters" load -q tests/letters
t 'graphml with mentions is written' export_to "$work/m.graphml" --mentions

for reader in networkx igraph; do
    if "$python" -c "import $reader" 2>/dev/null; then
        t "$reader reads the GraphML: every node, edge and attribute" check $reader "$work/g.graphml"
        t "$reader reads the GraphML with mentions" check $reader "$work/m.graphml" mentions
        t "$reader reads the GraphML of letters" check_letters $reader graphml
    else
        echo "ok - export: $reader # SKIP python3-$reader is not installed"
    fi
done
if "$python" -c 'import networkx' 2>/dev/null; then
    t 'NetworkX reads the node-link JSON' check json "$work/g.json"
    t 'NetworkX reads the node-link JSON of letters' check_letters json json
else
    echo 'ok - export: NetworkX reads the node-link JSON # SKIP python3-networkx is not installed'
fi
projects() { # of, over, relations or '', least weight
    export_to "$work/p.json" --project "$1:$2" ${3:+--relations "$3"} --min-weight "$4" &&
        "$python" $here/check.py project "$db" "$work/p.json" "$1" "$2" "$3" "$4"
}
if "$python" -c 'import networkx' 2>/dev/null; then
    t 'who is named together, as NetworkX projects it' projects Municipality Document '' 1
    t 'a projection over relations, as NetworkX projects it' projects Municipality Programme '' 1
    t 'a projection over one relation, as NetworkX projects it' projects Municipality Programme PARTICIPATES_IN 1
    t 'a projection with a threshold, as NetworkX projects it' projects Municipality Document '' 2
else
    echo 'ok - export: projections # SKIP python3-networkx is not installed'
fi
community() {
    export_to "$work/c.json" --project Municipality:Document --community GM0001 && grep -q GM0005 "$work/c.json" &&
        ! grep -q GM0002 "$work/c.json" && ! export_to "$work/c.json" --community 999
}
t 'the community of a node alone' community
t 'the GEXF holds every node, edge and attribute, typed as declared' check gexf "$work/g.gexf"
t 'the GEXF of letters does so too' check_letters gexf gexf
if command -v xmllint > /dev/null; then
    valid() { xmllint --nonet --noout --relaxng $here/gexf13.rng "$@"; }
    t 'the GEXF is what the grammar of GEXF 1.3 allows' valid "$work/g.gexf" "$work/l.gexf"
    refused() { sed "$1" "$work/g.gexf" > "$work/bad.gexf" && ! cmp "$work/g.gexf" "$work/bad.gexf" && ! valid "$work/bad.gexf"; }
    t 'which refuses a wrong date' refused 's/ start="2024-01-15"/ start="15 januari"/'
    t 'which refuses a wrong type' refused 's/type="long"/type="int"/'
    t 'which refuses an unknown element' refused 's/<nodes>/<nodes><knoop\/>/'
else
    echo 'ok - export: the GEXF is what the grammar of GEXF 1.3 allows # SKIP no xmllint (Debian: libxml2-utils)'
fi
t 'the JSON for Cytoscape holds every node, edge and attribute' check cyjs "$work/g.cyjs"
t 'the JSON for Cytoscape of letters does so too' check_letters cyjs cyjs
readers=$build/readers # node_modules and the scripts beside them
install() {
    mkdir -p "$readers" && cp $here/readers/* "$readers" || return 1
    [ "$readers/node_modules/.package-lock.json" -nt "$readers/installed" ] &&
        cmp -s "$readers/package-lock.json" "$readers/installed" && return
    (cd "$readers" && npm ci --ignore-scripts --no-audit --no-fund) && cp -p "$readers/package-lock.json" "$readers/installed"
}
reads() { # reader as check.py calls it, kind, file, its store
    node "$readers/read.js" "$2" "$3" > "$work/read.json" && "$python" $here/check.py "$1" "$4" "$work/read.json"
}
if [ "${VERBAND_BROWSER:-}" ]; then
    t 'the readers of npm are installed' install
    for graph in "g $db" "l $letters"; do
        file=$work/${graph%% *}
        t "graphology reads the GraphML (${graph%% *})" reads graphology-graphml graphml "$file.graphml" "${graph#* }"
        t "graphology reads the GEXF (${graph%% *})" reads graphology-gexf gexf "$file.gexf" "${graph#* }"
        t "Cytoscape.js reads its JSON (${graph%% *})" reads cytoscape cyjs "$file.cyjs" "${graph#* }"
    done
else
    echo 'ok - export: graphology and Cytoscape.js # SKIP make check-all does that'
fi
t 'the CSV for Gephi is written into a folder' export_to "$work/gephi" --format csv
t 'the CSV for Gephi holds every node and edge, and no formula' check gephi "$work/gephi"
again() { # out, in, and what is in then
    export_to "$work/neo4j" --format neo4j --mentions &&
        "$verband" --db "$work/again.db" import -q "$work/neo4j/nodes.csv" "$work/neo4j/edges.csv" &&
        check neo4j "$work/again.db" mentions
}
t 'the CSV for Neo4j is read back by verband import: every node and edge' again
no_folder() { ! "$verband" --db "$db" export --format csv && ! export_to "$work/g.json" --format csv && ! export_to "$work/no/where" --format csv; }
t 'formats of two files need a folder' no_folder
if "$verband" --db "$db" export -o "$work/g.html" 2> "$work/said"; then
    t 'the page is well-formed, loads nothing, and holds the data of the JSON' check html "$work/g.html"
    if command -v chromium > /dev/null && [ "${VERBAND_BROWSER:-}" ]; then
        node "$readers/browser.js" "$(command -v chromium)" "$work/g.html" 'gemeente 3' 'Gemeente 3' 200
        "$python" $here/make.py "$work/many-nodes.csv" "$work/many-edges.csv" 1000 5000
        "$verband" --db "$work/many.db" import -q "$work/many-nodes.csv" "$work/many-edges.csv"
        "$verband" --db "$work/many.db" export -o "$work/many.html"
        echo '# 1,000 nodes and 5,000 edges'
        node "$readers/browser.js" "$(command -v chromium)" "$work/many.html" 'gemeente 42' 'Gemeente 42' 50
    else
        echo 'ok - export: the page in a browser # SKIP make check-all with chromium does that'
    fi
else
    grep -q node-d3 "$work/said" && echo 'ok - export: the page # SKIP this build has no d3 (Debian: node-d3)' ||
        echo 'not ok - export: the page is written'
fi
t 'the SVG is XML with every node and edge, legend, title and tooltips' check svg "$work/g.svg"
for file in g.graphml g.gexf g.dot g.json g.cyjs; do t "$file is UTF-8 without control characters" check text "$work/$file"; done

renders() { # engine, file: without a word of complaint
    "$1" -Tsvg "$2" -o "$work/$1.svg" 2> "$work/complaint" || return 1
    cat "$work/complaint"
    [ ! -s "$work/complaint" ] && check svg "$work/$1.svg"
}
for engine in dot neato sfdp; do t "$engine renders the DOT" renders $engine "$work/g.dot"; done

same_bytes() { # file or folder of this store; format; and once more from another store, in another zone, a second later
    export_to "$work/again.$2" --format "$2" && diff -r "$work/$1" "$work/again.$2" &&
        TZ=Asia/Tokyo "$verband" --db "$work/other.db" export -o "$work/other.$2" --format "$2" &&
        diff -r "$work/$1" "$work/other.$2"
}
t 'the same files into another store' "$verband" --db "$work/other.db" import -q "$work/nodes.csv" "$work/edges.csv"
sleep 1
for format in graphml gexf dot svg png pdf json; do t "$format: the same bytes" same_bytes g.$format $format; done
t 'cytoscape: the same bytes' same_bytes g.cyjs cytoscape
t 'csv: the same bytes' same_bytes gephi csv
export_to "$work/neo4j" --format neo4j && t 'neo4j: the same bytes' same_bytes neo4j neo4j
[ ! -e "$work/g.html" ] || t 'html: the same bytes' same_bytes g.html html

without_graphviz() {
    ! PATH=/nonexistent "$verband" --db "$db" export -o "$work/none.svg" 2> "$work/said" || return 1
    grep -q 'Graphviz' "$work/said" && [ ! -e "$work/none.svg" ]
}
t 'without Graphviz a picture is refused, with its reason' without_graphviz
own_style() {
    mkdir -p "$work/data" && sed 's/#009E73/#123456/' export/style.tsv > "$work/data/style.tsv"
    export_to "$work/own.dot" --data "$work/data" && grep -q 'fillcolor="#123456"' "$work/own.dot"
}
t "a user's own style.tsv is taken" own_style
sized() { export_to "$work/s.graphml" --size-by pagerank && grep -q 'attr.name="pagerank" attr.type="double"' "$work/s.graphml"; }
t 'sizes by a measure, which is an attribute' sized
full_disk() { [ -e /dev/full ] && ! "$verband" --db "$db" export --format graphml > /dev/full; }
t 'a full disk is an error' full_disk
