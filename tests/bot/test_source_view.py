"""Where the headings of an article stand."""

from __future__ import annotations

from bot.reply import SectionPlace
from bot.source_view import places_of_headings

TEXT = "Title\nFirst\nFirst of all.\nSecond\nWords.\nFirst\nAgain."


def test_headings_are_found_as_lines_in_order_each_after_the_one_before() -> None:
    places = places_of_headings(TEXT, ["First", "Second", "First"])
    assert places == (
        SectionPlace("First", TEXT.index("First")),
        SectionPlace("Second", TEXT.index("Second")),
        SectionPlace("First", TEXT.rindex("First")),
    )
    assert all(TEXT[place.start :].startswith(place.heading) for place in places)


def test_a_heading_without_a_line_and_an_empty_one_are_left_out() -> None:
    assert places_of_headings(TEXT, ["", "Nowhere", "First of", "Second"]) == (
        SectionPlace("Second", TEXT.index("Second")),
    )
