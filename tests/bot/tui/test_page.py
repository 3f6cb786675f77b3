"""Reading text laid out for a screen: nothing lost, nothing moved, everything found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reply import SectionPlace
from bot.tui.page import HEADING, QUOTED, lay_out

TEXT = "Title\n\nFirst heading\n\nOne sentence. Another sentence.\n\n- an item\n- and one\n\n\nSecond\nEnd."
CONTENTS = (
    SectionPlace("First heading", TEXT.index("First heading")),
    SectionPlace("Second", TEXT.index("Second")),
)


def test_blocks_have_an_empty_line_between_them_but_list_items_and_headings_none_below() -> None:
    page = lay_out(TEXT, contents=CONTENTS)
    assert page.text == (
        "Title\n\nFirst heading\nOne sentence. Another sentence.\n\n- an item\n- and one\n\nSecond\nEnd."
    )
    assert [page.text[h.start :].split("\n")[0] for h in page.headings] == ["First heading", "Second"]


def test_quoted_words_keep_their_marks_over_line_breaks() -> None:
    begin = TEXT.index("Another")
    page = lay_out(TEXT, [(begin, TEXT.index(" item"))], CONTENTS)
    assert [page.text[a:b] for a, b in page.quoted] == ["Another sentence.", "- an"]


def test_headings_and_quotes_have_their_styles() -> None:
    begin = TEXT.index("One")
    content = lay_out(TEXT, [(begin, begin + 13)], CONTENTS).content()
    styled = {str(span.style): content.plain[span.start : span.end] for span in content.spans}
    assert styled[QUOTED] == "One sentence."
    assert styled[HEADING] == "Second"


def test_control_characters_are_gone_and_what_stands_after_them_is_still_found() -> None:
    text = "a\x1b[31mb\u202e quoted words\nHeading\nend"
    at = text.index("quoted")
    page = lay_out(text, [(at, at + 6)], [SectionPlace("Heading", text.index("Heading"))])
    assert page.text == "ab quoted words\n\nHeading\nend"
    assert [page.text[a:b] for a, b in page.quoted] == ["quoted"]
    assert page.text[page.headings[0].start :].startswith("Heading")


@given(
    st.lists(st.text("abc -\n", max_size=30), min_size=1, max_size=6).map("\n".join),
    st.integers(0, 60),
    st.integers(1, 60),
)
def test_what_is_quoted_is_marked_whatever_the_lines(text: str, begin: int, length: int) -> None:
    begin = min(begin, len(text))
    end = min(begin + length, len(text))
    page = lay_out(text, [(begin, end)])
    marked = "".join(page.text[a:b] for a, b in page.quoted)
    lines = [line for line in text.split("\n") if line.strip()]
    assert "".join(lines) == page.text.replace("\n", "")
    expected = [
        text[max(begin, at) : min(end, at + len(line))]
        for at, line in _lines_with_offsets(text)
        if line.strip() and max(begin, at) < min(end, at + len(line))
    ]
    assert marked == "".join(expected)


def _lines_with_offsets(text: str) -> list[tuple[int, str]]:
    found = []
    at = 0
    for line in text.split("\n"):
        found.append((at, line))
        at += len(line) + 1
    return found


@pytest.mark.parametrize("width", [12, 30, 84])
def test_the_line_of_an_offset_is_where_the_wrapped_text_has_it(width: int) -> None:
    page = lay_out("words of different lengths here " * 30 + "\n\nneedle in another paragraph")
    lines = [str(line) for line in page.content().wrap(width)]
    at = page.text.index("needle")
    assert "needle" in lines[page.line_of(at, width)]
    middle = page.text.index("different", 400)
    before = sum(line.count("different") for line in lines[: page.line_of(middle, width)])
    assert before == page.text[:middle].count("different")


@pytest.mark.parametrize("width", [12, 30, 84])
def test_a_line_and_the_offset_at_which_it_begins_name_each_other(width: int) -> None:
    page = lay_out("words of different lengths here " * 10 + "\n\n- an item\n- another\n\nthe end of it")
    lines = [str(line) for line in page.content().wrap(width)]
    for number, line in enumerate(lines):
        offset = page.offset_of(number, width)
        if line.strip():
            assert page.text[offset:].startswith(line.split()[0])
            assert page.line_of(offset, width) == number


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sentence", ["sentence", "sentence"]),
        ("ANOTHER  sentence", ["Another sentence"]),
        ("item and", []),
        ("item - and", ["item\n- and"]),
        ("[", []),
        ("   ", []),
    ],
)
def test_words_are_found_whatever_their_case_and_spaces(words: str, found: list[str]) -> None:
    page = lay_out(TEXT, contents=CONTENTS)
    assert [page.text[a:b] for a, b in page.find(words)] == found
