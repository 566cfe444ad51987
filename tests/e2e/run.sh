#!/bin/sh
# The program as people and scripts meet it: help, usage, stores, loads, formats, hostile names, terminals, signals.
# What it answers is the golden tests' business; here it is that it answers in the promised form.
set -u
build=$1
work=$PWD/$build/e2e
rm -rf "$work" && mkdir -p "$work"
verband=$PWD/$build/verband
mkdir -p "$work/letters" && cp tests/letters/*.txt tests/letters/0*.md "$work/letters"
letters=$work/letters
here=$PWD/tests/e2e
unset VERBAND_DB NO_COLOR
export VERBAND_BINARY="$verband" TERM=xterm
cd "$work" || exit 1

ok() { echo "ok - $1"; }
bad() { echo "not ok - $1"; sed 's/^/# /' out err 2>/dev/null | head -n 12; }
verdict() { if [ "$1" = 0 ]; then ok "$2"; else bad "$2"; fi; }

# ends CODE NAME ARGS...: the program ends with CODE; its output is in out and err
ends() {
    code=$1 name=$2
    shift 2
    "$verband" "$@" > out 2> err < /dev/null
    got=$?
    [ "$got" = "$code" ] || { bad "$name: ends with $got, not $code"; return 1; }
    ok "$name"
}
# says NAME PATTERN: the last run said so, in lines that begin with the program's name
says() {
    { grep -qE "$2" err && ! grep -qv '^verband: ' err; }
    verdict $? "$1"
}

# ---- help and usage
"$verband" help > out 2> err
commands=$(sed -n 's/^  \([a-z-]*\)  .*/\1/p' out)
[ "$(echo "$commands" | wc -w)" -ge 20 ]
verdict $? 'help lists the commands'
wrong=
for command in $commands; do
    "$verband" "$command" -h > out 2> err || wrong="$wrong $command"
    grep -q '^example:' out && grep -q "^  .*verband $command" out && grep -q '^usage:' out && grep -q '^options:' out ||
        wrong="$wrong $command"
    "$verband" help "$command" | cmp -s - out || wrong="$wrong $command"
done
echo "$wrong" > out
[ -z "$wrong" ]
verdict $? 'every command explains itself, with an example'
ends 0 'version' --version && grep -qE '^verband [0-9]+\.[0-9]+\.[0-9]+$' out
verdict $? 'version is a number'
ends 0 'help by option' --help && ends 2 'no command' && says 'no command: a hint' 'verband help'
ends 2 'unknown command' rnak && says 'unknown command: the nearest' 'did you mean rank'
ends 2 'unknown option' rank --tpo 3 && says 'unknown option: the nearest' 'did you mean --top'
ends 2 'option of another command' rank --jobs 3 && says 'option of another command: said' 'rank does not take --jobs'
ends 2 'option without its value' rank --top && says 'option without its value: said' 'top needs a value'
ends 2 'value that is no number' rank --top x
ends 2 'too few operands' why A && ends 2 'too many operands' show A B
ends 2 'unknown format' stats --format xml && says 'unknown format: those there are' 'jsonl'

# ---- stores
ends 4 'no store' stats && says 'no store: what to do' 'no store at verband.db: load documents first'
ends 4 'no store by --db' --db none/x.db stats && says 'no store by --db: named' 'none/x.db'
[ ! -e none ] && [ ! -e verband.db ]
verdict $? 'reading makes no store'
echo 'a text that is not a database at all, of some length' > text.db
ends 4 'a store that is a text' --db text.db stats && says 'a store that is a text: said' 'not a Verband store'
ends 4 'loading into a text' --db text.db load "$letters"
grep -q '^a text that' text.db
verdict $? 'a foreign file stays as it is'
python3 -c "import sqlite3; c = sqlite3.connect('other.db'); c.execute('CREATE TABLE t(x)'); c.commit()"
ends 4 'a store of another program' --db other.db stats && says 'a store of another program: said' 'not a Verband store'
ends 4 'a folder as store' --db "$letters" stats

