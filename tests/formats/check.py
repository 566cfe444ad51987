"""Formats: own letters rendered and read back, documents of every feature, hostile files. Prints TAP lines."""
import collections
import glob
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import zipfile

import make

verband, work, letters, shared = sys.argv[1:5]
MEMORY_MAX = 900 << 20  # bytes resident, with the sanitizer's own
os.makedirs(work, exist_ok=True)


def report(good, what, why=""):
    print(f"{'ok' if good else 'not ok'} - {what}")
    if not good and why:
        print("\n".join("# " + line for line in str(why)[:1500].splitlines()))


def write(name, data):
    path = os.path.join(work, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data)
    return path


def run(*args):
    done = subprocess.run([verband, *args], capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def load(path, db, *options):
    for end in ("", "-wal", "-shm"):
        if os.path.exists(db + end):
            os.remove(db + end)
    return run("--db", db, *options, "load", path)


def text_of(data, name):
    path, db = write(name, data), os.path.join(work, "one.db")
    code, _, err = load(path, db)
    if code:
        return f"exit {code}: {err}"
    return run("--db", db, "text", os.path.basename(path))[1]


# ---- our own letters ------------------------------------------------------------------------------------------


def facts(folder, db):
    """Per letter: its mentions and its edges, counted."""
    code, _, err = load(folder, db)
    if code:
        raise RuntimeError(f"load of {folder} ends with {code}: {err}")
    found = collections.defaultdict(lambda: (collections.Counter(), collections.Counter()))
    for line in run("--db", db, "mentions", "--format", "jsonl")[1].splitlines():
        m = json.loads(line)
        seen = re.sub(r"[\\*_]", "", " ".join(m["text"].split())).replace("- ", "-")  # no marks, no torn lines
        found[m["document"].split(".")[0]][0][m["type"], m["key"], seen] += 1
    for line in run("--db", db, "edges", "--format", "jsonl")[1].splitlines():
        e = json.loads(line)
        if e["document"]:
            ends = ["self" if n.get("self") else n["key"] for n in (e["source"], e["target"])]
            found[e["document"].split(".")[0]][1][e["type"], *ends] += 1
    return found


def compare(kind, wanted, got, index, least, what):
    n = same = extra = 0
    missing = []
    for letter, facts_of in wanted.items():
        n += sum(facts_of[index].values())
        same += sum((facts_of[index] & got[letter][index]).values())
        extra += sum((got[letter][index] - facts_of[index]).values())
        missing += [f"{letter}: lost {k}" for k in facts_of[index] - got[letter][index]]
        missing += [f"{letter}: new {k}" for k in got[letter][index] - facts_of[index]]
    good = n > 0 and same >= least * n and extra <= (1 - least) * n
    report(good, f"letters as {kind} give the same {what}: {same} of {n}, {extra} others", "\n".join(missing))


def rendered():
    """All letters but the one that is a printed page's text, whose lines are no paragraphs (03)."""
    for path in sorted(glob.glob(os.path.join(letters, "0[12456789]-*.[tm][xd]*"))):
        with open(path, encoding="utf-8") as f:
            source = f.read()
        name, kind = os.path.basename(path).split(".")
        paragraphs, notes = make.parse(make.unmarked(source) if kind == "md" else source)
        write(f"txt/{name}.{kind}", source.encode())
        write(f"docx/{name}.docx", make.letter_docx(paragraphs, notes))
        write(f"odt/{name}.odt", make.letter_odt(paragraphs, notes))
        write(f"html/{name}.html", make.letter_html(paragraphs, notes))
        write(f"pdf/{name}.pdf", make.letter_pdf(paragraphs, notes))
        write(f"zip/{name}.zip", make.pack([("logo.png", b"\x89PNG"), (f"{name}.html", make.letter_html(paragraphs, notes))]))
    wanted = facts(os.path.join(work, "txt"), os.path.join(work, "txt.db"))
    for kind, least in (("docx", 0.99), ("odt", 0.99), ("html", 0.99), ("pdf", 0.97), ("zip", 0.99)):
        got = facts(os.path.join(work, kind), os.path.join(work, kind + ".db"))
        compare(kind, wanted, got, 0, least, "mentions")
        compare(kind, wanted, got, 1, 0.95, "relations")
    kept(wanted)
    return wanted


def kept(wanted):
    """One letter as LibreOffice 7.4 rendered it."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "rendered")
    for path in sorted(glob.glob(os.path.join(folder, "*"))):
        kind = path.rsplit(".", 1)[1]
        letter = os.path.basename(path).split(".")[0]
        got = facts(path, os.path.join(work, "kept.db"))
        for index, what in enumerate(("mentions", "relations")):
            compare(f"{kind} kept", {letter: wanted[letter]}, got, index, 0.95, what)


def office(wanted):
    """The letters as LibreOffice writes them: real footnotes, pages, styles and markup of its own."""
    if not os.environ.get("VERBAND_BROWSER") or not shutil.which("soffice"):
        print("ok - letters rendered by LibreOffice # SKIP only in make check-all, with LibreOffice")
        return
    sources = sorted(glob.glob(os.path.join(work, "docx", "*.docx")))
    for kind, least in (("docx", 0.99), ("odt", 0.99), ("html", 0.99), ("pdf", 0.97)):
        folder = os.path.join(work, "office", kind)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", kind, "--outdir",
                        folder, *sources], capture_output=True, timeout=300, check=True)
        got = facts(folder, os.path.join(work, f"office-{kind}.db"))
        compare(f"{kind} by LibreOffice", wanted, got, 0, least, "mentions")
        compare(f"{kind} by LibreOffice", wanted, got, 1, 0.95, "relations")


# ---- what a format can hold -----------------------------------------------------------------------------------


def p(*inside, properties=""):
    return f"<w:p>{'<w:pPr>' + properties + '</w:pPr>' if properties else ''}{''.join(inside)}</w:p>"


def t(words, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def field(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def box(words):
    inside = f"<w:txbxContent>{p(t(words))}</w:txbxContent>"
    return (f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback>"
            "</mc:AlternateContent></w:r>")


def cells(*words):
    return "<w:tr>" + "".join(f"<w:tc>{p(t(w))}</w:tc>" for w in words) + "</w:tr>"


def note(kind, number, words):
    return f'<w:{kind} w:id="{number}">{p(t(words))}</w:{kind}>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>')
ITEM = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="3"/></w:numPr>'

DOCX = [
    ("tracked changes are accepted",
     [p("<w:ins>", t("nieuw "), "</w:ins><w:del><w:r><w:delText>oud</w:delText></w:r></w:del>", t("blijft")),
      p(t("Eerste "), properties="<w:rPr><w:del/></w:rPr>"), p(t("zelfde regel")),
      p("<w:moveFrom>", t("weg"), "</w:moveFrom><w:moveTo>", t("hier"), "</w:moveTo>")], {},
     "nieuw blijft\nEerste zelfde regel\nhier\n"),
    ("a deleted row is no row", ["<w:tbl>", cells("a", "b"), cells("c", "d").replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>"),
                                 "</w:tbl>"], {}, "a\tb\n"),
    ("a text box is read once, before the words it stands beside", [p(box("in het vak"), t("ernaast"))], {},
     "in het vak\nernaast\n"),
    ("fields give their results", [p(t("pagina "), field("begin"), "<w:r><w:instrText>PAGE</w:instrText></w:r>", t("verborgen"),
                                     field("separate"), t("3"), field("end"), t(" van vier"))], {}, "pagina 3 van vier\n"),
    ("links, soft hyphens and hard ones",
     [p("<w:hyperlink>", t("rijks&#173;overheid"), "</w:hyperlink><w:r><w:softHyphen/></w:r>", t(" Noord"),
        "<w:r><w:noBreakHyphen/></w:r>", t("Holland"))], {}, "rijksoverheid Noord-Holland\n"),
    ("hidden text is not seen", [p(t("gezien"), t(" geheim", "<w:vanish/>"))], {}, "gezien\n"),
    ("breaks end lines, tabs part columns", [p(t("minister"), "<w:r><w:tab/></w:r>", t("staatssecretaris"), "<w:r><w:br/></w:r>",
                                               t("onder"))], {}, "minister\tstaatssecretaris\nonder\n"),
    ("tables row by row", ["<w:tbl>", cells("Gemeente", "Bedrag"), cells("Assen", "3"), "</w:tbl>"], {},
     "Gemeente\tBedrag\nAssen\t3\n"),
    ("footnotes and endnotes are numbered as they are called",
     [p(t("een"), '<w:r><w:footnoteReference w:id="5"/></w:r>', t(" twee"), '<w:r><w:endnoteReference w:id="5"/></w:r>'),
      p(t("drie"), '<w:r><w:footnoteReference w:id="2"/></w:r>')],
     {"footnotes": note("footnote", 2, "laatste") + note("footnote", 5, "eerste"), "endnotes": note("endnote", 5, "eind")},
     "een[1] twee[2]\ndrie[3]\n\n[1] eerste\n[2] eind\n[3] laatste\n"),
    ("typed notes keep their numbers", [p(t("getypt [1]"), '<w:r><w:footnoteReference w:id="1"/></w:r>'), p(t("[1] bron"))],
     {"footnotes": note("footnote", 1, "echt")}, "getypt [1][2]\n[1] bron\n\n[2] echt\n"),
    ("items have the numbers of their lists",
     [p(t("een"), properties=ITEM.format(0)), p(t("een a"), properties=ITEM.format(1)), p(t("een b"), properties=ITEM.format(1)),
      p(t("twee"), properties=ITEM.format(0)), p(t("twee a"), properties=ITEM.format(1))], {"numbering": NUMBERING},
     "1. een\n1.a) een a\n1.b) een b\n2. twee\n2.a) twee a\n"),
    ("a note that calls itself ends", [p(t("a"), '<w:r><w:footnoteReference w:id="1"/></w:r>')],
     {"footnotes": f'<w:footnote w:id="1">{p(t("b"), "<w:r><w:footnoteReference w:id=" + chr(34) + "1" + chr(34) + "/></w:r>")}</w:footnote>'},
     "a[1]\n\n[1] b[1]\n"),
    ("styles in a circle end", [p(t("kop"), properties='<w:pStyle w:val="A"/>')],
     {"styles": '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
                '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'}, "kop\n"),
]

ODT_STYLE = ('<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="a" '
             'style:num-suffix=")"/></text:list-style>')
ODT = [
    ("notes, deletions and annotations",
     '<text:tracked-changes><text:p>weg</text:p></text:tracked-changes><text:p>een<text:note><text:note-citation>9'
     "</text:note-citation><text:note-body><text:p>bron</text:p></text:note-body></text:note><office:annotation><text:p>opmerking"
     "</text:p></office:annotation> twee<text:s text:c='3'/>drie</text:p>", "", "een[1] twee drie\n\n[1] bron\n"),
    ("lists and tables",
     '<text:list text:style-name="L1"><text:list-item><text:p>een</text:p></text:list-item><text:list-item><text:p>twee</text:p>'
     "</text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell>"
     "<table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>", ODT_STYLE,
     "a) een\nb) twee\nx\ty\n"),
    ("a text box in a paragraph", "<text:p><draw:frame><draw:text-box><text:p>vak</text:p></draw:text-box></draw:frame>tekst</text:p>",
     "", "vak\ntekst\n"),
]


def column(left, up, rows, size=10):
    return [(left, up - 12 * i, size, row) for i, row in enumerate(rows)]


SIDE = column(460, 700, ["Ministerie van Proef", "Datum 3 mei 2024"], 7)
PDF = [
    ("notes at page ends are tied, what hyphens part stays on its lines, heads, feet and side columns go",
     [SIDE + column(70, 700, ["De gemeente Assen doet mee aan het pro-", "gramma Preventie met Gezag.", "Ook Emmen doet mee, en de zin"])
      + [(206.3, 692, 6, "1"), (212, 688, 10, "Hier"), (70, 80, 6, "1"), (76, 78, 8, "Kamerstukken II 2023/24, 29"),
         (76, 68, 8, "911, nr. 469."), (70, 40, 8, "Pagina 1 van 2")],
      SIDE + column(70, 700, ["gaat op de volgende bladzijde door.", "", "", "Het meet 10 m", "en is af."]) + [(135.7, 668, 6, "2")]
      + [(70, 40, 8, "Pagina 2 van 2")]],
     "De gemeente Assen doet mee aan het pro-\ngramma Preventie met Gezag.[1] Hier\nOok Emmen doet mee, en de zin\n\n"
     "Ministerie van Proef\nDatum 3 mei 2024\ngaat op de volgende bladzijde door.\n\nHet meet 10 m2\nen is af.\n\n"
     "[1] Kamerstukken II 2023/24, 29\n911, nr. 469.\n"),
    ("two columns are read one after the other",
     [column(60, 700, [f"Links staat regel {i} van de eerste kolom" for i in "abcdef"])
      + column(320, 700, [f"Rechts staat regel {i} van de tweede" for i in "abcdef"])],
     "".join(f"Links staat regel {i} van de eerste kolom\n" for i in "abcdef") + "\n"
     + "".join(f"Rechts staat regel {i} van de tweede\n" for i in "abcdef")),
    ("bullets and numbers that stand apart are before their words",
     [[(70, 700, 10, "1."), (70, 688, 10, "2."), (70, 676, 10, "\u2022"), (100, 700, 10, "Een eerste punt met genoeg woorden"),
       (100, 688, 10, "Een tweede punt met genoeg woorden"), (100, 676, 10, "Een derde punt met genoeg woorden")]],
     "1. Een eerste punt met genoeg woorden\n2. Een tweede punt met genoeg woorden\n\u2022 Een derde punt met genoeg woorden\n"),
]


def features():
    for name, body, parts, want in DOCX:
        got = text_of(make.docx("".join(body), **parts), "feature.docx")
        report(got == want, "docx: " + name, f"wanted {want!r}\n   got {got!r}")
    for name, body, styles, want in ODT:
        got = text_of(make.odt(body, styles), "feature.odt")
        report(got == want, "odt: " + name, f"wanted {want!r}\n   got {got!r}")
    for name, pages, want in PDF:
        got = text_of(make.pdf(pages), "feature.pdf")
        report(got == want, "pdf: " + name, f"wanted {want!r}\n   got {got!r}")


# ---- what a file says of itself -------------------------------------------------------------------------------

CORE = ('<c xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Een brief over Assen'
        "</dc:title><dc:creator>Typist, A.</dc:creator><dcterms:modified>2024-06-07T10:00:00Z</dcterms:modified></c>")
HEAD = p(t("Datum"), "<w:r><w:tab/></w:r>", t("3 mei 2024")) + p(t("Uw kenmerk 2024Z01234"))
PAGE = ("<html><head><meta name='DCTERMS.creator' content='Ministerie van Proef'><meta property='article:published_time' "
        "content='2024-05-03T10:00'><title>Een brief over Assen</title></head><body><p>{}</p></body></html>")
ISSUE = ("<officiele-publicatie><kop><titel>GEMEENTEBLAD</titel><subtitel>Offici\u00eble uitgave van de gemeente Assen.</subtitel></kop>"
         "<tekst><al>De gemeente Assen doet mee.</al>{}</tekst></officiele-publicatie>")
BODY = "De gemeente Assen doet mee."
DATED = "Datum 4 mei 2024"
SAYS = [  # file, what documents says of it, the remark
    ("heads.docx", make.docx(p(t(BODY)), header=HEAD), {"date": "2024-05-03"}, ""),
    ("clash.docx", make.docx(p(t(DATED)) + p(t(BODY)), header=HEAD), {"date": "2024-05-04"},
     "dated 2024-05-04 by its text, 2024-05-03 by its file"),
    ("core.docx", make.docx(p(t(BODY)), core=CORE), {"date": None, "title": "Een brief over Assen", "sender": None},
     "without a date; its file was saved on 2024-06-07"),
    ("heads.odt", make.odt(f"<text:p>{BODY}</text:p>", master="<style:master-page><style:header><text:p>Datum<text:tab/>3 mei 2024"
                           "</text:p></style:header></style:master-page>"), {"date": "2024-05-03"}, ""),
    ("page.html", PAGE.format(BODY).encode(), {"date": "2024-05-03", "title": "Een brief over Assen", "sender": "Ministerie van Proef"}, ""),
    ("clash.html", PAGE.format(DATED + "</p><p>" + BODY).encode(), {"date": "2024-05-04"},
     "dated 2024-05-04 by its text, 2024-05-03 by its file"),
    ("signed.xml", ISSUE.format("<datum isodatum='2018-03-09'>9 maart 2018</datum><datum isodatum='2018-03-27'>later</datum>").encode(),
     {"date": "2018-03-09", "sender": "gemeente Assen"}, ""),
    ("closed.xml", ISSUE.format("<al>Assen, 14 juni 2017</al>").encode(), {"date": "2017-06-14"}, ""),
    ("told.json", json.dumps({"text": DATED + "\n\n" + BODY, "date": "2024-05-03"}).encode(), {"date": "2024-05-03"},
     "dated 2024-05-03 by its file, 2024-05-04 by its text"),
]


def says():
    for name, data, want, remark in SAYS:
        db = os.path.join(work, "says.db")
        _, _, err = load(write("says/" + name, data), db, "--verbose")
        got = next(iter(documents(db).values()), {})
        told = err.split(" edges", 1)[-1].splitlines()[0].lstrip("; ") if " edges" in err else err
        report({k: got.get(k) for k in want} == want and told == remark, f"{name}: what the file says of itself joins its text",
               f"{got} {err}")


# ---- files of several documents -------------------------------------------------------------------------------


def documents(db):
    return {d["document"]: d for d in map(json.loads, run("--db", db, "documents", "--format", "jsonl")[1].splitlines())}


def several():
    db = os.path.join(work, "several.db")
    assen, emmen = "De gemeente Assen doet mee.", "De gemeente Emmen doet mee."
    lines = [
        {"document": "brief.txt", "text": assen, "title": "Een brief", "date": "2026-03-16T10:00:00Z", "number": "2026Z01234",
         "sender": "minister van Proef", "kind": "letter", "pages": 3},
        {"id": 7, "text": emmen, "kind": "post"},
        {"text": "De gemeente Hoogeveen doet mee."},
    ]
    path = write("several/letters.jsonl", "\n\n".join(json.dumps(line) for line in lines).encode() + b"\n{\"text\":\n")
    code, _, err = load(path, db)
    got = documents(db)
    report(code == 3 and set(got) == {"brief.txt", "letters.jsonl/7", "letters.jsonl/5"} and "letters.jsonl:6: " in err,
           "JSON lines: a document a line, by their own names; a bad line is told and skipped", f"{code} {list(got)} {err}")
    told = [got.get("brief.txt", {}).get(k) for k in ("title", "date", "kind", "sender", "mentions")]
    report(told == ["Een brief", "2026-03-16", "letter", "minister van Proef", 1], "JSON lines: what the line says of it", told)
    report(run("--db", db, "text", "letters.jsonl/7")[1].strip() == emmen, "JSON lines: the text of one")
    again = run("--db", db, "load", path)[2]
    report("3 unchanged" in again, "JSON lines loaded again change nothing", again)
    twice = write("several/twice.jsonl", b'{"id":"a","text":"De gemeente Assen"}\n' * 2)
    code, _, err = load(twice, db)
    report(code == 3 and "a second document called 'twice.jsonl/a'" in err, "JSON lines: a name that is there twice", err)
    write("several/one.json", json.dumps(lines[0], indent=1).encode())
    load(os.path.join(work, "several", "one.json"), db)
    report(documents(db).get("one.json", {}).get("date") == "2026-03-16", "JSON: one document over several lines")
    data = make.pack([("map/a.txt", assen), ("map/a.html", f"<html><body><p>{assen}</p></body></html>"), ("logo.png", b"x"),
                      ("b.docx", make.docx(p(t(emmen))))])
    code, _, err = load(write("several/letters.zip", data), db)
    got = documents(db)
    report(code == 0 and {k: v["mentions"] for k, v in got.items()} == {"letters.zip/map/a.html": 1, "letters.zip/b.docx": 1},
           "ZIP: each document by its name, in the best of its formats", f"{code} {got} {err}")
    for jobs in ("1", "2"):
        one = os.path.join(work, f"jobs{jobs}.db")
        if os.path.exists(one):
            os.remove(one)
        run("--db", one, "load", "--jobs", jobs, os.path.join(work, "several"))
    a, b = (documents(os.path.join(work, f"jobs{jobs}.db")) for jobs in ("1", "2"))
    report(a == b and len(a) > 5, "several files of several documents: the same with two jobs", f"{list(a)} {list(b)}")


# ---- the same letter in two files -----------------------------------------------------------------------------


def twins():
    db = os.path.join(work, "twins.db")
    name = "06-soedan"
    for kind in ("docx", "pdf", "txt"):
        write(f"twins/antwoord.{kind}", open(os.path.join(work, kind, f"{name}.{kind}"), "rb").read())
    folder = os.path.join(work, "twins")
    text = open(os.path.join(folder, "antwoord.txt"), encoding="utf-8").read()
    about = open(os.path.join(work, "txt", "08-digitale-inclusie.txt"), encoding="utf-8").read().splitlines(True)
    other = "".join(text.splitlines(True)[:8] + about[8:])
    write("twins/zelfde-nummer.txt", other.encode())
    code, _, err = load(folder, db)
    got = [json.loads(line) for line in run("--db", db, "documents", "--duplicates", "--format", "jsonl")[1].splitlines()]
    pairs = [(d["document"], d["duplicate"]) for d in got]
    report(code == 0 and pairs == [("antwoord.docx", "antwoord.pdf"), ("antwoord.docx", "antwoord.txt")],
           "the same letter in three formats is one document, shown", f"{pairs} {err}")
    report(set(documents(db)) == {"antwoord.docx", "zelfde-nummer.txt"}, "another letter of the same number stays one",
           list(documents(db)))
    report(run("--db", db, "text", "antwoord.pdf")[1] == run("--db", db, "text", "antwoord.docx")[1],
           "a duplicate's name means the document")
    again = run("--db", db, "load", folder)[2]
    report("4 unchanged" in again, "loaded again nothing changes", again)
    write("twins/antwoord.pdf", open(os.path.join(work, "pdf", "04-voortgangsbrief-klimaat.pdf"), "rb").read())
    run("--db", db, "load", folder)
    report("antwoord.pdf" in documents(db), "a duplicate that changes into another letter is a document", list(documents(db)))
    code, out, err = run("--db", db, "check")
    report(code == 0, "the store is in order", out + err)


# ---- hostile files --------------------------------------------------------------------------------------------


def with_document(xml):
    return make.pack([("[Content_Types].xml", make.TYPES), ("_rels/.rels", make.RELS), ("word/document.xml", xml)])


def claims(size):
    """A DOCX whose directory says that its text unpacks to @p size bytes."""
    data = bytearray(make.docx(p(t("klein"))))
    for sign, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(sign)
        while at >= 0:
            data[at + place:at + place + 4] = size.to_bytes(4, "little")
            at = data.find(sign, at + 4)
    return bytes(data)


LAUGHS = ('<!DOCTYPE d [<!ENTITY a "haha">' + "".join(f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi"))
          + "]>")
EXTERNAL = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
WORD = f'<w:document xmlns:w="{make.W}"><w:body>{{}}</w:body></w:document>'


def flood():
    """A pdftotext that prints without end."""
    program = write("flood/pdftotext", b"#!/bin/sh\nexec yes '<word>De gemeente Assen doet mee aan het programma Preventie met Gezag.</word>'\n")
    os.chmod(program, 0o755)
    path = os.environ["PATH"]
    os.environ["PATH"] = os.path.dirname(program) + ":" + path
    code, _, err = load(write("flood.pdf", b"%PDF-1.7\n"), os.path.join(work, "flood.db"))
    os.environ["PATH"] = path
    report(code == 3 and "more than 128 MiB" in err, "a pdftotext that prints without end is stopped", f"exit {code} {err}")


THREE = make.letter_pdf([["De gemeente Assen doet mee aan het programma Preventie met Gezag."]], {})


def false_figures():
    """What a PDF says of its size, and what is not so, changes nothing of what is read."""
    for name, figure, false in (("objects", rb"/Size \d+", b"/Size 2147483647"), ("table", rb"xref\n0 \d+", b"xref\n0 99999999"),
                                ("first", rb"xref\n0 ", b"xref\n4294967295 "), ("place", rb"startxref\n\d+", b"startxref\n99999999999"),
                                ("length", rb"/Length \d+", b"/Length 2147483647")):
        data = re.sub(figure, false, THREE)
        got = text_of(data, f"figures/{name}.pdf")
        report(data != THREE and "Assen doet mee" in got, f"a PDF with a false figure ({name}) is read", got)


def hostile():
    deep = "<w:sdtContent>" * 10000 + "</w:sdtContent>" * 10000
    whole = make.docx(p(t("De gemeente Assen doet mee. " * 50)))
    files = [
        ("truncated.docx", whole[:len(whole) // 2], "broken ZIP"),
        ("deep.docx", with_document(WORD.format(deep)), "256 deep"),
        ("deep.xml", b"<?xml version='1.0'?>" + b"<al>" * 10000 + b"</al>" * 10000, "256 deep"),
        ("deep.html", b"<html><body>" + b"<div>" * 10000 + b"x", "4096 deep"),
        ("laughs.docx", with_document(LAUGHS + WORD.format("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>")), "entities"),
        ("laughs.xml", ("<?xml version='1.0'?>" + LAUGHS + "<d>&i;</d>").encode(), "entities"),
        ("external.odt", make.pack([("mimetype", "application/vnd.oasis.opendocument.text"),
                                    ("content.xml", EXTERNAL + "<d>&x;</d>")]), "entities"),
        ("external.xml", ("<?xml version='1.0'?>" + EXTERNAL + "<d>&x;</d>").encode(), "entities"),
        ("bomb.docx", with_document("<d>" + " " * (70 << 20) + "</d>"), "64 MiB|a bomb"),
        ("bomb.zip", make.pack([("brief.html", b"<html>" + b"0" * (70 << 20))]), "64 MiB|a bomb"),
        ("many.zip", make.pack([(f"{i}.png", b"") for i in range(20001)]), "20000 entries"),
        ("nested.zip", make.pack([("brief.txt", make.pack([("brief.txt", b"De gemeente Assen")]))]), "ZIP file in a ZIP"),
        ("inner.zip", make.pack([("a.zip.txt", make.pack([("b.txt", b"een")])), ("a.txt", b"\0")]), "ZIP file in a ZIP|NUL"),
        ("bombs.zip", make.pack([(f"{i}.txt", b" " * (5 << 20)) for i in range(60)]), "a bomb"),
        ("deep.json", b'{"text":' + b"[" * 10000, "no JSON object"),
        ("nul.json", b'{"text":"a\\u0000b"}', "NUL"),
        ("untold.json", b'{"title":"Brief"}', "without a 'text'"),
        ("number.json", b'{"text":"De gemeente Assen","title":7}', "'title' is no text"),
        ("never.json", b'{"text":"De gemeente Assen","date":"maart"}', "no date"),
        ("latin.json", '{"text":"Súdwest"}'.encode("latin-1"), "not UTF-8"),
        ("nothing.zip", make.pack([("a.png", b"\x89PNG")]), "without a document"),
        ("nul.docx", with_document(WORD.format("<w:p><w:r><w:t>a\0b</w:t></w:r></w:p>")), "XML line"),
        ("nul.html", b"<html><body><p>a\0b</p></body></html>", "NUL"),
        ("claims.docx", claims(0x7fffffff), "broken ZIP"),
        ("claims4.docx", claims(0xfffffffe), "broken ZIP"),
        ("cut.docx", make.docx(p(t("klein")))[:500], "broken ZIP"),
        ("cut.xml", b"<?xml version='1.0'?><officiele-publicatie><al>een", "XML line 1"),
        ("loop.pdf", make.pdf([[(70, 700, 10, "Assen")]]).replace(b"/Kids[5 0 R]", b"/Kids[2 0 R 2 0 R]"), "PDF"),
        ("count.pdf", THREE.replace(b"/Count 3", b"/Count 2147483647"), "broken PDF"),
        ("less.pdf", THREE.replace(b"/Count 3", b"/Count -7"), "broken PDF"),
        ("locked.odt", make.odt("", manifest="<m><manifest:encryption-data/></m>"), "password"),
        ("cut.pdf", make.letter_pdf([["De gemeente Assen"]], {})[:60], "broken PDF"),
        ("false.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20, "broken PDF"),
        ("pictures.pdf", make.letter_pdf([], {}).replace(b"Tj", b"%%"), "scanned PDF"),
        ("compound.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("meta.xml", b"<metadata_gegevens><metadata name='DC.title' content='x'/></metadata_gegevens>", "without its text"),
    ]
    before = set(glob.glob(os.path.join(os.path.dirname(work), "*")))
    for name, data, _ in files:
        write("hostile/" + name, data)
    code, _, err = load(os.path.join(work, "hostile"), os.path.join(work, "hostile.db"))
    report(code == 3, "a load of nothing but hostile files ends with 3", f"exit {code}\n{err}")
    for name, _, reason in files:
        told = [line for line in err.splitlines() if f"/{name}:" in line]
        parts = [line for line in err.splitlines() if f"/{name}/" in line]
        report((len(told) == 1 or parts) and re.search(reason, (told + parts)[-1]), f"{name} is refused: {reason}",
               "\n".join(told) or err)
    evil = make.pack([("../../evil.txt", b"De gemeente Assen doet mee."), ("/tmp/evil.png", b"x")])
    code, _, err = load(write("hostile/evil.zip", evil), os.path.join(work, "hostile.db"))
    wrote = set(glob.glob(os.path.join(os.path.dirname(work), "*"))) - before
    report(code == 0 and not wrote, "names that lead out of an archive write nothing", f"exit {code} {wrote}\n{err}")
    flood()
    false_figures()
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    report(most < MEMORY_MAX, f"no file took more than {MEMORY_MAX >> 20} MiB of memory", f"{most >> 20} MiB")


# ---- real files -----------------------------------------------------------------------------------------------

REAL = {  # what is refused, and why; the others load
    "empty.docx": "no text", "empty.odt": "no text", "empty-pw.docx": "password", "empty.doc": "DOC", "empty-pw.doc": "DOC",
    "garble.pdf": "garbled", "image.pdf": "scanned", "opmeta1.xml": "without its text",
}


def words_of_docx(path):
    """The words of a DOCX in their order, as the elements hold them: another reader."""
    import xml.etree.ElementTree as tree

    out, fields = [], []

    def walk(e):
        tag = e.tag.rsplit("}", 1)[-1]
        if tag in ("del", "moveFrom", "Fallback", "tabs"):
            return
        if tag == "fldChar":
            kind = e.get(f"{{{make.W}}}fldCharType")
            if kind == "begin":
                fields.append(False)
            elif kind == "separate":
                fields[-1] = True
            else:
                fields.pop()
        if tag == "t" and all(fields):
            out.append(e.text or "")
        for child in e:
            walk(child)
        if tag in ("p", "tab", "br", "cr"):
            out.append(" ")

    with zipfile.ZipFile(path) as z:
        walk(tree.fromstring(z.read("word/document.xml")))
        for part in ("word/footnotes.xml", "word/endnotes.xml"):
            if part in z.namelist():
                for each in tree.fromstring(z.read(part)):
                    if each.get(f"{{{make.W}}}type") in (None, "normal"):
                        walk(each)
    return "".join(out)


def bare(text):
    return re.sub(r"\[\d+\]", " ", text).replace("\xad", "").split()


def real():
    import difflib

    paths = sorted(glob.glob(os.path.join(shared, "formats", "*.docx")) + glob.glob(os.path.join(shared, "formats", "official", "*")))
    if not paths:
        print("ok - real files # SKIP there are none here")
        return
    db = os.path.join(work, "real.db")
    _, _, err = load(os.path.join(shared, "formats"), db)
    for path in paths:
        name = os.path.basename(path)
        told = "".join(line for line in err.splitlines() if f"/{name}:" in line)
        if name in REAL:
            report(REAL[name] in told, f"{name} is refused: {REAL[name]}", told or err)
            continue
        got = run("--db", db, "text", name)[1]
        if not name.endswith(".docx"):
            report(len(got.split()) > 40, f"{name} loads", f"{err}\n{got[:300]}")
            continue
        a, b = bare(words_of_docx(path)), bare(got)
        same = sum(m.size for m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
        calls = re.findall(r"\[(\d+)\]", got)
        tied = all(got.count(f"[{n}]") >= 2 and f"\n[{n}]" in got for n in set(calls))
        real_calls = zipfile.ZipFile(path).read("word/document.xml").decode().count("<w:footnoteReference ")
        good = same >= 0.99 * len(a) and len(b) - same <= 0.01 * len(a) and len(set(calls)) >= real_calls
        report(good, f"{name}: {same} of {len(a)} words in order, {len(b) - same} others, {real_calls} notes", err)
        report(tied or name == "answer5.docx", f"{name}: every note that is called has its body", calls)


office(rendered())
features()
says()
several()
twins()
hostile()
real()
