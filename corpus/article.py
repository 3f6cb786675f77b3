"""What an article is, whatever file it was read from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

READER_VERSION = 2
"""Part of the index's fingerprint: raise it when the reading text of some file would change."""


class ArticleError(Exception):
    """A file that cannot be read as an article: says which file, where in it, and what to do."""

    def __init__(self, path: Path | str, problem: str, *, mend: str, line: int | None = None) -> None:
        self.path = str(path)
        self.problem = problem
        self.mend = mend
        self.line = line
        place = self.path if line is None else f"{self.path}, line {line}"
        super().__init__(f"{place}: {problem}. {mend}")


class BlockKind(StrEnum):
    """The shape that a block of text had in its source."""

    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or list item: ``article.text[start:end]`` is its text, without any list marker."""

    kind: BlockKind
    start: int
    end: int
    line: int = 0
    """Line of the source file on which the block begins, from 1; 0 if unknown."""
    page: int = 0
    """Page of the source file on which the block begins, from 1; 0 if it has no pages."""


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks under one heading. ``article.text[start:end]`` is the body, without the heading."""

    id: str
    heading: str
    headings: tuple[str, ...]
    """The heading path, outermost first, ending with this section's own heading; never the title."""
    start: int
    end: int
    blocks: tuple[Block, ...]
    facts: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """One document of the corpus.

    ``text`` is the reading text: NFC, no control characters, one block a line. Every offset
    anywhere counts Unicode code points of it.
    """

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]
    path: Path
    summary: str = ""
    topics: tuple[str, ...] = ()
    audience: str = "everyone"
    reviewed: date | None = None
    clinical_review: str = "none"
    license: str = ""
    sources: tuple[Source, ...] = ()
    """The sources of every fact that the sections name, in the order of first use."""
    withdrawn: bool = False
    url: str = ""
    """Where the text was published, as the file says."""
    author: str = ""
    language: str = ""
    """Language tag such as "en" or "en-GB", as the file says."""
    published: date | None = None
    """The day on which the file says that it was published, made or last saved."""
    notes: tuple[str, ...] = ()
    """What a reader of the file should know about how it was read, each a whole sentence."""

    @property
    def sha256(self) -> str:
        """Hash of the reading text in UTF-8, which every citation carries."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def heading_path(self, section: Section) -> tuple[str, ...]:
        """Title and headings down to ``section``."""
        return (self.title, *section.headings)
