"""A mixed folder, as an archive is: the letters of corpus.py as text, Markdown, Word, OpenDocument, HTML, XML, PDF and ZIP.

    mixed.py FOLDER NUMBER [SEED]     writes FOLDER/000/000000.docx ...; file N is the same whatever NUMBER is

The shares are about those of the archive's own files: most are Word and PDF. Each writer makes the least file that readers
of its format take; what real ones hold besides is in tests/formats.
"""
import html
import io
import os
import sys
import textwrap
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import corpus  # noqa: E402


def text(lines):
    return "\n".join(lines).encode()


def markdown(lines):
    return text(["# " + lines[0]] + ["**%s**" % line if line.startswith(("Vraag ", "Antwoord op")) else line for line in lines[1:]])


def packed(files):
    """A ZIP of (name, bytes); its dates are always the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def elements(lines, before, after):
    return "".join(before + html.escape(line, quote=False) + after for line in lines if line)


def docx(lines):
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    body = elements(lines, '<w:p><w:r><w:t xml:space="preserve">', "</w:t></w:r></w:p>")
    return packed([
        ("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
         'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
         'PartName="/word/document.xml" ContentType="%s"/></Types>' % kind),
        ("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
         'Id="r1" Type="%s" Target="word/document.xml"/></Relationships>' % relation),
        ("word/document.xml", '<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (word, body))])


def odt(lines):
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = elements(lines, "<text:p>", "</text:p>")
    return packed([("mimetype", "application/vnd.oasis.opendocument.text"),
                   ("content.xml", '<office:document-content %s office:version="1.2"><office:body><office:text>%s</office:text>'
                    '</office:body></office:document-content>' % (names, body))])


def page(lines):
    return ('<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>%s</title></head><body><nav><a href="/">Home'
            '</a></nav><main>%s</main></body></html>' % (html.escape(lines[0]), elements(lines, "<p>", "</p>"))).encode()


def official(lines):
    return ('<?xml version="1.0" encoding="UTF-8"?><officiele-publicatie><kamerstuk><tekstregio><tekst>%s</tekst></tekstregio>'
            '</kamerstuk></officiele-publicatie>' % elements(lines, "<al>", "</al>")).encode()


def pdf(lines):
    """Pages of fifty lines in Helvetica, uncompressed."""
    wrapped = [row for line in lines for row in (textwrap.wrap(line, 95) or [""])]
    pages = [wrapped[i:i + 50] for i in range(0, len(wrapped), 50)] or [[""]]
    kids = " ".join("%d 0 R" % (4 + 2 * i) for i in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", ("<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages))).encode(),
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    for i, rows in enumerate(pages):
        said = (row.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for row in rows)
        stream = ("BT /F1 10 Tf 56 790 Td 14 TL " + " ".join("(%s) Tj T*" % row for row in said) + " ET").encode("cp1252", "replace")
        objects.append(("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" %
                        (5 + 2 * i)).encode())
        objects.append(b"<</Length %d>>stream\n" % len(stream) + stream + b"\nendstream")
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % n + body + b"\nendobj\n"
    table = "".join("%010d 00000 n \n" % at for at in places)
    return out + ("xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" %
                  (len(places) + 1, table, len(places) + 1, len(out))).encode()


def archive(lines):
    half = len(lines) // 2
    return packed([("deel-1.txt", text(lines[:half])), ("deel-2.txt", text(lines[half:]))])


SHARES = [(30, "docx", docx), (25, "pdf", pdf), (15, "txt", text), (10, "html", page), (8, "odt", odt), (5, "xml", official),
          (4, "md", markdown), (3, "zip", archive)]


def format_of(i):
    place = i * 37 % 100  # 37 and 100 have no divisor in common: every hundred files hold each share
    for share, ending, write in SHARES:
        if place < share:
            return ending, write
        place -= share


def main():
    folder, number = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    names = corpus.Names()
    for i in range(number):
        where = os.path.join(folder, "%03d" % (i // 1000))
        os.makedirs(where, exist_ok=True)
        ending, write = format_of(i)
        with open(os.path.join(where, "%06d.%s" % (i, ending)), "wb") as file:
            file.write(write(corpus.text_of(names, i, seed)))


if __name__ == "__main__":
    main()
