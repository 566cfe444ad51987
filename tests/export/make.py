"""A graph in CSV for `verband import`: make.py NODES.csv EDGES.csv   a small one, with names that mean harm
make.py NODES.csv EDGES.csv NODES EDGES   one of that size, with a sentence for each edge"""
import csv
import sys

HOSTILE = [
    'quote " and apostrophe \'', "back\\slash \\N \\G at the end\\", "<b>&amp;</b> ]]> <!-- --> <![CDATA[",
    "bell\x07 escape\x1b[31m red", "line\nfeed and\ttab", "brace } ] ; digraph {", "%s%n %20 %",
    "\u202eright to left", "emoji \U0001f4a7 and ﷽", "a" * 300, "é e\u0301", " blanks ", "-", ":a:b", "#", "\ufffe\uffff",
]


def harmful():
    nodes = [("m%d" % i, "Municipality", "GM%04d" % i, "Gemeente %d" % i, "", "", "") for i in range(1, 9)]
    nodes += [("p%d" % i, "Programme", "programma-%d" % i, "Programma met een lange naam nummer %d" % i, "P%d;Prog %d" % (i, i), "", "")
              for i in range(1, 4)]
    nodes += [("d%d" % i, "Document", "kst-1-%d" % i, "Brief %d" % i, "", "brief-%d.txt" % i, "2024-0%d-15" % i) for i in range(1, 5)]
    nodes += [("h%d" % i, "Organisation" if i % 2 else 'La"bel<&>:\\', name, name, "", "", "") for i, name in enumerate(HOSTILE)]
    edges = []
    for i in range(1, 9):
        edges.append(("m%d" % i, "p%d" % (i % 3 + 1), "PARTICIPATES_IN", 1, "brief-%d.txt" % (i % 4 + 1), 'Zij zegt: "doe <mee> & meer".'))
        edges.append(("m%d" % i, "p%d" % (i % 3 + 1), "FUNDS", 2, "", ""))
        edges.append(("d%d" % (i % 4 + 1), "m%d" % i, "MENTIONS", i, "brief-%d.txt" % (i % 4 + 1), ""))
    edges += [("d4", "m1", "MENTIONS", 2, "brief-4.txt", ""), ("d4", "m5", "MENTIONS", 1, "brief-4.txt", "")]
    edges.append(("m1", "p2", "PARTICIPATES_IN", 1, "brief-3.txt", "Nogmaals \x02 gezegd."))
    edges.append(("m1", "m1", "SUPERVISES", 1, "", "Een lus."))
    for i in range(len(HOSTILE)):
        edges.append(("h%d" % i, "m%d" % (i % 8 + 1), "COOPERATES_WITH" if i % 3 else 'RE"L<&>\\', 1, "niet geladen.txt", HOSTILE[i]))
    return nodes, edges


def large(n, m):
    nodes = [("n%d" % i, ("Municipality", "Programme")[i % 2], "n%d" % i, "Gemeente %d" % i, "", "", "") for i in range(n)]
    edges = [("n%d" % (i % n), "n%d" % ((i * 7919 + i // n * 31 + 1) % n), ("SUPPORTS", "FUNDS")[i % 3 == 0], 1, "brief.txt",
              "Zij steunen elkaar in zin %d." % i) for i in range(m)]
    return nodes, edges


nodes, edges = large(int(sys.argv[3]), int(sys.argv[4])) if len(sys.argv) > 3 else harmful()
with open(sys.argv[1], "w", encoding="utf-8", newline="") as f:
    csv.writer(f).writerows([["x:ID", ":LABEL", "key", "name", "aliases:string[]", "document", "date:date"]]
                            + [[n[0], n[1], n[2], n[3], n[4], n[5], n[6]] for n in nodes])
with open(sys.argv[2], "w", encoding="utf-8", newline="") as f:
    csv.writer(f).writerows([[":START_ID", ":END_ID", ":TYPE", "count:int", "document", "text"]] + edges)
