#!/bin/sh
# Print a C file that builds the data files named as arguments into the library, with their table (vb_data_files).
# build/.../gen/NAME.tsv becomes loaders/gazetteer/NAME.tsv, d3.min.js, wherever it is installed, export/d3.min.js.
set -eu
echo '#include "graph/graph.h"'
rows=''
n=0
for file in $(for f in "$@"; do
    case "$f" in
    */d3.min.js) echo "export/d3.min.js=$f" ;;
    build/*/gen/*) echo "loaders/gazetteer/$(basename "$f")=$f" ;;
    *) echo "$f=$f" ;;
    esac
done | LC_ALL=C sort); do
    name=${file%%=*} from=${file#*=}
    printf '__asm__(".section .rodata\\nvb_data_%d:\\n.incbin \\"%s\\"\\nvb_data_%d_end:\\n.byte 0\\n.previous");\n' "$n" "$from" "$n"
    printf 'extern const char vb_data_%d[], vb_data_%d_end[];\n' "$n" "$n"
    rows="$rows    { \"$name\", vb_data_$n, vb_data_${n}_end },
"
    n=$((n + 1))
done
printf 'static const vb_data_file files[] = {\n%s};\n' "$rows"
cat <<'C'
const vb_data_file *vb_data_files(size_t *n)
{
    *n = VB_COUNT(files);
    return files;
}
C
