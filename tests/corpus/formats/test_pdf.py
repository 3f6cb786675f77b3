from __future__ import annotations

import io
import zlib
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from corpus.article import Article, ArticleError, BlockKind
from corpus.formats.pdf_page import Deadline, TooMuch, page_lines
from corpus.reader import read_article
from tests.corpus.formats.samples import PdfPages, Set, pdf_file, pdf_of

PARAGRAPH, ITEM = BlockKind.PARAGRAPH, BlockKind.ITEM


def read(folder: Path, content: bytes) -> Article:
    path = folder / "leaflet.pdf"
    path.write_bytes(content)
    return read_article(path)


def blocks_of(article: Article) -> list[tuple[str, BlockKind, str]]:
    return [
        (section.heading, block.kind, article.text[block.start : block.end])
        for section in article.sections
        for block in section.blocks
    ]


def test_headings_are_known_by_their_size_and_weight(tmp_path: Path) -> None:
    pages = PdfPages()
    pages.heading("Looking after yourself", size=20)
    pages.heading("1. Eating and", size=15)
    pages.y += 14
    pages.line("drinking", size=15, bold=True)
    pages.gap()
    pages.lines(
        "Small meals are easier than large ones, and they are as good for you as the", "large ones are."
    )
    pages.gap()
    pages.line("When you feel sick", bold=True)
    pages.lines("Sips of water help.")
    article = read(tmp_path, pages.content())
    assert article.title == "Looking after yourself"
    assert [section.headings for section in article.sections] == [
        ("Eating and drinking",),
        ("Eating and drinking", "When you feel sick"),
    ]


def test_paragraphs_are_parted_by_space_by_indents_and_by_short_lines(tmp_path: Path) -> None:
    pages = PdfPages()
    pages.lines(
        "The first paragraph has two lines, of which the first one is as long as a line is", "and ends here."
    )
    pages.gap()
    pages.lines("The second one comes after an empty line and is just as long as all the others")
    pages.lines("are, and it ends at the very end of a line, so that only the indent is telling it.")
    pages.lines("The third one begins with an indent.", x=90)
    article = read(tmp_path, pages.content())
    assert [text.split()[1] for _, _, text in blocks_of(article)] == ["first", "second", "third"]


def test_list_items_keep_their_wrapped_lines(tmp_path: Path) -> None:
    pages = PdfPages()
    pages.line("Call the ward about:")
    pages.line("• a temperature above 38 degrees. It may be the only sign, so that you should not wait")
    pages.line("Until the next morning", x=84)
    pages.line("• bleeding")
    pages.lines("Keep the number where you find it, beside the telephone or on the door of the fridge.")
    article = read(tmp_path, pages.content())
    assert [kind for _, kind, _ in blocks_of(article)] == [PARAGRAPH, ITEM, ITEM, PARAGRAPH]
    assert blocks_of(article)[1][2].endswith("should not wait Until the next morning")


def test_marks_that_are_drawn_or_set_apart_make_list_items(tmp_path: Path) -> None:
    texts = (
        "The signs are:",
        "a fever that does not go down after a day of rest in bed, with",
        "shivering",
        "a rash",
    )
    lines = [Set(text, 700 - 14 * n, 72 if n == 0 else 90) for n, text in enumerate(texts)]
    drawn = "79 688 m 81 690 l 79 692 l 77 690 l f 70 660 400 1 re f 60 600 300 200 re f"
    article = read(tmp_path, pdf_of([[*lines, Set("•", 658, 78)]], shapes=drawn))
    assert [(kind, text.split()[0], text.split()[-1]) for _, kind, text in blocks_of(article)] == [
        (PARAGRAPH, "The", "are:"),
        (ITEM, "a", "shivering"),
        (ITEM, "a", "rash"),
    ]


def test_running_heads_feet_page_numbers_and_contents_are_dropped(tmp_path: Path) -> None:
    pages = PdfPages()
    for number in (1, 2, 3):
        if number > 1:
            pages.new_page()
        pages.line("Bee Society leaflets", size=9)
        pages.gap()
        if number == 1:
            pages.line("Contents")
            pages.line("Feeding ........................ 2")
        for line in range(8):
            pages.line(f"This is line {line} of page {number}, which says something new about the bees.")
        pages.y = 60
        pages.line(f"Chapter {'ABC'[number - 1]} {number + 4}", size=9)
        pages.line(f"- {number} -", size=9)
    text = read(tmp_path, pages.content()).text
    assert text.count("This is line") == 24
    for gone in ("Society", "Contents", "Feeding", "Chapter", "- 1 -"):
        assert gone not in text


