"""The check against a text that must not be copied."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.checked import CheckedCorpus
from corpus.finding import Finding
from corpus.profile import CheckName
from corpus.prose import block_text, blocks, tokens

RUN = 9
"""So many words in a row may not stand in the reference text too."""


def check_copying(corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find blocks that share a run of nine words with the reference text."""
    if not corpus.reference:
        return
    reference = set(word_runs(corpus.reference))
    for checked in corpus.articles:
        for _, block in blocks(checked.article):
            text = block_text(checked.article, block)
            run = next((run for run in word_runs(text) if run in reference), None)
            if run:
                problem = f"nine words in a row as in the reference text: {' '.join(run)!r}"
                yield checked.finding(CheckName.COPIED, block.line, problem, "Say it in other words.")


def word_runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of nine words of ``text``, in tokens ``[a-z0-9']+``."""
    words = tokens(text)
    for n in range(len(words) - RUN + 1):
        yield tuple(words[n : n + RUN])
