"""Other ways to ask what a section answers: keys to the section in search, never shown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpus.side_file import SideFile, read_side_file
from corpus.text import one_line

FILE_NAME = "asked_as.yaml"
_MEND = "Write `article-id: {section-id: [phrase, ...]}`; a phrase with a colon needs quotes."

AskedAs = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Ways to ask by article id and section id."""


def read_asked_as(path: Path) -> AskedAs:
    """Read the ways to ask at ``path``; a file that does not exist has none.

    Raises ArticleError if the file is not a mapping of articles to sections to lists of phrases.
    """
    return asked_as_of(read_side_file(path))


def asked_as_of(file: SideFile) -> AskedAs:
    """Return the ways to ask that a file holds; raises ArticleError as ``read_asked_as`` does."""
    asked: dict[str, dict[str, tuple[str, ...]]] = {}
    for article, sections in file.values.items():
        if not isinstance(sections, dict):
            raise file.error_at((article,), "not a mapping of sections", _MEND)
        asked[str(article)] = {str(id_): _phrases(file, article, id_, ways) for id_, ways in sections.items()}
    return asked


def _phrases(file: SideFile, article: object, section: object, ways: object) -> tuple[str, ...]:
    if not isinstance(ways, list) or not all(isinstance(way, str) and way.strip() for way in ways):
        raise file.error_at((article, section), "not a list of phrases", _MEND)
    return tuple(map(one_line, ways))
