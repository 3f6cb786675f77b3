from __future__ import annotations

from pathlib import Path

import pytest

from bot.safety import load_rules
from eval.public_safety.negation import Marked, agreement, in_scope, in_window, read_marked

HEADER = "line number\tCondition\tsentence\tnegation_status\ttemporality\texperiencer\n"
ROWS = (
    "1\tfever\tShe has no  FEVER.\tNegated\tRecent\tPatient\n"
    "2\tweak  ness\tThere is WEAK NESS in one arm.\tAffirmed\tRecent\tPatient\n"
    "3\tnausea\tNo complaints, but há NAUSEA today.\tAffirmed\tRecent\tPatient\n"
    "4\trash\tNothing of the kind.\tNegated\tRecent\tPatient\n"
)


@pytest.fixture
def marked(tmp_path: Path) -> list[Marked]:
    path = tmp_path / "annotations.txt"
    path.write_bytes((HEADER + ROWS).encode("latin-1"))
    return read_marked(path)


def test_a_condition_gives_way_to_a_placeholder(marked: list[Marked]) -> None:
    assert [one.negated for one in marked] == [True, False, False, True]
    assert marked[0].sentence == "She has no  zzsign ."
    assert marked[1].sentence == "There is  zzsign  in one arm."


def test_a_condition_that_is_not_in_its_sentence_is_left_out(marked: list[Marked]) -> None:
    assert marked[3].sentence is None
    everything = agreement(marked, lambda _: True)
    assert (everything.both, everything.only_judge, everything.only_annotators) == (1, 2, 0)


def test_a_condition_that_is_not_in_capitals_is_found(marked: list[Marked]) -> None:
    assert Marked("fever", "no fever today", negated=True).sentence == "no  zzsign  today"


def test_the_scores_are_those_of_the_counts() -> None:
    marked = [Marked("x", f"{word} X", negated=negated) for word, negated in (("a", True), ("b", True))]
    marked += [Marked("x", "a X", negated=False), Marked("x", "b X", negated=False)]
    found = agreement(marked, lambda text: text.startswith("a"))
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    nothing = agreement(marked, lambda _: False)
    assert (nothing.precision, nothing.recall, nothing.f1) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "scope", "window"),
    [
        ("She has no  zzsign .", True, True),
        ("No complaints today, but there is  zzsign .", False, True),
        ("The patient has denied any headache, neck pain, weakness, numbness or  zzsign .", True, False),
        ("She was denied any help with her  zzsign .", False, True),
        (" zzsign  is present.", False, False),
    ],
)
def test_the_scope_ends_where_a_plain_window_goes_on(text: str, scope: bool, window: bool) -> None:
    assert in_scope(load_rules())(text) is scope
    assert in_window(text) is window
