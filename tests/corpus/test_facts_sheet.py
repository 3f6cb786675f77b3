"""The register against the facts sheet and its audit, which are not part of the project."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import pytest

from corpus.facts import Fact, read_facts
from corpus.figures import Amount, Day, agree, figures_in
from corpus.reader import OUR_CORPUS
from tests.conftest import DEVELOPMENT_TEXTS

SHEET = DEVELOPMENT_TEXTS / "corpus" / "facts.md"
AUDIT = DEVELOPMENT_TEXTS / "corpus" / "facts-audit.md"
needs_the_sheet = pytest.mark.skipif(
    not (SHEET.is_file() and AUDIT.is_file()), reason="the facts sheet is not on this machine"
)

DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
SHORTHAND = {
    r"(?<=\d) ?mo\b": " months",
    r"(?<=\d) ?h\b": " hours",
    r"(?<=\d) ?y\b": " years",
    r"(?<=\d) ?min\b": " minutes",
    r"\bmonthly\b": "once a month",
    r"\bevery-(?=\d)": "every ",
    r"\bmedian\b": "half of the",
    r"24/7": "24 hours, 7 days",
    r"\bx(?=\d)": "",
    r"(20\d\d) \((\d+ [A-Z][a-z]+);": r"\2 \1 (",
}


def long_form(text: str) -> str:
    """Return a row of the sheet with its shorthand written out."""
    for short, long in SHORTHAND.items():
        text = re.sub(short, long, text)
    return text


def ids_in(text: str) -> set[str]:
    ids = set(re.findall(r"\b\d+-\d{3}\b", text))
    for part, first, last in re.findall(r"\b(\d+)-(\d{3}) to (?:\d+-)?(\d{3})\b", text):
        ids |= {f"{part}-{n:03d}" for n in range(int(first), int(last) + 1)}
    return ids


def rows_by_id() -> dict[str, list[str]]:
    """Return, by fact id, its row of the sheet with the rows of the audit that are about it.

    What the audit says for safety (weight 1) is about every row on side effects and signs (part 4).
    """
    rows = {
        found[1]: [found[2]]
        for line in SHEET.read_text("utf-8").splitlines()
        if (found := re.match(r"\| (\d+-\d{3}) \|(.*)", line))
    }
    corrections, missing = AUDIT.read_text("utf-8").split("## Missing")
    for line in missing.splitlines():
        if number := re.match(r"\| (\d+) \|", line):
            rows[f"m-{int(number[1]):02d}"] = [line]
    for line in (*corrections.splitlines(), *missing.splitlines()):
        if re.match(r"\| \d+ \|", line):
            about, safety = ids_in(line), "| 1 safety |" in line
            for id_ in rows:
                rows[id_] += [line] if id_ in about or (safety and id_[:2] == "4-") else []
    return rows


@cache
def meanings(text: str) -> list[Day | Amount]:
    return [figure.meaning for figure in figures_in(long_form(text), every_number_word=True)]


def borne_out(claim: Day | Amount, known: Iterable[Day | Amount]) -> bool:
    """Whether a figure stands in a row, or is one of it in other units, rounded, or without its unit."""
    return any(agree(claim, meaning) or follows(claim, meaning) for meaning in known)


def follows(claim: Day | Amount, known: Day | Amount) -> bool:
    if isinstance(claim, Day) or isinstance(known, Day):
        return False
    if claim.unit in DAYS and known.unit in DAYS:
        return claim.value * DAYS[claim.unit] == known.value * DAYS[known.unit]
    if (claim.unit, known.unit) == ("F", "C"):
        return claim.value == known.value * 9 / 5 + 32
    if claim.unit == known.unit == "%":
        return abs(claim.value - known.value) < (10 if claim.value % 10 == 0 else 1)
    return not known.unit and claim.value == known.value


def unsupported(fact: Fact, rows: list[str]) -> list[str]:
    known = [meaning for row in rows for meaning in meanings(row)]
    return [f.written for f in figures_in(fact.says) if not borne_out(f.meaning, known)]


@needs_the_sheet
def test_every_fact_of_the_register_is_a_row_of_the_sheet_or_a_missing_fact_of_the_audit() -> None:
    assert sorted(read_facts(OUR_CORPUS / "facts.yaml").keys() - rows_by_id().keys()) == []


@needs_the_sheet
def test_every_figure_of_the_register_stands_in_its_row_or_in_the_audit_of_it() -> None:
    rows, preamble = rows_by_id(), SHEET.read_text("utf-8").split("## ")[0]
    found = {
        id_: figures
        for id_, fact in read_facts(OUR_CORPUS / "facts.yaml").items()
        if (figures := unsupported(fact, [preamble, *rows.get(id_, [])]))
    }
    assert found == {}
