from __future__ import annotations

from corpus.article import BlockKind
from corpus.formats.plain_text import Line, assemble, read_plain_text

WRAPPED = """Table of Contents >> Show >> Hide
- Table of Contents
- Why Cats Sleep
- 1) Short naps
- Wrap-Up
Cats are animals that many people keep at home, and they are known for the long hours that they
spend asleep on warm places.
Why Cats Sleep
Cats sleep to save strength for the hunt, which is short and needs all of it, as any mouse could
tell if it were asked.
The usual reasons are:
- They are well fed.
- They are warm and the day is long and there is nothing else that a cat would need to be doing
just now. - They are old.
This closes the list.
1) Short naps
A nap is short.
Wrap-Up
That is all.
"""


def test_a_table_of_contents_is_dropped_and_its_entries_are_headings() -> None:
    sections = read_plain_text(WRAPPED)
    assert [s.heading for s in sections] == ["", "Why Cats Sleep", "Short naps", "Wrap-Up"]
    assert [s.level for s in sections] == [1, 2, 3, 2]
    assert sections[0].blocks[0].text.startswith("Cats are animals")


def test_wrapped_lines_are_joined_and_items_kept() -> None:
    blocks = read_plain_text(WRAPPED)[1].blocks
    assert [(b.kind, b.text.split()[0], b.text.split()[-1]) for b in blocks] == [
        (BlockKind.PARAGRAPH, "Cats", "asked."),
        (BlockKind.PARAGRAPH, "The", "are:"),
        (BlockKind.ITEM, "They", "fed."),
        (BlockKind.ITEM, "They", "now."),
        (BlockKind.ITEM, "They", "old."),
        (BlockKind.PARAGRAPH, "This", "list."),
    ]


def test_blank_lines_part_paragraphs_and_underlines_mark_headings() -> None:
    sections = read_plain_text("Title\n=====\n\nOne paragraph\nof two lines.\n\nAnother one.\n")
    assert [(s.heading, [b.text for b in s.blocks]) for s in sections] == [
        ("Title", ["One paragraph of two lines.", "Another one."])
    ]


def test_numbered_lines_are_items_and_not_headings() -> None:
    sections = read_plain_text("What to bring\n\n1. A list\n2. A pen\n3. Water\n")
    assert [(s.heading, [b.text for b in s.blocks]) for s in sections] == [
        ("What to bring", ["A list", "A pen", "Water"])
    ]


def test_text_without_any_heading_is_one_section() -> None:
    sections = read_plain_text("just some words that go on. and on.")
    assert [(s.heading, len(s.blocks)) for s in sections] == [("", 1)]


def test_page_furniture_is_dropped() -> None:
    sections = read_plain_text("Skip to content\n\nBody text stands here.\n\nShare this\n")
    assert [b.text for s in sections for b in s.blocks] == ["Body text stands here."]


def test_words_divided_by_a_line_end_are_whole() -> None:
    sections = read_plain_text(
        "The drug is for HER2-\npositive cancer, and the treat-\nment goes on. Treatment helps.\n"
    )
    assert [b.text for s in sections for b in s.blocks] == [
        "The drug is for HER2-positive cancer, and the treatment goes on. Treatment helps."
    ]


def test_a_minus_sign_is_no_bullet() -> None:
    sections = read_plain_text("Keep it cold:\n\n-5 degrees is too cold.\n\n- 5 degrees is right.\n")
    assert [(b.kind, b.text) for b in sections[0].blocks][1:] == [
        (BlockKind.PARAGRAPH, "-5 degrees is too cold."),
        (BlockKind.ITEM, "5 degrees is right."),
    ]


def test_lines_known_to_be_headings_are_the_only_ones() -> None:
    sections = assemble(
        [
            Line(1, "Care", page=1, level=1),
            Line(2, "Short line", page=1),
            Line(3, ""),
            Line(4, "Next", page=2),
        ]
    )
    assert [(s.heading, [(b.text, b.page) for b in s.blocks]) for s in sections] == [
        ("Care", [("Short line", 1), ("Next", 2)])
    ]
