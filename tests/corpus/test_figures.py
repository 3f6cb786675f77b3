from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.figures import Amount, Day, agree, figures_in


def meanings(text: str) -> list[tuple[str, str] | tuple[int | None, ...]]:
    found: list[tuple[str, str] | tuple[int | None, ...]] = []
    for figure in figures_in(text):
        match figure.meaning:
            case Amount(value, unit):
                found.append((f"{value.normalize():f}", unit))
            case Day(year, month, day):
                found.append((year, month, day))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("46.7 versus 37.3 months", [("46.7", "month"), ("37.3", "month")]),
        ("on days 1, 15 and 29 of five", [("1", "day"), ("15", "day"), ("29", "day")]),
        ("4 to 6 weeks", [("4", "week"), ("6", "week")]),
        ("30-90 minutes", [("30", "minute"), ("90", "minute")]),
        ("10-15% of 547 people", [("10", "%"), ("15", "%"), ("547", "")]),
        ("10 percent, 10 per cent", [("10", "%"), ("10", "%")]),
        ("100.4 F (38.0 C), 38°C", [("100.4", "F"), ("38", "C"), ("38", "C")]),
        ("in 80 of 100, 80 in 100, one in ten", [("80", "%"), ("80", "%"), ("10", "%")]),
        ("more than half of them, a quarter of them", [("50", "%"), ("25", "%")]),
        ("once a day or twice daily", [("1", "a day"), ("2", "a day")]),
        ("three weeks, a three-week course, 3 weeks", [("3", "week")] * 3),
        ("$2,100 and 4.65 million", [("2100", "$"), ("4650000", "")]),
        ("8am to 8pm", [("8", "am"), ("8", "pm")]),
        ("15 December 2025", [(2025, 12, 15)]),
        ("December 15, 2025", [(2025, 12, 15)]),
        ("April 2020, 1/2024, 2023-04-05", [(2020, 4, None), (2024, 1, None), (2023, 4, 5)]),
        ("2017-21 or 1998", [(2017, None, None), (2021, None, None), (1998, None, None)]),
        ("on 30 April", [(None, 4, 30)]),
        ("911, 999 or 112", [("911", ""), ("999", ""), ("112", "")]),
        ("116 123 or 988", [("116123", "phone"), ("988", "")]),
        ("1-800-227-2345 and 0808 800 6000", [("18002272345", "phone"), ("8088006000", "phone")]),
    ],
)
def test_figures_are_read_with_what_they_count(text: str, expected: list[tuple[str, str]]) -> None:
    assert meanings(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Four or more loose stools", [("4", "")]),
        ("after at least two treatments", [("2", "")]),
        ("up to three times", [("3", "")]),
        ("at least one treatment", [("1", "")]),
        ("for one week", [("1", "week")]),
        ("the two drugs", []),
        ("one day it will", []),
        ("more than one drug", []),
        ("one of them", []),
    ],
)
def test_a_number_word_is_a_figure_where_it_counts(text: str, expected: list[tuple[str, str]]) -> None:
    assert meanings(text) == expected


@pytest.mark.parametrize(
    "name",
    """
    HER2, CDK4/6, CDK4, BRCA1/2, PIK3CA, PD-L1, T-DM1, 22C3, 5-FU, PALOMA-2, DESTINY-Breast06, HbA1c, CYP3A4,
    24/7, CA 15-3, CA 27.29, stage 4, Stage 4, Phase 1, grade 3 or 4, phase 2/3, type 2., receptor 2.,
    MONARCH 2, Step 3:, IHC 0, IHC 1+ or 3+, a score of 0 or 1+, the clinic's 24-hour line,
    answered 24 hours a day, half an hour
    """.split(", "),
)
def test_a_name_with_a_digit_is_no_figure(name: str) -> None:
    assert meanings(f"It is {name} here") == []


def test_every_number_word_can_be_read() -> None:
    assert [f.written for f in figures_in("the two drugs and one more", every_number_word=True)] == [
        "two",
        "one",
    ]


def test_a_figure_knows_where_it_stands() -> None:
    text = "HER2 in 34% of May 2019"
    assert [text[f.start : f.start + len(f.written)] for f in figures_in(text)] == ["34%", "May 2019"]


@pytest.mark.parametrize(
    ("claim", "known", "agreed"),
    [
        (Day(2025), Day(2025, 12, 15), True),
        (Day(2025, 12), Day(2025, 12, 15), True),
        (Day(2025, 12, 15), Day(2025, 12), False),
        (Day(2025, 11), Day(2025, 12, 15), False),
        (Day(None, 4, 30), Day(2026, 4, 30), True),
        (Amount(Decimal("38.0"), "C"), Amount(Decimal(38), "C"), True),
        (Amount(Decimal(38), "C"), Amount(Decimal(38), "F"), False),
        (Amount(Decimal(14), "%"), Amount(Decimal(14), "day"), False),
        (Amount(Decimal(2025)), Day(2025), False),
    ],
)
def test_a_claim_agrees_with_what_is_as_exact(claim: Day | Amount, known: Day | Amount, agreed: bool) -> None:
    assert agree(claim, known) is agreed
