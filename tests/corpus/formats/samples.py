"""Files of every kind that is read, made here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field

import docx
from docx.document import Document


@dataclass(frozen=True)
class Set:
    """A line of text set on a PDF page, in points from the lower left corner."""

    text: str
    y: float
    x: float = 72
    size: float = 11
    bold: bool = False


@dataclass
class PdfPages:
    """Sets lines from the top of a page downwards."""

    leading: float = 14
    pages: list[list[Set]] = field(default_factory=lambda: [[]])
    y: float = 760

    def line(self, text: str, *, x: float = 72, size: float = 11, bold: bool = False) -> None:
        self.pages[-1].append(Set(text, self.y, x, size, bold))
        self.y -= self.leading * size / 11

    def lines(self, *texts: str, x: float = 72) -> None:
        for text in texts:
            self.line(text, x=x)

    def heading(self, text: str, size: float = 16) -> None:
        self.gap()
        self.line(text, size=size, bold=True)
        self.gap()

    def row(self, *cells: str, bold: bool = False) -> None:
        for number, cell in enumerate(cells):
            self.pages[-1].append(Set(cell, self.y, 72 + 150 * number, bold=bold))
        self.y -= self.leading

    def gap(self) -> None:
        self.y -= self.leading

    def new_page(self) -> None:
        self.pages.append([])
        self.y = 760

    def content(self, **information: str) -> bytes:
        return pdf_of(self.pages, **information)


def pdf_of(
    pages: Sequence[Sequence[Set]], *, language: str = "", shapes: str = "", **information: str
) -> bytes:
    """Return a PDF of these pages with shapes on each and the values of its information dictionary."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /Lang ({language}) >>".encode(),
        b"",
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        ("<<" + "".join(f" /{key} ({value})" for key, value in information.items()) + " >>").encode("cp1252"),
    ]
    kids = []
    for page in pages:
        drawn = b"\n".join([shapes.encode(), *map(_draw, page)])
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        fonts = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Contents {len(objects)} 0 R /Resources {fonts} >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return pdf_file(objects)


def _font(name: str) -> bytes:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()


def _draw(line: Set) -> bytes:
    text = line.text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    font = "F2" if line.bold else "F1"
    return f"BT /{font} {line.size} Tf {line.x} {line.y} Td (".encode() + text + b") Tj ET"


def pdf_file(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects, of which the first is the catalogue and the fifth the information."""
    file = io.BytesIO()
    file.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    file.write(b"trailer << /Size %d /Root 1 0 R /Info 5 0 R >>\n" % (len(objects) + 1))
    file.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return file.getvalue()


def word_file(document: Document) -> bytes:
    """Return a Word document as the bytes of its file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def repacked(package: bytes, **parts: bytes) -> bytes:
    """Return a Word file with some of its parts replaced or added; ``__`` in a name stands for a slash."""
    file = io.BytesIO()
    new = {name.replace("__", "/") + ".xml": content for name, content in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in old.namelist():
            packed.writestr(name, new.pop(name, old.read(name)))
        for name, content in new.items():
            packed.writestr(name, content)
    return file.getvalue()


BEES_TEXT = """Keeping bees

Bees live in a hive, and a hive holds one colony with one queen.

What do bees eat?

Bees eat nectar and pollen. Nectar gives them the energy that they need for the flight back to
the hive, however far it is.

The things that a colony stores are:

- Honey is stored for the winter.
- Pollen is stored for the brood.

When do bees swarm?

Bees swarm in late spring. A swarm is calm, but it should not be disturbed.
"""

TABLE_ROWS = (("Store", "Used for"), ("Honey", "winter"), ("Pollen", "brood"))


def bees_markdown(*, table: bool) -> bytes:
    body = BEES_TEXT.replace("Keeping bees\n", "# Keeping bees\n")
    for heading in ("What do bees eat?", "When do bees swarm?"):
        body = body.replace(f"\n{heading}\n", f"\n## {heading}\n")
    head, *rows = TABLE_ROWS
    lines = [f"| {' | '.join(head)} |", "|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    return (body + ("\n" + "\n".join(lines) + "\n" if table else "")).encode()


def bees_html(*, table: bool) -> bytes:
    head, *rows = TABLE_ROWS
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    rows_html = f"<table><tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>{cells}</table>"
    return f"""<!doctype html>
<html lang="en-GB"><head><title>Keeping bees | The Bee Society</title><style>p {{ color: red }}</style></head>
<body><header><a href="/">The Bee Society</a><nav><a href="/news">News</a></nav></header>
<main><h1>Keeping bees</h1>
<p>Bees live in a hive, and a hive holds one colony with one queen.</p>
<h2>What do bees eat?</h2>
<p>Bees eat <b>nectar</b> and pollen. Nectar gives them the energy that they need for the flight
back to the hive, however far it is.</p>
<p>The things that a colony stores are:</p>
<ul><li>Honey is stored for the winter.</li><li>Pollen is stored for the brood.</li></ul>
<h2>When do bees swarm?</h2>
<p>Bees swarm in late spring. A swarm is calm, but it should not be disturbed.</p>
{rows_html if table else ""}</main>
<footer>The Bee Society, 1 Hive Lane. Registered charity.</footer></body></html>
""".encode()


def bees_pdf(*, table: bool) -> bytes:
    pages = PdfPages()
    pages.line("The Bee Society", size=9)
    pages.heading("Keeping bees", size=20)
    pages.lines("Bees live in a hive, and a hive holds one colony with one queen.")
    pages.heading("What do bees eat?")
    pages.lines(
        "Bees eat nectar and pollen. Nectar gives them the energy that they need for the flight back to",
        "the hive, however far it is.",
    )
    pages.gap()
    pages.line("The things that a colony stores are:")
    pages.gap()
    pages.lines("• Honey is stored for the winter.")
    pages.y = 60
    pages.line("Page 1 of 2", size=9)
    pages.new_page()
    pages.line("The Bee Society", size=9)
    pages.gap()
    pages.lines("• Pollen is stored for the brood.")
    pages.heading("When do bees swarm?")
    pages.lines("Bees swarm in late spring. A swarm is calm, but it should not be dis-", "turbed.")
    if table:
        pages.gap()
        pages.row(*TABLE_ROWS[0], bold=True)
        for row in TABLE_ROWS[1:]:
            pages.row(*row)
    pages.y = 60
    pages.line("Page 2 of 2", size=9)
    return pages.content(
        Title="Microsoft Word - bees.doc", Author="A. Keeper", CreationDate="D:20250302101112Z"
    )


def bees_word(*, table: bool) -> bytes:
    document = docx.Document()
    document.add_heading("Keeping bees", level=0)
    for text in BEES_TEXT.split("\n\n")[1:]:
        if text.endswith("?"):
            document.add_heading(text, level=1)
        elif text.startswith("- "):
            for item in text.splitlines():
                document.add_paragraph(item.removeprefix("- "), style="List Bullet")
        else:
            document.add_paragraph(" ".join(text.split()))
    if table:
        grid = document.add_table(rows=0, cols=2, style="Table Grid")
        for number, row in enumerate(TABLE_ROWS):
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.paragraphs[0].add_run(text).bold = number == 0
    document.sections[0].header.paragraphs[0].text = "The Bee Society"
    return word_file(document)