def test_what_a_browser_prints_around_a_page_is_dropped(tmp_path: Path) -> None:
    page = [Set("11/27/26, 3:53 PM Bees", 800), *(Set(f"Line {n} of text.", 700 - 14 * n) for n in range(8))]
    text = read(tmp_path, pdf_of([[*page, Set("https://bees.example/a 1/1", 20)]])).text
    assert text.startswith("Leaflet\n\nLine 0")
    assert text.endswith("Line 7 of text.")


def test_a_paragraph_goes_on_over_a_page_and_a_divided_word_is_whole(tmp_path: Path) -> None:
    pages = PdfPages()
    pages.lines("Trastuzumab is one of the drugs for HER2-", "positive breast cancer, and the treat-")
    pages.new_page()
    pages.lines("ment goes on for as long as it helps. Treatment is given by drip.")
    article = read(tmp_path, pages.content())
    assert blocks_of(article)[0][2] == (
        "Trastuzumab is one of the drugs for HER2-positive breast cancer, and the treatment goes on "
        "for as long as it helps. Treatment is given by drip."
    )


def test_raised_figures_stay_raised_and_sunken_ones_do_not(tmp_path: Path) -> None:
    line = [
        Set("Below 10", 700),
        Set("9", 704, 116, 7),
        Set(" cells and CO", 700, 120),
        Set("2", 697, 186, 7),
    ]
    assert read(tmp_path, pdf_of([line])).text.endswith("Below 10⁹ cells and CO2")
    as_large = [Set("Below 10", 700), Set("9", 705, 116)]
    assert read(tmp_path, pdf_of([as_large])).text.endswith("Below 10⁹")


def test_letters_drawn_twice_are_read_once(tmp_path: Path) -> None:
    lines = [Set("A warning.", 700), Set("A warning.", 700.3, 72.4), Set("A warning.", 680)]
    assert read(tmp_path, pdf_of([lines])).text.count("A warning.") == 2


def test_a_table_with_wrapped_cells_is_rows(tmp_path: Path) -> None:
    pages = PdfPages()
    pages.row("Drug", "Side effect", "How often", bold=True)
    pages.gap()
    pages.row("Ibrance", "low blood", "very often")
    pages.row("", "counts", "")
    pages.gap()
    pages.row("Piqray", "rash", "often")
    article = read(tmp_path, pages.content())
    assert [(kind, text) for _, kind, text in blocks_of(article)] == [
        (ITEM, "Drug: Ibrance; Side effect: low blood counts; How often: very often"),
        (ITEM, "Drug: Piqray; Side effect: rash; How often: often"),
    ]


def test_a_table_drawn_cell_by_cell_is_rows(tmp_path: Path) -> None:
    head = [Set("Drug", 700, bold=True), Set("Effect", 700, 140, bold=True), Set("Help", 700, 300, bold=True)]
    first = [Set("Palbociclib", 675), Set("low blood", 675, 140), Set("counts", 662, 140)]
    second = [Set("blood", 675, 300), Set("tests", 662, 300), Set("Alpelisib", 637), Set("rash", 637, 140)]
    after = Set("Ask the ward.", 610, 70)
    article = read(tmp_path, pdf_of([[*head, *first, *second, after]]))
    assert [text for _, _, text in blocks_of(article)] == [
        "Drug: Palbociclib; Effect: low blood counts; Help: blood tests",
        "Drug: Alpelisib; Effect: rash",
        "Ask the ward.",
    ]


def test_a_table_without_a_bold_head_has_cells_without_heads(tmp_path: Path) -> None:
    pages = PdfPages()
    pages.row("Ward", "555 1234")
    pages.row("Night", "555 4321")
    assert [text for _, _, text in blocks_of(read(tmp_path, pages.content()))] == [
        "Ward; 555 1234",
        "Night; 555 4321",
    ]


