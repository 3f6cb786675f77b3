from __future__ import annotations

from corpus.article import BlockKind
from corpus.formats.markdown import read_markdown


def test_headings_paragraphs_and_items_keep_their_shape() -> None:
    body = read_markdown(
        "# Title\n\nIntro.\n\n## One\n\nText *with* [a link](http://x.org).\n\n- first\n- second\n"
    )
    assert body.title == "Title"
    intro, one = body.sections
    assert (intro.heading, [b.text for b in intro.blocks]) == ("", ["Intro."])
    assert one.heading == "One"
    assert [(b.kind, b.text) for b in one.blocks] == [
        (BlockKind.PARAGRAPH, "Text with a link."),
        (BlockKind.ITEM, "first"),
        (BlockKind.ITEM, "second"),
    ]


def test_comments_name_the_section_and_its_facts() -> None:
    body = read_markdown("## Which?\n<!-- id: which -->\n<!-- facts: 1-001, 2-003 -->\n\nText.\n")
    assert body.sections[0].id == "which"
    assert body.sections[0].facts == ("1-001", "2-003")
    assert [b.text for b in body.sections[0].blocks] == ["Text."]


def test_lines_count_in_the_file() -> None:
    body = read_markdown("## One\n\nText.\n", first_line=10)
    assert (body.sections[0].line, body.sections[0].blocks[0].line) == (10, 12)


def test_table_rows_name_their_columns() -> None:
    body = read_markdown("## T\n\n| drug | kind |\n|---|---|\n| Ibrance | pill |\n")
    assert [b.text for b in body.sections[0].blocks] == ["drug: Ibrance; kind: pill"]


def test_html_leaves_its_words_and_comments_leave_nothing() -> None:
    body = read_markdown("## H\n\n<div>kept <b>words</b></div>\n\n<!-- gone -->\n")
    assert [b.text.split() for b in body.sections[0].blocks] == [["kept", "words"]]


def test_a_wrapped_paragraph_is_one_block() -> None:
    body = read_markdown("## H\n\nfirst line\nsecond line\n")
    assert [b.text for b in body.sections[0].blocks] == ["first line second line"]


def test_raised_numbers_and_breaks_in_a_line_keep_their_meaning() -> None:
    body = read_markdown(
        "## H\n\nBelow 10<sup>9</sup> cells<br>a litre, HER2<sup>+</sup>\n\n<p>10<sup>9</sup></p>\n"
    )
    assert [b.text.strip() for b in body.sections[0].blocks] == ["Below 10⁹ cells a litre, HER2+", "10⁹"]


def test_html_in_markdown_leaves_no_scripts_and_no_entities() -> None:
    body = read_markdown("## H\n\n<div>a &lt; b <script>if (a<b) {}</script> c</div>\n")
    assert [b.text.split() for b in body.sections[0].blocks] == [["a", "<", "b", "c"]]


def test_deep_nesting_is_read_and_too_deep_nesting_is_told() -> None:
    assert read_markdown("> " * 60 + "deep").sections[0].blocks[0].text == "deep"
    assert read_markdown("kept\n\n" + "> " * 500 + "lost").notes == [
        "What is nested more than 100 levels deep was not read."
    ]
