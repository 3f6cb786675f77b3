from __future__ import annotations

import io

from eval.change_table import print_comparison
from eval.changes import changes
from eval.runner import CaseResult
from eval.variants import Comparison, Outcome, Variant
from tests.eval.fakes import fake_subject
from tests.eval.test_changes import run_with


def printed(base: list[CaseResult], other: list[CaseResult], failed: tuple[CaseResult, ...] = ()) -> str:
    variant = Variant("[red]odd\x1b", "one stage \x1b[2J out", (), fake_subject())
    out = io.StringIO()
    print_comparison(Comparison(tuple(base), (Outcome(variant, tuple(changes(base, other)), failed),)), out)
    return out.getvalue()


def rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if "error_rate" in line]


def test_a_certain_change_is_marked_with_its_direction() -> None:
    together, alone = rows(printed(run_with(*[0] * 30), run_with(*[1] * 15, *[0] * 15)))
    assert together == ["error_rate", "30", "0.000", "+0.500!"]
    assert alone[:6] == ["abstention", "error_rate", "30", "0.000", "0.500", "+0.500!"]
    better = rows(printed(run_with(*[1] * 30), run_with(*[1] * 15, *[0] * 15)))
    assert better[0][-1] == "-0.500*"


def test_an_uncertain_change_has_no_mark_and_no_change_is_a_plain_zero() -> None:
    (together, _) = rows(printed(run_with(*[0] * 30), run_with(1, *[0] * 29)))
    assert together[-1] == "+0.033"
    (only,) = rows(printed(run_with(0, 1), run_with(0, 1)))
    assert only == ["error_rate", "2", "0.500", "0"]


def test_a_variant_that_changes_nothing_says_so() -> None:
    assert "nothing changes" in printed(run_with(0), run_with(0))


def test_names_cannot_steer_the_terminal() -> None:
    text = printed(run_with(0), run_with(0))
    assert "\x1b" not in text
    assert "[red]odd" in text


def test_names_of_metrics_stay_whole_beside_many_variants() -> None:
    base, other = run_with(*[0] * 30), run_with(*[1] * 30)
    found = tuple(changes(base, other))
    names = (
        "words only",
        "vectors only",
        "no keys",
        "no sentences",
        "as typed",
        "no backstop",
        "no headings",
    )
    outcomes = tuple(Outcome(Variant(name, "out", (), fake_subject()), found, ()) for name in names)
    out = io.StringIO()
    print_comparison(Comparison(tuple(base), outcomes), out)
    together = next(line for line in out.getvalue().splitlines() if line.startswith("  error_rate"))
    assert together.split() == ["error_rate", "30", "0.000", *["+1.000!"] * 7]
    assert "  frame_presence " in out.getvalue()
    assert "…" not in out.getvalue()
