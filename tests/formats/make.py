"""Small files in the formats that verband reads, made without any word processor."""
import html
import io
import re
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PARTS = ("footnotes", "endnotes", "styles", "numbering")
TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
         'ContentType="application/xml"/><Override PartName="/word/document.xml" '
         f'ContentType="{WORD}document.main+xml"/>'
         + "".join(f'<Override PartName="/word/{p}.xml" ContentType="{WORD}{p}+xml"/>' for p in PARTS) + "</Types>")
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def pack(parts):
    """A ZIP file of (name, text or bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts:
            z.writestr(name, data)
    return out.getvalue()


def docx(body, core="", **parts):
    """A DOCX with this body; parts: footnotes, endnotes, styles, numbering, header, footer."""
    files = [("[Content_Types].xml", TYPES), ("_rels/.rels", RELS)]
    files.append(("word/document.xml", f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'))
    files.append(("word/_rels/document.xml.rels",
                  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                  + "".join(f'<Relationship Id="r{i}" Type="{OFFICE}{name}" Target="{name}.xml"/>'
                            for i, name in enumerate(parts)) + "</Relationships>"))
    for name, inside in parts.items():
        root = {"header": "hdr", "footer": "ftr"}.get(name, name)
        files.append((f"word/{name}.xml", f'<w:{root} xmlns:w="{W}">{inside}</w:{root}>'))
    if core:
        files.append(("docProps/core.xml", core))
    return pack(files)


OD = " ".join(
    f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"'
    for p, u in [("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing")]
)


def odt(body, styles="", manifest="<manifest/>", master=""):
    return pack([
        ("styles.xml", f"<office:document-styles {OD}><office:master-styles>{master}</office:master-styles>"
                       "</office:document-styles>"),
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", f"<office:document-content {OD}><office:automatic-styles>{styles}</office:automatic-styles>"
                        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"),
    ])


# ---- letters: paragraphs of words and calls of notes ----------------------------------------------------------


def unmarked(markdown):
    """What a reader of Markdown sees, notes as "[n]"."""
    text = re.sub(r"<sup>(\d+)</sup>", r"[\1]", markdown)
    text = re.sub(r"^(#+|>|---)[ \t]*", "", text, flags=re.M)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<!\\)[*]+", "", text).replace("\\_", "_")
    return re.sub(r"[ \t]+$", "", text, flags=re.M)


def parse(text):
    """The paragraphs of a letter, each a list of words, tabs and numbers of notes; and the notes."""
    notes = {}

    def take(match):
        notes[match.group(1)] = " ".join(match.group(2).split())
        return ""

    text = re.sub(r"\[bookmark: [^\]]*\]", "", text)
    text = re.sub(r"\[(\d+):\s+([^\[\]]*?)\s*\]", take, text)
    text = re.sub(r"^\[(\d+)\] (.*)$", take, text, flags=re.M)
    paragraphs = []
    for line in text.rstrip("\n").split("\n"):
        pieces = re.split(r"\[(?:footnoteRef:)?(\d+)\s?\]|(\t)", line)
        paragraph = []
        for i, piece in enumerate(pieces):
            if not piece:
                continue
            if i % 3 == 1:
                paragraph.append(int(piece))
            else:
                paragraph.append(piece)
        paragraphs.append(paragraph)
    return paragraphs, notes


def letter_docx(paragraphs, notes):
    def run(piece):
        if isinstance(piece, int):
            return f'<w:r><w:footnoteReference w:id="{piece}"/></w:r>'
        if piece == "\t":
            return "<w:r><w:tab/></w:r>"
        half = len(piece) // 2  # word processors cut words into runs anywhere
        cut = [piece[:half], piece[half:]]
        return "".join(f'<w:r><w:t xml:space="preserve">{html.escape(s)}</w:t></w:r>' for s in cut)

    body = "".join("<w:p>" + "".join(run(p) for p in line) + "</w:p>" for line in paragraphs)
    bodies = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {html.escape(s)}</w:t></w:r>'
        "</w:p></w:footnote>" for n, s in notes.items())
    return docx(body, footnotes='<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>' + bodies)


def letter_odt(paragraphs, notes):
    def run(piece):
        if isinstance(piece, int):
            return (f'<text:note text:id="n{piece}"><text:note-citation>{piece}</text:note-citation><text:note-body>'
                    f"<text:p>{html.escape(notes[str(piece)])}</text:p></text:note-body></text:note>")
        return "<text:tab/>" if piece == "\t" else f"<text:span>{html.escape(piece)}</text:span>"

    return odt("".join("<text:p>" + "".join(run(p) for p in line) + "</text:p>" for line in paragraphs))


def letter_html(paragraphs, notes):
    def run(piece):
        if isinstance(piece, int):
            return f'<sup><a id="back{piece}" href="#note{piece}">{piece}</a></sup>'
        return " " if piece == "\t" else html.escape(piece)

    body = "\n".join("<p>" + "".join(run(p) for p in line) + "</p>" for line in paragraphs if line)
    foot = "".join(f'<p id="note{n}"><a href="#back{n}">{n}</a> {html.escape(s)}</p>' for n, s in notes.items())
    return (
        "<!DOCTYPE html><html><head><title>Brief</title><script>var gemeente = 'Groningen';</script></head><body>"
        "<nav><a href='/utrecht'>Gemeente Utrecht</a></nav><main>" + body + "<div>" + foot + "</div></main>"
        "<footer>Provincie Zeeland</footer></body></html>"
    ).encode()


def pdf(pages):
    """A PDF of pages, each a list of (left, up from the foot, size, words) in points, in Helvetica."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    kids = []
    for page in pages:
        out = []
        for left, up, size, words in page:
            safe = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            out.append(f"BT /F1 {size} Tf {left} {up} Td ({safe}) Tj ET")
        stream = "\n".join(out)
        objects.append(f"<</Length {len(stream.encode('cp1252'))}>>\nstream\n{stream}\nendstream")
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
                       "/Resources<</Font<</F1 3 0 R>>>>>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    data, places = b"%PDF-1.4\n", []
    for i, o in enumerate(objects):
        places.append(len(data))
        data += f"{i + 1} 0 obj\n{o}\nendobj\n".encode("cp1252")
    table = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(b"%010d 00000 n \n" % p for p in places)
    return data + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n".encode()


def letter_pdf(paragraphs, notes):
    """Wrapped lines, with a head and a foot on every page."""
    lines = []
    for line in paragraphs:
        words = "".join(f"[{p}]" if isinstance(p, int) else p for p in line).replace("\t", "      ").split(" ")
        row = ""
        for word in words:
            if len(row) + len(word) > 88:
                lines.append(row)
                row = ""
            row = f"{row} {word}" if row else word
        lines.append(row)
    lines += [""] + [f"[{n}] {s}" for n, s in notes.items()]
    pages = [lines[i:i + 40] for i in range(0, len(lines), 40)]
    while len(pages) < 3:
        pages.append(["Deze bladzijde is met opzet leeg gelaten."])
    made = []
    for i, page in enumerate(pages):
        rows = ["Ministerie van Proef | Brief", ""] + page
        made.append([(50, 800 - 16 * k, 9, row) for k, row in enumerate(rows) if row]
                    + [(50, 30, 9, f"Pagina {i + 1} van {len(pages)}")])
    return pdf(made)
