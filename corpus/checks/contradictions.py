"""The check for two sentences that give different numbers for the same thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.checks.checked import CheckedArticle, CheckedCorpus
from corpus.figures import Amount, Day, Figure, agree, figures_in
from corpus.finding import Finding
from corpus.glossary import TermKind
from corpus.mentions import Mention, TermFinder
from corpus.profile import CheckName
from corpus.prose import block_sentences, blocks

_APPROVED = re.compile(
    r"\b(?:approv\w+|authoris\w+|authoriz\w+|licensed)\b|\((?:[^()]*[;,] )?(?:US|EU|UK),? [^()]*\)",
    re.IGNORECASE,
)
_FIRST_APPROVED = re.compile(r"\bfirst (?:US |EU |UK )?(?:approv|authoris|authoriz)\w+", re.IGNORECASE)
_NOT_AN_APPROVAL = re.compile(r"\btests?\b|\bnot\b|\bbiosimilar", re.IGNORECASE)
_REGIONS = {
    "US": re.compile(r"\bUS\b|\bFDA\b"),
    "EU": re.compile(r"\bEU\b|\bEurope\w*\b|\bEMA\b"),
    "UK": re.compile(r"\bUK\b|\bEngland\b|\bScotland\b|\bNHS\b|\bMHRA\b"),
}
_SETTINGS = {
    "first": re.compile(r"\bfirst (?:treatment|line|therapy)|\bfirst-line\b", re.IGNORECASE),
    "later": re.compile(r"\bafter\b|\bearlier\b|\bprevious\b", re.IGNORECASE),
    "alone": re.compile(r"\balone\b", re.IGNORECASE),
    "chemotherapy": re.compile(r"\bwith (?:\w+ )?chemotherapy\b", re.IGNORECASE),
}
_SEVERE = re.compile(r"\bsevere\b|\bserious\b|\bgrade [3-5]\b|\bfatal\b|\bhigh-grade\b", re.IGNORECASE)
_IS_TAKEN = re.compile(r"\b(?:taken|given|swallowed|infusion|drip|injection|injected)\b", re.IGNORECASE)
_CHECKS = re.compile(r"\b(?:tests?|checks?|checked|scans?|counts?|visits?)\b", re.IGNORECASE)
_EVERY = re.compile(r"\bevery\s$", re.IGNORECASE)
_BOUNDS = {
    "over": re.compile(r"\b(?:more than|over|at least|above)\s$", re.IGNORECASE),
    "under": re.compile(r"\b(?:less than|fewer than|under|up to|at most|below)\s$", re.IGNORECASE),
    "about": re.compile(r"\b(?:about|around|nearly|almost|roughly)\s$", re.IGNORECASE),
}
_SLACK = Decimal("0.1")
"""So much of a figure "about" may leave open."""

_SUBJECTS = (TermKind.SUBTYPE, TermKind.GENE, TermKind.MARKER, TermKind.RECEPTOR)
_EFFECTS = (TermKind.SIDE_EFFECT, TermKind.SYMPTOM)

_Key = tuple[str, ...]
_Range = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class _Claim:
    """One number that a sentence gives for one thing, and where it stands."""

    key: _Key
    written: str
    value: Day | _Range
    checked: CheckedArticle
    line: int


def check_contradictions(corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find sentences that name the same drug and give different numbers for the same thing.

    Compared are: when a drug was first approved, or approved for the same people in the same
    setting; the share of people with one side effect; how often a drug is taken. Only clauses with
    one such number are understood, so what is not found may still be wrong.
    """
    finder = TermFinder.of(corpus.glossary)
    claims: dict[_Key, list[_Claim]] = defaultdict(list)
    for checked in corpus.articles:
        for _, block in blocks(checked.article):
            for sentence in block_sentences(checked.article, block):
                for clause in re.split(r";\s", sentence):
                    for key, written, value in _claims_of(clause, finder.mentions(clause)):
                        claims[key].append(_Claim(key, written, value, checked, block.line))
    for key, found in claims.items():
        for claim in found[1:]:
            if not _compatible(found[0].value, claim.value):
                other = found[0]
                problem = (
                    f"{claim.written!r} for {_shown(key)}, where {other.checked.article.id} "
                    f"(line {other.line}) has {other.written!r}"
                )
                mend = "Compare both with the facts and correct one, or say in what they differ."
                yield claim.checked.finding(CheckName.CONTRADICTIONS, claim.line, problem, mend)