# ---- loading
ends 0 'load a folder' load "$letters" && says 'load: a summary' 'documents \([0-9]+ new, 0 changed, 0 unchanged\)'
"$verband" stats --format json > first.json
"$verband" edges > first.edges
ends 0 'load it again' load "$letters" && says 'load it again: all unchanged' '\(0 new, 0 changed, [1-9][0-9]* unchanged\)'
"$verband" stats --format json | cmp - first.json > out && "$verband" edges | cmp - first.edges > out
verdict $? 'loading twice changes nothing'
VERBAND_DB=env.db "$verband" load -q "$letters"/01*.txt 2> err && [ -e env.db ] && [ ! -s err ]
verdict $? 'the store of the environment, quietly'
VERBAND_DB=env.db ends 4 '--db beats the environment' --db gone.db stats
ends 3 'a path that is not there' --db new.db load nowhere.txt && says 'a path that is not there: named' 'nowhere.txt'
[ ! -e new.db ]
verdict $? 'a mistyped path makes no store'
ends 3 'data that are not there' --db new.db load --data nowhere "$letters" && says 'data that are not there: named' 'nowhere'
mkdir empty
ends 1 'a folder without files' --db e.db load empty

mkdir files files/deep
cp "$letters"/01*.txt files/good.txt
cp "$letters"/03*.txt files/deep/more.txt
printf 'PNG\000\001\002\003 and so on \000\377' > files/binary.txt
: > files/empty.txt
printf 'De gemeente Leeuwarden, \303\251\303\251n: \303( en verder gaat het.\n' > files/utf8.txt
ends 3 'bad files among good ones' --db mixed.db load files
says 'bad files: the binary one is named' 'skipped .*binary.txt' && says 'bad files: the empty one is named' 'skipped .*empty.txt'
"$verband" --db mixed.db documents --format tsv > out
[ "$(grep -cE '(good|more).txt' out)" = 2 ]
verdict $? 'bad files: the good ones are loaded, from folders below too'
if grep -q 'utf8.txt' err; then
    says 'bad files: the bad byte is named' 'utf8.txt.*byte 2[0-9]'
else
    "$verband" --db mixed.db text utf8.txt > out 2> err && python3 -c 'open("out", encoding="utf-8").read()'
    verdict $? 'bad files: bytes that are no UTF-8 were read as another encoding'
fi
printf 'De gemeente Leeuwarden werkt samen met de gemeente Groningen.\n' | "$verband" --db in.db load -q - 2> err
"$verband" --db in.db documents --format tsv | grep -q '^stdin'
verdict $? 'standard input'
if [ "$(id -u)" = 0 ]; then
    ok 'a file that may not be read # SKIP root may read everything'
else
    cp "$letters"/01*.txt closed.txt && chmod 000 closed.txt
    ends 3 'a file that may not be read' --db c.db load closed.txt && says 'a file that may not be read: named' 'closed.txt'
fi

python3 -c "
import shutil, sqlite3
shutil.copy('verband.db', 'newer.db')
c = sqlite3.connect('newer.db')
c.execute('PRAGMA user_version = 9999')
c.commit()"
ends 4 'a store of a newer version' --db newer.db stats && says 'a store of a newer version: said' 'newer'
ends 4 'loading into a newer version' --db newer.db load "$letters"

# ---- why a name is what it is, and gazetteers of one's own
"$verband" mentions --format tsv | cut -f1-8 > plain.tsv
"$verband" mentions --explain --format tsv | cut -f1-8 | cmp - plain.tsv > out
verdict $? 'mentions --explain finds what was loaded'
ends 0 'mentions --explain' mentions 05-vragen-woningbouw.txt --explain --format jsonl
grep '"key":"rtv-utrecht"' out | grep -q '"rule":"gazetteer:organisations","score":[1-9].*Municipality GM0344 (gazetteer:municipalities: the longer name wins)'
verdict $? 'mentions --explain: source, certainty and what it beat'
ends 1 'mentions --explain of an unknown document' mentions nowhere.txt --explain
mkdir mine
printf 'key\tname\tabbreviations\taliases\nstichting-de-vuurtoren\tStichting De Vuurtoren\tSDVt\t?Vuurtoren\n' > mine/organisations_more.tsv
ends 0 'a sound gazetteer' lint-gazetteer mine/organisations_more.tsv && [ ! -s err ]
verdict $? 'a sound gazetteer: nothing is said'
printf 'Goed\tGoed\t\t\nx-y\tEen\tXY\tAap;Noot\nx-y\tAap\n\t?\n' >> mine/organisations_more.tsv
printf 'x\tUtrecht\tX\tY\tZ\n' >> mine/organisations_more.tsv
ends 3 'a gazetteer with faults' lint-gazetteer mine/organisations_more.tsv
for fault in ':3: key "Goed"' ':3: "Goed" is an ordinary word' ':4: "Aap;Noot"' ':5: key "x-y" is in line 4' ':6: no key' ':7: 5 cells' ':7: "Utrecht" names'; do
    grep -qF "$fault" err
    verdict $? "a gazetteer with faults: $fault"