def test_what_the_file_says_of_itself_is_taken(tmp_path: Path) -> None:
    page = [Set("Some words of text.", 700)]
    made = {"Author": "A. Keeper", "CreationDate": "D:20250302101112Z"}
    article = read(tmp_path, pdf_of([page], language="en-GB", Title="Care at home", **made))
    assert (article.title, article.author, article.language) == ("Care at home", "A. Keeper", "en-GB")
    assert article.published == date(2025, 3, 2)
    assert read(tmp_path, pdf_of([page], Title="Microsoft Word - v2.doc")).title == "Leaflet"


def test_pages_without_text_are_told_among_pages_with_text(tmp_path: Path) -> None:
    article = read(tmp_path, pdf_of([[Set("Some words of text.", 700)], [], []]))
    assert article.notes == ("2 of 3 pages have no text, the first of them page 2.",)


def test_a_turned_page_is_read_as_it_is_seen(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(page_on_its_side()))
    file = io.BytesIO()
    writer.write(file)
    article = read(tmp_path, file.getvalue())
    assert [text for _, _, text in blocks_of(article)] == ["The first line. The second line."]


def page_on_its_side() -> bytes:
    lines = ((100, b"The first line."), (114, b"The second line."))
    drawn = b" ".join(b"BT /F1 11 Tf 0 1 -1 0 %d 72 Tm (%s) Tj ET" % line for line in lines)
    file = pdf_of([[Set("x", 0)]]).replace(b"BT /F1 11 Tf 72 0 Td (x) Tj ET", drawn)
    return file.replace(b"/MediaBox", b"/Rotate 90 /MediaBox")


def locked(password: str, algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of([[Set("Some words of text.", 700)]])))
    writer.encrypt(password, "owner", algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_an_encrypted_file_is_told_and_one_without_a_password_is_read(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"the PDF is encrypted.*without a password"):
        read(tmp_path, locked("secret", "RC4-128"))
    assert read(tmp_path, locked("", "RC4-128")).text.endswith("Some words of text.")


def test_a_scan_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"no text, only pictures of pages.*OCR"):
        read(tmp_path, pdf_of([[], []]))


def test_garbled_text_is_told(tmp_path: Path) -> None:
    cmap = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ff> <e000> endbfrange"
    file = pdf_of([[Set("Some words of text.", 700)]]).replace(
        b"/WinAnsiEncoding", b"/WinAnsiEncoding /ToUnicode 9 0 R"
    )
    objects = [part.split(b"\nendobj")[0] for part in file.split(b" 0 obj\n")[1:]]
    objects += [b"null"] * (8 - len(objects))
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap))
    with pytest.raises(ArticleError, match="the text of the PDF is garbled"):
        read(tmp_path, pdf_file(objects))


def test_a_page_that_unpacks_to_too_much_is_told(tmp_path: Path) -> None:
    packed = zlib.compress(b" " * 50_000_000)
    file = pdf_of([[Set("Some words of text.", 700)]])
    objects = [part.split(b"\nendobj")[0] for part in file.split(b" 0 obj\n")[1:]]
    objects[5] = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    with pytest.raises(ArticleError, match="more than any text needs"):
        read(tmp_path, pdf_file(objects))


def test_a_page_that_takes_too_long_is_stopped() -> None:
    ticks = iter(range(1000))
    deadline = Deadline(5, clock=lambda: float(next(ticks)))
    page = PdfReader(io.BytesIO(pdf_of([[Set("Some words of text.", 700)] * 50]))).pages[0]
    with pytest.raises(TooMuch):
        page_lines(page, 1, deadline)


def test_too_many_pages_are_told(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"2001 pages \(at most 2000 are read\)"):
        read(tmp_path, pdf_of([[]] * 2001))


def test_columns_beside_each_other_lose_no_words(tmp_path: Path) -> None:
    left = [Set(f"Left column line {n} goes on", 700 - 14 * n) for n in range(10)]
    right = [Set(f"Right column line {n} goes on", 700 - 14 * n, 320) for n in range(10)]
    text = read(tmp_path, pdf_of([[*left, *right]])).text
    assert [text.count(side) for side in ("Left", "Right")] == [10, 10]
