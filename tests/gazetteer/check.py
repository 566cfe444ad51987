"""The gazetteers' own rules, as TAP lines. Read by run.sh; its argument is the build directory."""
import collections
import os
import re
import sys
import unicodedata

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DIR = os.path.join(TOP, "loaders", "gazetteer")
REFERENCE = os.path.join(os.path.dirname(TOP), "shared", "reference")
LABEL = {
    "ministries": "Ministry", "parties": "Party", "municipalities": "Municipality", "regions": "Region",
    "countries_more": "Country", "organisations": "Organisation", "organisations_more": "Organisation", "laws": "Law",
    "laws_more": "Law", "eu_laws": "Law", "programmes": "Programme", "documents": "Document",
}
KEY = {
    "Ministry": r"[a-z]+", "Party": r"[a-z0-9-]+", "Municipality": r"GM\d{4}", "Country": r"[A-Z]{2}",
    "Region": r"NL-[A-Z]{2}|[a-z0-9-]+", "Organisation": r"[a-z0-9-]+", "Programme": r"[a-z0-9-]+",
    "Document": r"[a-z0-9-]+",
    "Law": r"BWB[RV]\d{7}|\d{5}[A-Z]{1,2}\d{4}(\(\d+\))?|\d{5}[A-Z]/TXT|[a-z0-9-]+",
}
PROVINCES = {"NL-" + p for p in "DR FL FR GE GR LI NB NH OV UT ZE ZH".split()}
failed = 0


def read(path):
    with open(path, encoding="utf-8", newline="\n") as f:
        lines = [x.rstrip("\n") for x in f if x.strip() and not x.startswith("#")]
    head = lines[0].split("\t")
    return [dict(zip(head, x.split("\t"))) for x in lines[1:]]


def ok(good, what, why=""):
    global failed
    failed += not good
    print(("ok - " if good else "not ok - ") + what + (": " + why if why and not good else ""))


def cells(row, *columns):
    return [n.strip() for c in columns for n in row.get(c, "").split(" ; ") if n.strip()]


def slug(name):
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def check_table(name, rows, seen):
    label = LABEL[name]
    keys = collections.Counter(r["key"] for r in rows)
    ok(all(n == 1 for n in keys.values()), f"{name}: keys are unique", ", ".join(k for k, n in keys.items() if n > 1))
    bad = [r["key"] for r in rows if not re.fullmatch(KEY[label], r["key"])]
    ok(not bad, f"{name}: keys are of the label's form", ", ".join(bad[:5]))
    ok(all(r["name"].strip("?~=-") for r in rows), f"{name}: every row has a name")
    twice = []
    for r in rows:
        for n in cells(r, "name", "abbreviations", "aliases"):
            marks = re.match(r"[?~=-]*", n).group()
            if "?" in marks:
                continue
            known = seen.setdefault((label, n[len(marks):]), r["key"])
            if known != r["key"]:
                twice.append(f"{n} ({known}, {r['key']})")
    ok(not twice, f"{name}: no name twice without a mark", "; ".join(twice[:8]))


def check_municipalities(rows):
    codes = {r["key"] for r in rows}
    ok(all(r["part_of"] in PROVINCES for r in rows), "municipalities: provinces are of ISO 3166-2")
    ok(all(c in codes for r in rows for c in cells(r, "successor")), "municipalities: successors are there")
    now = [r for r in rows if not r["valid_to"]]
    ok(len(now) == 342, "municipalities: 342 exist", str(len(now)))


def check_holders(ministries):
    rows = read(os.path.join(DIR, "office_holders.tsv"))
    day = r"20\d\d-[01]\d-[0-3]\d"
    bad = [r["name"] for r in rows if not (re.fullmatch(day, r["valid_from"]) and re.fullmatch(day + "|", r["valid_to"]) and
           r["valid_from"] < (r["valid_to"] or "9") and r["office"] in ("minister", "staatssecretaris") and
           r["name"].casefold().endswith(r["surname"].casefold()))]
    ok(not bad, "office_holders: days, offices and surnames are of the form", ", ".join(bad[:5]))
    lost = [r["name"] for r in rows if r["ministry"] not in {m["key"] for m in ministries}]
    ok(not lost, "office_holders: the ministries are there", ", ".join(lost[:5]))
    twice = [r["name"] for i, r in enumerate(rows) for q in rows[:i] if (q["surname"], q["office"]) ==
             (r["surname"], r["office"]) and q["name"] != r["name"] and "Faber" not in r["name"] and
             q["valid_from"] < (r["valid_to"] or "9") and r["valid_from"] < (q["valid_to"] or "9")]
    ok(not twice, "office_holders: a surname and a day mean one", ", ".join(twice[:5]))


