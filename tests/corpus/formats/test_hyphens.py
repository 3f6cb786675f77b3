from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.hyphens import mend_line_ends


@pytest.mark.parametrize(
    ("lines", "mended"),
    [
        (["a treat-", "ment helps"], ["a treatment", "helps"]),
        (["HER2-", "positive"], ["HER2-positive", ""]),
        (["the PD-", "L1 test"], ["the PD-L1", "test"]),
        (["a T-", "cell is"], ["a T-cell", "is"]),
        (["pre- or post-", "menopausal"], ["pre- or postmenopausal", ""]),
        (["before pre-", "and postmenopausal"], ["before pre-", "and postmenopausal"]),
        (["A long-term plan.", "It is long-", "term."], ["A long-term plan.", "It is long-term.", ""]),
        (
            ["The hormone and its receptor:", "hormone-", "receptor"],
            ["The hormone and its receptor:", "hormone-receptor", ""],
        ),
        (["under or stand", "to under-", "stand"], ["under or stand", "to understand", ""]),
        (["an inhibit\u2010", "or, or none"], ["an inhibitor,", "or none"]),
        (["An inhibitor is", "an inhibit-", "or."], ["An inhibitor is", "an inhibitor.", ""]),
        (["a soft\u00ad", "ened word"], ["a softened", "word"]),
        (["a co\u2010", "operation"], ["a cooperation", ""]),
        (["a dash -", "stays"], ["a dash -", "stays"]),
        (["ends-", "- item"], ["ends-", "- item"]),
        (["chemo-", "thera-", "py"], ["chemotherapy", "", ""]),
        ([], []),
    ],
)
def test_a_divided_word_is_whole_again(lines: list[str], mended: list[str]) -> None:
    assert mend_line_ends(lines) == mended


@given(st.lists(st.text(alphabet="aB -\u00ad2.", max_size=12)))
def test_only_hyphens_and_spaces_are_ever_lost(lines: list[str]) -> None:
    mended = mend_line_ends(lines)
    assert len(mended) == len(lines)
    assert "".join("".join(mended).split()).replace("-", "").replace("\u00ad", "") == "".join(
        "".join(lines).split()
    ).replace("-", "").replace("\u00ad", "")
