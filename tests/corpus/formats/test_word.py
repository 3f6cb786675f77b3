from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document

from corpus.article import Article, ArticleError, BlockKind
from corpus.reader import read_article
from tests.corpus.formats.samples import repacked, word_file

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(folder: Path, content: Document | bytes) -> Article:
    path = folder / "leaflet.docx"
    path.write_bytes(content if isinstance(content, bytes) else word_file(content))
    return read_article(path)


def texts(article: Article) -> list[str]:
    return [article.text[b.start : b.end] for s in article.sections for b in s.blocks]


def with_body(markup: str) -> bytes:
    """A Word file whose body holds this markup."""
    package = word_file(docx.Document())
    return repacked(
        package, word__document=f"<w:document {NAMESPACE}><w:body>{markup}</w:body></w:document>".encode()
    )


def paragraph_of(runs: str) -> str:
    return f"<w:p>{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (run("a") + run("b", "<w:b/>") + run("c ") + run("d"), "abc d"),
        (run("one") + run(" ") + run("two"), "one two"),
        (run("one") + "<w:r><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>", "one two three"),
        (run("HER2") + "<w:r><w:noBreakHyphen/></w:r>" + run("low"), "HER2-low"),
        (run("treat") + "<w:r><w:softHyphen/></w:r>" + run("ment"), "treatment"),
        (run("10") + run("9", '<w:vertAlign w:val="superscript"/>') + run(" cells"), "10⁹ cells"),
        (run("Seen") + run(" hidden", "<w:vanish/>") + run(" struck", "<w:strike/>"), "Seen"),
        (run("Seen") + run(" unstruck", '<w:strike w:val="0"/>'), "Seen unstruck"),
        (
            run("Two ") + f"<w:del>{run('four ')}</w:del><w:ins>{run('six ')}</w:ins>" + run("pills"),
            "Two six pills",
        ),
        ("<w:sdt><w:sdtContent>" + run("In a control") + "</w:sdtContent></w:sdt>", "In a control"),
        ("<w:hyperlink>" + run("A link") + "</w:hyperlink>", "A link"),
        ("<w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r>" + run("3"), "3"),
    ],
)
def test_words_are_read_as_the_finished_document_shows_them(tmp_path: Path, runs: str, text: str) -> None:
    assert texts(read(tmp_path, with_body(paragraph_of(runs)))) == [text]


def test_tracked_changes_and_footnotes_are_told(tmp_path: Path) -> None:
    body = paragraph_of(run("Text") + f"<w:ins>{run('.')}</w:ins><w:r><w:footnoteReference w:id='1'/></w:r>")
    assert read(tmp_path, with_body(body)).notes == (
        "The footnotes (1) were not read.",
        "The document has tracked changes and was read as if they were accepted.",
    )


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph_of(run('Call 999.'))}</w:txbxContent>"
    choice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice Requires='x'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    body = paragraph_of(run("Before.") + f"<w:r>{choice}</w:r>")
    assert texts(read(tmp_path, with_body(body))) == ["Before.", "Call 999."]