def _claims_of(clause: str, mentions: list[Mention]) -> Iterator[tuple[_Key, str, Day | _Range]]:
    drugs = {m.term.name for m in mentions if m.term.kind is TermKind.DRUG}
    if not drugs:
        return
    figures = figures_in(clause)
    yield from _approval(clause, mentions, drugs, figures)
    yield from _share(clause, mentions, drugs, figures)
    yield from _schedule(clause, drugs, figures)


def _approval(
    clause: str, mentions: list[Mention], drugs: set[str], figures: list[Figure]
) -> Iterator[tuple[_Key, str, Day]]:
    days = [(f, f.meaning) for f in figures if isinstance(f.meaning, Day) and f.meaning.year]
    regions = [name for name, pattern in _REGIONS.items() if pattern.search(clause)]
    if len(days) != 1 or len(regions) != 1 or not _APPROVED.search(clause) or _NOT_AN_APPROVAL.search(clause):
        return
    figure, day = days[0]
    if _FIRST_APPROVED.search(clause):
        if len(drugs) == 1:
            yield ("first approval", *drugs, *regions), figure.written, day
        return
    people = {m.term.name for m in mentions if m.term.kind in _SUBJECTS}
    settings = [name for name, pattern in _SETTINGS.items() if pattern.search(clause)]
    if people:
        key = ("approval", " + ".join(sorted(drugs)), *regions, *sorted(people), *settings)
        yield key, figure.written, day


def _share(
    clause: str, mentions: list[Mention], drugs: set[str], figures: list[Figure]
) -> Iterator[tuple[_Key, str, _Range]]:
    effects = {m.term.name for m in mentions if m.term.kind in _EFFECTS}
    shares = [(f, f.meaning) for f in figures if isinstance(f.meaning, Amount) and f.meaning.unit == "%"]
    if len(effects) != 1 or not 1 <= len(shares) <= 2:
        return
    severity = "severe" if _SEVERE.search(clause) else "any"
    values = [amount.value for _, amount in shares]
    low, high = min(values), max(values)
    written = " to ".join(figure.written for figure, _ in shares)
    if len(shares) == 1:
        low, high = _bounds(clause, shares[0][0], low)
    yield ("share", " + ".join(sorted(drugs)), *effects, severity), written, (low, high)


def _bounds(clause: str, figure: Figure, value: Decimal) -> _Range:
    bound = next((name for name, p in _BOUNDS.items() if p.search(clause, 0, figure.start)), "")
    if bound == "over":
        return value, Decimal(100)
    if bound == "under":
        return Decimal(0), value
    slack = value * _SLACK if bound == "about" else Decimal(0)
    return value - slack, value + slack


def _schedule(clause: str, drugs: set[str], figures: list[Figure]) -> Iterator[tuple[_Key, str, _Range]]:
    if len(drugs) != 1 or not _IS_TAKEN.search(clause) or _CHECKS.search(clause):
        return
    for kind in ("a day", "every"):
        amounts = [
            (figure, figure.meaning.value)
            for figure in figures
            if isinstance(figure.meaning, Amount)
            and (figure.meaning.unit == kind or (kind == "every" and _EVERY.search(clause, 0, figure.start)))
        ]
        if len(amounts) == 1:
            figure, value = amounts[0]
            unit = figure.meaning.unit if isinstance(figure.meaning, Amount) else ""
            yield ("how often", *drugs, f"{kind} {unit}"), figure.written, (value, value)


def _compatible(one: Day | _Range, other: Day | _Range) -> bool:
    if isinstance(one, Day) and isinstance(other, Day):
        return agree(one, other) or agree(other, one)
    if isinstance(one, Day) or isinstance(other, Day):
        return False
    return one[0] <= other[1] and other[0] <= one[1]


def _shown(key: _Key) -> str:
    return f"{key[0]} ({', '.join(key[1:])})"
