"""The files and folders that a generation was built from, as it remembers them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.article import ArticleError

OWN_ARTICLES = "own articles"
"""Stands for the articles that come with the program, wherever it is installed."""

FileKey = tuple[int, str]
"""What names a file from build to build: number of its corpus, and path below the corpus's root."""


def root_name(root: Path) -> str:
    """Return how a generation names a corpus folder: by its path, but for the program's own."""
    from corpus.reader import OUR_CORPUS

    return OWN_ARTICLES if root == OUR_CORPUS else str(root)


def root_path(name: str) -> Path:
    """Return the folder that ``root_name`` named."""
    from corpus.reader import OUR_CORPUS

    return OUR_CORPUS if name == OWN_ARTICLES else Path(name)


@dataclass(frozen=True, slots=True)
class CorpusFolder:
    """One folder (or file) given as a corpus, and the hashes of the side files at its root."""

    number: int
    root: Path
    side_files: Mapping[str, str]
    """Hash by name."""


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """One article file, and what became of it."""

    corpus: int
    path: str
    """Below the corpus's root, with forward slashes."""
    sha256: str
    article: str | None
    """Id of the article that it was read into; None if it was not."""
    failure: str | None
    """Why it was not read, as ``failure_as_json`` gives it; None if it was."""


def failure_as_json(error: ArticleError) -> str:
    """Return a failure as JSON."""
    return json.dumps(
        {"path": error.path, "problem": error.problem, "mend": error.mend, "line": error.line},
        ensure_ascii=False,
    )


def failure_from_json(line: str) -> ArticleError:
    """Return what ``failure_as_json`` gave."""
    values: dict[str, Any] = json.loads(line)
    return ArticleError(values["path"], values["problem"], mend=values["mend"], line=values["line"])