def check_counts(tables):
    laws = {r["key"] for t in ("laws", "laws_more") for r in tables[t]}
    ok(len(laws) >= 2000, "laws: at least 2,000 titles", str(len(laws)))
    organisations = {r["key"] for t in ("organisations", "organisations_more") for r in tables[t]}
    ok(len(organisations) >= 1000, "organisations: at least 1,000", str(len(organisations)))
    gone = [r for r in tables["municipalities"] if r["valid_to"]]
    lost = [r["key"] for r in gone if not r["successor"] or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", r["valid_to"])]
    ok(len(gone) > 200 and not lost, "municipalities: what ended has its last day and successor", ", ".join(lost[:8]))


def check_reference(tables):
    if not os.path.isdir(REFERENCE):
        print("ok - tables agree with the reference # SKIP no ../shared/reference")
        return
    ref = {r["code"]: r for r in read(os.path.join(REFERENCE, "municipalities.tsv"))}
    mine = {r["key"]: r for r in tables["municipalities"]}
    ok(set(ref) == set(mine), "municipalities: the codes of the reference")
    wrong = [c for c in ref if c in mine and ref[c]["province"] != mine[c]["part_of"]]
    ok(not wrong, "municipalities: the provinces of the reference", ", ".join(wrong))
    wrong = [c for c in ref if c in mine and ref[c]["valid_to"] != mine[c]["valid_to"]]
    ok(not wrong, "municipalities: the last days of the reference", ", ".join(wrong[:8]))
    wrong = [c for c in ref if c in mine and ref[c]["successor_code"] and
             not set(re.findall(r"GM\d{4}", ref[c]["successor_code"])) & set(cells(mine[c], "successor"))]
    ok(not wrong, "municipalities: the successors of the reference", ", ".join(wrong[:8]))
    for table in ("ministries", "parties"):
        want = {r["key"] for r in read(os.path.join(REFERENCE, table + ".tsv")) if r.get("kind", "party") == "party"
                and not re.search(r"19\d\d *$|-19\d\d$", r.get("active_in_parliament", ""))}
        lost = want - {r["key"] for r in tables[table]}
        print(f"# {table}: of the reference's keys {len(want & {r['key'] for r in tables[table]})} of {len(want)};"
              f" not here: {', '.join(sorted(lost)) or 'none'}")
    ref = {r["key"]: r for r in read(os.path.join(REFERENCE, "ministries.tsv"))}
    mine = {r["key"]: r for r in tables["ministries"]}
    wrong = [k for k in mine if k in ref and any(mine[k][c] != ref[k][c] for c in ("valid_from", "valid_to"))]
    ok(not wrong, "ministries: the dates of the reference", ", ".join(wrong))
    # an office may be another ministry's by now: its words must be known, not whose it was
    known = {n.lstrip("?~=-") for r in mine.values() for n in cells(r, "portfolios", "aliases", "abbreviations")}
    lost = [o for k, r in ref.items() if k != "az" for o in cells(r, "office_phrases")
            if re.sub(r"^(minister|staatssecretaris)( van| voor)? ", "", o) not in known and o not in known]
    ok(not lost, "ministries: the offices of the reference", ", ".join(lost[:8]))
    titles = {r["bwb_id"]: r["citation_title"].casefold() for r in read(os.path.join(REFERENCE, "laws.tsv"))}
    other = [r["key"] for r in tables["laws"] if r["key"] in titles and slug(titles[r["key"]]) not in
             {slug(n.lstrip("?~=-")) for n in cells(r, "name", "aliases")}]
    ok(len(other) * 100 < len(tables["laws"]), "laws: titles of the reference, under their ids", ", ".join(other[:8]))
    ids = {r["bwb_id"]: r["citation_title"] for r in read(os.path.join(REFERENCE, "laws.tsv"))}
    lost = [r["key"] for r in tables["laws"] if r["key"].startswith("BWB") and r["key"] not in ids]
    ok(not lost, "laws: every BWB id is in the reference", ", ".join(lost[:5]))
    celex = {r["celex"] for r in read(os.path.join(REFERENCE, "eu_laws.tsv"))}
    ok(celex <= {r["key"] for r in tables["eu_laws"]}, "eu_laws: every act of the reference")
    names = {slug(n.lstrip("?~=-")) for t in ("organisations", "organisations_more") for r in tables[t]
             for n in cells(r, "name", "abbreviations", "aliases")}
    want = [r["name"] for r in read(os.path.join(REFERENCE, "organisations.tsv"))
            if r["kind"] in ("agency", "inspectorate", "court", "knowledge institute", "high council", "water authority")]
    lost = [n for n in want if slug(n) not in names]
    ok(not lost, "organisations: agencies, inspectorates, courts, institutes of the reference", ", ".join(lost[:12]))


def main():
    tables = {n: read(os.path.join(DIR, n + ".tsv")) for n in LABEL}
    seen = {}
    for name, rows in tables.items():
        check_table(name, rows, seen)
    check_municipalities(tables["municipalities"])
    check_holders(tables["ministries"])
    check_counts(tables)
    check_reference(tables)
    with open(os.path.join(DIR, "README.md"), encoding="utf-8") as f:
        text = f.read()
    ok(all(n + ".tsv" in text for n in LABEL), "README.md names every table")
    return failed > 0


sys.exit(main())
