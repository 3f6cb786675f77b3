"""Making of a set or result that cannot be used what the command line shows of wrong use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli.context import WrongUse
from corpus.text import clean_text
from eval.cases import EvalSetError


@contextmanager
def bad_files_refused() -> Iterator[None]:
    """Turn an EvalSetError into a WrongUse with the same words, safe for a terminal."""
    try:
        yield
    except EvalSetError as error:
        raise WrongUse(clean_text(str(error))) from error
