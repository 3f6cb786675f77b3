"""Keeping what libraries do with damaged files from ending the reading of the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.article import ArticleError


@contextmanager
def reading_with(library: str, path: Path) -> Iterator[None]:
    """Turn whatever ``library`` raises for a file into an ArticleError that names the file.

    A file from anywhere can make a parser fail in any way, and none of them is the reader's own.
    """
    try:
        yield
    except ArticleError:
        raise
    except Exception as error:
        problem = f"the file is damaged ({library} says: {type(error).__name__})"
        raise ArticleError(path, problem, mend="Open it, and save or export it again.") from error
