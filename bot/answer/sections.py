"""The sections that an answer is quoted from: whole, in order of how well they answer the question."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.question.asked import Asked, terms_in
from bot.question.intent import Intent, heads, is_particular, is_unasked
from index.content import StoredPassage
from index.passages import Sentence
from index.search import Hit, Index

READ = 5
"""Sections that sentences are chosen from."""
AROUND = 2
"""Passages before and after the one found that are read with it, where they are of its section."""
_SORT = 0.055
"""What a section gains by a heading that asks for the same sort of answer."""
_PARTICULAR_SORT = 0.12
"""The same where that is a sort that articles have sections of their own for."""
_BOTH_SIDES = 0.08
"""What a section gains that names both of the things compared."""
_NAMES, _SEVERAL = 0.05, 4
"""What a section gains that has several of the names asked for, and how many words of names that is."""
_DRUG = 0.08
"""What a section gains that names the drug asked about."""
_UNASKED = 0.02
"""What a summary loses where nobody asked for one, since it repeats the sections below it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a section, with the passage that it is quoted from."""

    text: str
    sentence: Sentence
    stored: StoredPassage
    row: int
    """Row of its vector among the sentences."""


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section, or of a long one what lies around the passage that was found."""

    article_id: str
    section_id: str
    headings: tuple[str, ...]
    score: float
    """How well it answers the question: its best passage's score, and what its heading adds, about 0 to 1."""
    found: float
    """Score of its best passage in the search."""
    cosine: float
    """Of its best passage."""
    key: float
    """How near its keys are, or its best passage where they are no nearer."""
    lines: tuple[Line, ...]
    opens: bool
    """Whether the first line is the first sentence of the section."""

    @property
    def heading(self) -> str:
        """The section's own heading."""
        return self.headings[-1]


def read_sections(
    index: Index,
    hits: Sequence[Hit],
    intent: Intent,
    asked: Asked,
    sides: Sequence[str] = (),
    names: Collection[str] = (),
    drugs: Sequence[str] = (),
    *,
    around: int = AROUND,
) -> list[ReadSection]:
    """Return the best sections among ``hits``, best first, each with its neighbouring passages.

    ``sides`` are the things that are compared, if any, ``names`` the terms of which several are asked for,
    as "which drugs" asks for the names of drugs, and ``drugs`` the drugs that the question names. ``around``
    is how many passages before and after the one found are read with it. Sections that only list questions
    to ask answer nothing, unless that is what is asked for.
    """
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        if not is_unasked(Intent.QUESTIONS_TO_ASK, intent, hit.passage.headings[-1]):
            best.setdefault((hit.passage.article_id, hit.passage.section_id), hit)
    scored = [
        (
            _score(hit, intent)
            + _sides_score(hit, asked, sides)
            + _names_score(hit, names)
            + _drugs_score(hit, asked, drugs),
            hit,
        )
        for hit in best.values()
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].stored.row))
    leading = scored[:READ]
    runs = _neighbours(index, [hit.stored for _, hit in leading], around)
    return [_read(hit, score, passages) for (score, hit), passages in zip(leading, runs, strict=True)]


def terms_of_section(section: ReadSection) -> frozenset[str]:
    """Return the terms of a section's headings and sentences."""
    texts = (*section.headings, *(line.text for line in section.lines))
    return frozenset[str]().union(*map(terms_in, texts))


def names_it(asked: Asked, section: ReadSection, name: str) -> bool:
    """Whether a section names a part of the question, under any of its names."""
    return asked.names(name, terms_of_section(section))


def _score(hit: Hit, intent: Intent) -> float:
    heading = hit.passage.headings[-1]
    score = hit.score
    if heads(intent, heading):
        score += _PARTICULAR_SORT if is_particular(intent) else _SORT
    if is_unasked(Intent.SUMMARY, intent, heading):
        score -= _UNASKED
    return score


def _sides_score(hit: Hit, asked: Asked, sides: Sequence[str]) -> float:
    """Return what a passage gains that names all things compared and does not only say when to call."""
    if not sides or heads(Intent.WHEN_TO_CALL, hit.passage.headings[-1]):
        return 0.0
    terms = terms_in(hit.passage.text)
    return _BOTH_SIDES if all(asked.names(side, terms) for side in sides) else 0.0


def _names_score(hit: Hit, names: Collection[str]) -> float:
    """Return what a passage gains that names several of what is asked for."""
    return _NAMES if len(terms_in(hit.passage.text) & set(names)) >= _SEVERAL else 0.0


def _drugs_score(hit: Hit, asked: Asked, drugs: Sequence[str]) -> float:
    """Return what a passage gains that names a drug of the question, itself or in its headings."""
    terms = frozenset[str]().union(*map(terms_in, (*hit.passage.headings, hit.passage.text)))
    return _DRUG if any(asked.names(drug, terms) for drug in drugs) else 0.0


def _neighbours(index: Index, found: Sequence[StoredPassage], around: int) -> list[list[StoredPassage]]:
    """Return for each passage found the run of passages of its section around it, in order."""
    rows_of = {
        stored.passage.article_id: index.content.passage_rows(stored.passage.article_id) for stored in found
    }
    wanted = [
        [row for row in rows_of[one.passage.article_id] if abs(row - one.row) <= around] for one in found
    ]
    rows = sorted({row for run in wanted for row in run})
    loaded = dict(zip(rows, index.content.passages(rows), strict=True))
    return [
        [loaded[row] for row in run if loaded[row].passage.section_id == one.passage.section_id]
        for one, run in zip(found, wanted, strict=True)
    ]


def _read(hit: Hit, score: float, passages: Sequence[StoredPassage]) -> ReadSection:
    lines = [
        Line(stored.passage.quote(sentence), sentence, stored, row)
        for stored in passages
        for sentence, row in zip(stored.passage.sentences, stored.sentence_rows, strict=True)
    ]
    passage = hit.passage
    return ReadSection(
        article_id=passage.article_id,
        section_id=passage.section_id,
        headings=passage.headings,
        score=score,
        found=hit.score,
        cosine=hit.cosine,
        key=max(hit.cosine, hit.key),
        lines=tuple(lines),
        opens=passages[0].passage.id.endswith("/1"),
    )