done
ends 3 'a gazetteer of no table' lint-gazetteer mine/other.tsv && says 'a gazetteer of no table: those there are' 'municipalities.tsv'
ends 3 'a gazetteer that is not there' lint-gazetteer mine/laws.tsv
printf 'key\tname\n\377\n' > mine/laws.tsv
ends 3 'a gazetteer that is no UTF-8' lint-gazetteer mine/laws.tsv && says 'a gazetteer that is no UTF-8: the byte' 'byte 9'

printf 'word\tlabel\tuse\twithin\nloket\tOrganisation\tinside\t\nLoket\tThing\twithin\t12\nloket\tOrganisation\tinside\t\n' > mine/kinds.tsv
ends 3 'a table of words with faults' lint-gazetteer mine/kinds.tsv
for fault in ':3: word "Loket"' ':3: label "Thing"' ':3: use "within"' ':3: within "12"' ':4: the same as'; do
    grep -qF "$fault" err
    verdict $? "a table of words with faults: $fault"
done
printf 'name\tsurname\toffice\tministry\tparty\tvalid_from\tvalid_to\nAn de Wit\tDe Wit\tminister\tjenv\tvvd\t2020-01-01\t\n' > mine/office_holders.tsv
ends 0 'a sound table of office holders' lint-gazetteer mine/office_holders.tsv && [ ! -s err ]
verdict $? 'a sound table of office holders: nothing is said'
printf 'An de Wit\tBakker\tpremier\txyz\tabc\t2020-13-01\t2019-01-01\n' >> mine/office_holders.tsv
ends 3 'a table of office holders with faults' lint-gazetteer mine/office_holders.tsv
for fault in 'office "premier"' 'ministry "xyz"' 'party "abc"' 'valid_from "2020-13-01"' 'does not end in the surname' 'the last day'; do
    grep -qF ":3: $fault" err || grep -qF ":3: the name $fault" err || grep -qF ":3: $fault is" err
    verdict $? "a table of office holders with faults: $fault"
done

# ---- why an edge is what it is
"$verband" edges --format jsonl > plain.jsonl
ends 0 'edges --explain' edges --explain --format jsonl && cp out explained.jsonl && python3 - > out 2>&1 <<'END'
import json, subprocess, os
plain, rows = ([json.loads(line) for line in open(f)] for f in ("plain.jsonl", "explained.jsonl"))
texts = {}
def words(document, place):
    if document not in texts:
        texts[document] = subprocess.run([os.environ["VERBAND_BINARY"], "text", document], capture_output=True).stdout
    return texts[document][place[0]:place[1]].decode("utf-8")
extra = ("rule", "cue", "source_at", "target_at")
assert [{k: v for k, v in row.items() if k not in extra} for row in rows] == plain, "other edges"
said = [row for row in rows if row["origin"] == "text"]
assert said and all(row["rule"] for row in said), "an edge without its rule"
assert all(row["cue"] for row in said if row["rule"].startswith("rule:")), "an edge of a rule without its cue"
cues = {words(row["document"], row["cue"]) for row in said if row["cue"] and row["type"] == "PARTICIPATES_IN"}
assert cues & {"nemen", "neemt", "doen", "doet"}, cues
named = [words(row["document"], row["source_at"]) for row in said if row["source"]["type"] == "Municipality" and row["source_at"]]
assert named and all(name[0].isupper() or name.startswith("gemeente") for name in named), named
END
verdict $? 'edges --explain: the edges that edges lists, each with rule and places'
VERBAND_WHY=$("$verband" edges --format jsonl | python3 -c 'import json, sys; print(*next("%s:%s\t%s:%s" % (r["source"]["type"], r["source"]["key"], r["target"]["type"], r["target"]["key"]) for r in map(json.loads, sys.stdin) if r["type"] == "PARTICIPATES_IN").split("\t"), sep="\n")')
ends 0 'why' why "$(echo "$VERBAND_WHY" | sed -n 1p)" "$(echo "$VERBAND_WHY" | sed -n 2p)" --format table
says_out() { grep -q "$2" out; verdict $? "$1"; }
says_out 'why: the source is marked' '\[source ' && says_out 'why: the target is marked' '\[target ' && says_out 'why: the cue is marked' '\[cue ' && says_out 'why: the rule is told' 'rule:'

