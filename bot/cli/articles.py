"""Articles as the command line lists and shows them; every line is safe for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from bot.cli.context import fitted
from bot.render import RESTS_ON, fact_lines, page_words, review_line, shown
from bot.reply import NO_CLINICAL_REVIEW
from corpus.article import Article, Section
from corpus.facts import Fact
from corpus.prose import sentences, word_count
from corpus.readability import reading_grade
from corpus.settings import CorpusSettings, Readers

WITHDRAWN = "This article is withdrawn: the next `mbc-chat index build` leaves it out."

_HEADINGS = ("id", "state", "words", "grade", "reviewed", "topics", "title")
_NUMBERS = frozenset({"words", "grade"})


@dataclass(frozen=True, slots=True)
class Row:
    """One article in the list."""

    id: str
    title: str
    topics: tuple[str, ...]
    words: int
    grade: float
    """Reading grade, US school years."""
    reviewed: date | None
    withdrawn: bool

    def as_json(self) -> dict[str, Any]:
        """Return plain values, the date as an ISO day."""
        return {
            "id": self.id,
            "title": self.title,
            "topics": list(self.topics),
            "words": self.words,
            "grade": self.grade,
            "reviewed": self.reviewed.isoformat() if self.reviewed else None,
            "withdrawn": self.withdrawn,
        }


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of an article as it is shown, and whether it is a heading."""

    text: str
    heading: bool = False


def list_row(article: Article) -> Row:
    """Return what the list says of an article."""
    return Row(
        id=article.id,
        title=article.title,
        topics=article.topics,
        words=word_count(article),
        grade=round(reading_grade(sentences(article)), 1),
        reviewed=article.reviewed,
        withdrawn=article.withdrawn,
    )


def table_lines(rows: Sequence[Row], width: int | None) -> list[str]:
    """Return the list as one line an article below a line of headings, cut to ``width`` columns."""
    table = [_HEADINGS, *(_cells(row) for row in rows)]
    if not any(row.withdrawn for row in rows):
        table = [(cells[0], *cells[2:]) for cells in table]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = []
    for cells in table:
        padded = [
            cell.rjust(size) if heading in _NUMBERS else cell.ljust(size)
            for heading, cell, size in zip(table[0], cells, widths, strict=True)
        ]
        lines.append(fitted("  ".join(padded).rstrip(), width))
    return lines


def _cells(row: Row) -> tuple[str, ...]:
    """Return the cells of an article, in the order of ``_HEADINGS``."""
    mark = "withdrawn" if row.withdrawn else ""
    day = row.reviewed.isoformat() if row.reviewed else "-"
    topics = ", ".join(row.topics)
    return tuple(map(shown, (row.id, mark, str(row.words), f"{row.grade:.1f}", day, topics, row.title)))


def nearest_ids(article_id: str, ids: list[str]) -> list[str]:
    """Return up to three ids that ``article_id`` may be meant for, the likeliest first."""
    holding = [one for one in ids if article_id and article_id.lower() in one]
    return list(dict.fromkeys([*get_close_matches(article_id, ids, 3, 0.5), *holding]))[:3]


def article_lines(
    article: Article,
    settings: CorpusSettings,
    *,
    facts: Mapping[str, Fact] | None = None,
    section: int | None = None,
) -> Iterator[ShownLine]:
    """Lay out an article, or its ``section`` alone, counted from 1; ``facts`` adds what each rests on."""
    if article.withdrawn:
        yield ShownLine(WITHDRAWN, heading=True)
    yield ShownLine(article.title, heading=True)
    unasked = settings.readers is Readers.ANYONE and article.clinical_review == NO_CLINICAL_REVIEW
    review = review_line(article.reviewed, "" if unasked else article.clinical_review)
    yield ShownLine(" ".join(part for part in (f"{review}.", settings.reviewed_by) if part))
    for number, one in enumerate(article.sections, start=1):
        if section in {None, number}:
            yield ShownLine("")
            yield from _section_lines(article, one, number, facts)
    if section is None and article.sources:
        yield ShownLine("")
        yield ShownLine("Where the facts come from", heading=True)
        yield from (ShownLine(f"- {source.title} {source.url}") for source in article.sources)


def _section_lines(
    article: Article, section: Section, number: int, facts: Mapping[str, Fact] | None
) -> Iterator[ShownLine]:
    page = page_words(section.blocks[0].page if section.blocks else 0)
    place = f"({article.id}#{section.id}{page})"
    yield ShownLine(" ".join(part for part in (f"{number}.", section.heading, place) if part), heading=True)
    for line in article.text[section.start : section.end].split("\n"):
        yield ShownLine(line)
    if facts is None or not section.facts:
        return
    yield ShownLine("")
    yield ShownLine(RESTS_ON)
    for fact_id in section.facts:
        fact = facts.get(fact_id)
        if fact is None:
            yield ShownLine(f"- {fact_id}: not in the register")
            continue
        says, origin, url = fact_lines(fact)
        yield ShownLine(f"- {fact_id}: {says}")
        yield ShownLine(f"  {origin}")
        yield ShownLine(f"  {url}")


def wrapped(line: ShownLine, width: int | None) -> str:
    """Return a line safe for the terminal, wrapped to ``width`` columns under its list mark."""
    text = shown(line.text)
    if width is None:
        return text
    indent = "  " if text.startswith(("- ", "  ")) else ""
    return textwrap.fill(
        text, max(width, 20), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
