"""The sheet that maps the article that the project began from to the sections that answer it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from corpus.checks.copying import word_runs
from corpus.reader import OUR_CORPUS, read_corpus
from corpus.words import content_words
from tests.conftest import DEVELOPMENT_TEXTS, REPOSITORY

SHEET = REPOSITORY / "docs" / "source-article-map.md"
FIRST_ARTICLE = DEVELOPMENT_TEXTS / "corpus" / "source-article.txt"
needs_the_first_article = pytest.mark.skipif(
    not FIRST_ARTICLE.is_file(), reason="the article that the project began from is not on this machine"
)

EXAMPLE = "an-article#a-section"
LEFT_OUT = 1
"""The last part of the sheet is about what the first article does not have."""


def parts_of_the_sheet() -> dict[int, tuple[str, str]]:
    """Return heading and body of every numbered part, by number."""
    _, *pieces = re.split(r"^## (\d+)\. (.+)$", SHEET.read_text("utf-8"), flags=re.MULTILINE)
    return {int(n): (heading, body) for n, heading, body in zip(*[iter(pieces)] * 3, strict=True)}


def rows_of(body: str) -> list[list[str]]:
    """Return the cells of each row of a table, without its head."""
    lines = [line for line in body.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def links_in(text: str) -> set[str]:
    return set(re.findall(r"`([^`\s]*#[^`\s]*)`", text)) - {EXAMPLE}


def headings_of_the_first_article() -> list[str]:
    """Return its headings: short lines that end no sentence, below a line that does."""
    lines = FIRST_ARTICLE.read_text("utf-8").splitlines()
    return [
        line
        for before, line in pairwise(lines)
        if len(line) <= 80
        and re.match(r"[A-Z0-9]", line)
        and re.search(r"[.:!?)”]$", before)
        and not re.search(r"[.:,]$|\. ", line)
    ]


def test_every_section_that_the_sheet_names_exists() -> None:
    ours = {f"{a.id}#{s.id}" for a in read_corpus(OUR_CORPUS / "articles").articles for s in a.sections}
    named = links_in(SHEET.read_text("utf-8"))
    assert len(named) > 100
    assert sorted(named - ours) == []


def test_every_topic_has_a_section_that_answers_it_and_a_word_on_what_changed() -> None:
    rows = [row for _, body in parts_of_the_sheet().values() for row in rows_of(body)]
    assert len(rows) > 80
    assert [row for row in rows if not (links_in(row[1]) and all(row))] == []


def test_every_finding_about_the_first_article_is_named() -> None:
    findings = {f"9-{n:03d}" for n in range(1, 19)}
    bodies = " ".join(body for _, body in parts_of_the_sheet().values())
    assert set(re.findall(r"\b9-\d{3}\b", bodies)) == findings


@needs_the_first_article
def test_every_section_of_the_first_article_has_its_part_of_the_sheet() -> None:
    headings, parts = headings_of_the_first_article(), parts_of_the_sheet()
    assert len(headings) == 29
    assert list(parts) == list(range(len(headings) + 1 + LEFT_OUT))
    strangers = [
        heading
        for number, heading in enumerate(headings, start=1)
        if not set(content_words(heading)) & set(content_words(parts[number][0]))
    ]
    assert strangers == []


@needs_the_first_article
def test_neither_the_sheet_nor_an_article_has_nine_words_in_a_row_from_the_first_article() -> None:
    first = set(word_runs(FIRST_ARTICLE.read_text("utf-8")))
    copied = {
        (path.name, " ".join(run))
        for path in (SHEET, *(OUR_CORPUS / "articles").glob("*.md"))
        for run in word_runs(path.read_text("utf-8"))
        if run in first
    }
    assert copied == set()