# ---- answers in every form
python3 "$here/formats.py" || bad 'formats'
doc=$("$verband" documents --format tsv | sed -n '2s/\t.*//p')
ends 0 'options before the command' --format json --db verband.db documents && python3 -m json.tool out > /dev/null
verdict $? 'options before the command count'
ends 1 'unknown name' show Xyzzyplugh && says 'unknown name: said' 'Xyzzyplugh'
ends 1 'unknown document' text nowhere.txt
ends 1 'unknown names in a pair' path Xyzzyplugh Plughxyzzy
ends 1 'nothing found' search xyzzyplugh
ends 1 'a question nobody can read' ask 'xyzzy plugh?' && grep -q '"kind":"unknown"' out
verdict $? 'a question nobody can read: kind unknown'
printf 'Welke documenten noemen Zeeland?\n\nxyzzy plugh?\n' | "$verband" ask --format jsonl - > out 2> err
[ $? = 1 ] && [ "$(wc -l < out)" = 2 ]
verdict $? 'ask -: a line an answer, and the exit of the worst'
ask_nodes() { "$verband" ask --format jsonl "$1" | sed -n 's/.*"nodes":\(\[[^]]*\]\).*/\1/p'; }
want=$(ask_nodes 'Welke documenten noemen Nederland maar niet Zeeland?')
[ ${#want} -gt 2 ] && [ "$want" = "$(ask_nodes 'Welke documenten noemen Nederland maar Zeeland niet?')" ] &&
    [ "$want" = "$(ask_nodes 'Welke documenten noemen Zeeland niet maar wel Nederland?')" ] &&
    [ "$want" = "$(ask_nodes 'Welke documenten noemen niet Zeeland maar wel Nederland?')" ]
verdict $? 'a denial is of the name on its side of "maar"'
ends 0 'diff of two years' diff 2022 2024 --format jsonl && grep -q '"change":"new"' out && grep -q '"change":"gone"' out
verdict $? 'diff: what is new and what is gone'
ends 2 'an unknown measure' rank --by beauty && says 'an unknown measure: said' 'beauty'
ends 2 'an unknown label' rank --label Gemeente && says 'an unknown label: said' 'Gemeente'
ends 2 'export without a format' export && ends 2 'an unknown export format' export --format xyz
ends 0 'export by extension' export -o graph.graphml && python3 -c 'import xml.dom.minidom as m; m.parse("graph.graphml")' 2> err
verdict $? 'export writes XML'
ends 4 'export to where nothing can be' export -o nowhere/graph.graphml
printf 'Xyzzyplugh\tUtrecht\n\nGroningen Groningen\n' > pairs.tsv
"$verband" path --pairs pairs.tsv > out 2> err
[ "$?" = 1 ] && [ "$(wc -l < out)" = 2 ] && sed -n 1p out | grep -q '"length":null'
verdict $? 'pairs: a line for each'
printf 'just-one-name\n' > pairs.tsv
ends 3 'pairs: a bad line' path --pairs pairs.tsv && says 'pairs: the line is named' 'line 1'
ends 3 'pairs: no such file' path --pairs nowhere.tsv
ends 0 'check' check

# ---- bytes: offsets are of what text prints
"$verband" mentions "$doc" --format jsonl > m.jsonl && "$verband" text "$doc" > text.out &&
    python3 - > out 2>&1 <<'END'
import json
text = open("text.out", "rb").read()
rows = [json.loads(line) for line in open("m.jsonl", encoding="utf-8")]
assert rows, "no mentions"
for row in rows:
    assert text[row["start"]:row["end"]].decode("utf-8") == row["text"], row
END
verdict $? 'mentions spell what text prints'

# ---- output that cannot be written
"$verband" mentions > /dev/full 2> err
[ "$?" = 4 ] && grep -q '^verband: standard output' err
verdict $? 'a failed write is an error'
sh -c '"$VERBAND_BINARY" edges; echo $? > code' 2> err | head -n 1 > out
case $(cat code) in 0 | 141) [ ! -s err ] ;; *) false ;; esac
verdict $? 'a reader that leaves early is no error'

# ---- the last word
python3 "$here/correct.py" || bad 'corrections'

# ---- hostile names, terminals, signals
python3 "$here/terminal.py" || bad 'terminals'
python3 "$here/asked.py" || bad 'asking back'