def test_headings_lists_and_levels_come_from_the_styles(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Care at home", style="Title")
    document.add_heading("Eating", level=1)
    document.add_paragraph("Small meals", style="List Bullet")
    document.add_heading("When sick", level=2)
    own = document.styles.add_style("Ward heading", 1)
    own.base_style = document.styles["Heading 1"]
    document.add_paragraph("Sips of water.")
    document.add_paragraph("Sleeping", style="Ward heading")
    document.add_paragraph("Lie down.")
    article = read(tmp_path, document)
    assert article.title == "Care at home"
    assert [(s.headings, [b.kind.value for b in s.blocks]) for s in article.sections] == [
        (("Eating",), ["item"]),
        (("Eating", "When sick"), ["paragraph"]),
        (("Sleeping",), ["paragraph"]),
    ]


def test_headings_and_lists_come_from_a_paragraph_s_own_settings(tmp_path: Path) -> None:
    def with_setting(setting: str, text: str) -> str:
        return f"<w:p><w:pPr>{setting}</w:pPr>{run(text)}</w:p>"

    item = "<w:numPr><w:numId w:val='1'/></w:numPr>"
    ended = "<w:numPr><w:numId w:val='0'/></w:numPr>"
    body = [
        with_setting("", "Good morning."),
        with_setting("<w:outlineLvl w:val='0'/>", "Waking"),
        with_setting(item, "Sit up"),
        with_setting(ended, "Stand up."),
    ]
    article = read(tmp_path, with_body("".join(body)))
    assert [section.heading for section in article.sections] == ["Leaflet", "Waking"]
    assert [block.kind.value for block in article.sections[1].blocks] == ["item", "paragraph"]


def test_a_document_without_styles_has_its_bold_lines_as_headings(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("Care at home", "Eating", "Small meals are easier.", "Sleeping", "Sleep when you can."):
        document.add_paragraph().add_run(text).bold = not text.endswith(".")
    article = read(tmp_path, document)
    assert article.title == "Care at home"
    assert [section.heading for section in article.sections] == ["Eating", "Sleeping"]


def test_the_contents_and_the_margins_of_pages_are_dropped(tmp_path: Path) -> None:
    document = docx.Document()
    contents = document.styles.add_style("toc 1", 1)
    document.add_paragraph("Eating 3", style=contents)
    document.add_paragraph("Small meals are easier.")
    document.sections[0].header.paragraphs[0].text = "Bee Society"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    assert texts(read(tmp_path, document)) == ["Small meals are easier."]


def test_a_box_of_one_cell_is_text_and_merged_cells_are_filled(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Call 999 if you cannot breathe."
    table = document.add_table(rows=3, cols=3, style="Light Grid")
    for column, head in enumerate(("Drug", "Effect", "How often")):
        table.cell(0, column).text = head
    table.cell(1, 0).merge(table.cell(2, 0)).text = "X"
    table.cell(1, 1).text, table.cell(1, 2).text = "rash", "often"
    table.cell(2, 1).merge(table.cell(2, 2)).text = "fever"
    article = read(tmp_path, document)
    assert article.sections[0].blocks[0].kind is BlockKind.PARAGRAPH
    assert texts(article) == [
        "Call 999 if you cannot breathe.",
        "Drug: X; Effect: rash; How often: often",
        "Drug: X; Effect, How often: fever",
    ]


def test_what_the_file_says_of_itself_is_taken(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Text.")
    properties = document.core_properties
    properties.title, properties.author, properties.language = "Care", "A. Keeper", "en-GB"
    properties.modified = datetime(2025, 3, 2, tzinfo=UTC)
    article = read(tmp_path, document)
    assert (article.title, article.author, article.language) == ("Care", "A. Keeper", "en-GB")
    assert article.published == date(2025, 3, 2)


def test_a_zip_bomb_is_told_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = repacked(word_file(docx.Document()), word__media__filler=b"0" * 60_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(ArticleError, match=r"unpacks to 61 MB, more than any text needs"):
        read(tmp_path, bomb)


def test_a_package_that_lies_about_its_size_is_told(tmp_path: Path) -> None:
    bomb = repacked(word_file(docx.Document()), word__document=b"<a>" + b" " * 60_000_000 + b"</a>")
    size = (60_000_007).to_bytes(4, "little")
    assert bomb.count(size) >= 1
    with pytest.raises(ArticleError, match="the file is damaged"):
        read(tmp_path, bomb.replace(size, (1000).to_bytes(4, "little")))


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word__document", b"<w:document>never closed"),
        ("word__document", b"<a>" * 5000),
        ("word__styles", b"<w:styles>"),
    ],
)
def test_a_damaged_part_is_told(tmp_path: Path, part: str, content: bytes) -> None:
    with pytest.raises(ArticleError, match="the file is damaged"):
        read(tmp_path, repacked(word_file(docx.Document()), **{part: content}))


def test_another_package_is_told(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/other.txt", "no document")
    with pytest.raises(ArticleError, match="the file is damaged"):
        read(tmp_path, file.getvalue())


def with_entities(entities: str, text: str) -> bytes:
    body = paragraph_of(run(text))
    markup = f"<!DOCTYPE d [{entities}]><w:document {NAMESPACE}><w:body>{body}</w:body></w:document>"
    return repacked(word_file(docx.Document()), word__document=markup.encode())


def test_a_file_named_by_an_entity_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET")
    entity = f'<!ENTITY s SYSTEM "{(tmp_path / "secret.txt").as_uri()}">'
    assert "SECRET" not in read(tmp_path, with_entities(entity, "It is &s; here.")).text


def test_entities_that_unfold_without_end_are_told(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    with pytest.raises(ArticleError, match="the file is damaged"):
        read(tmp_path, with_entities(laughs, "It is &l11; here."))


def test_styles_in_a_circle_end(tmp_path: Path) -> None:
    styles = "".join(
        f"<w:style w:styleId='{this}'><w:name w:val='{this}'/><w:basedOn w:val='{below}'/></w:style>"
        for this, below in (("a", "b"), ("b", "a"))
    )
    package = repacked(
        with_body(f"<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr>{run('Text.')}</w:p>"),
        word__styles=f"<w:styles {NAMESPACE}>{styles}</w:styles>".encode(),
    )
    assert texts(read(tmp_path, package)) == ["Text."]
