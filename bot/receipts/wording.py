"""What a reader is told of a reply whose sources have changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.receipts.standing import SentenceStanding, Standing, TurnStanding

EDITED = "This sentence is no longer in the article, which has changed since."
WITHDRAWN = "The article that said this was withdrawn since, or is gone."
UNKNOWN = "Whether this still stands in the article cannot be told."

_MARKS = {Standing.EDITED: EDITED, Standing.WITHDRAWN: WITHDRAWN, Standing.UNKNOWN: UNKNOWN}


def sentence_mark(standing: Standing) -> str:
    """Return the line that stands with a quoted sentence; empty while its words hold."""
    return _MARKS.get(standing, "")


def change_lines(standing: TurnStanding) -> list[str]:
    """Return what is said with a reply, one line an article; empty while nothing has changed."""
    by_article: dict[str, list[SentenceStanding]] = {}
    for one in standing.sentences:
        by_article.setdefault(one.citation.article if one.citation else "", []).append(one)
    return [line for sentences in by_article.values() for line in _article_lines(sentences)]


def _article_lines(sentences: list[SentenceStanding]) -> Iterator[str]:
    citation = sentences[0].citation
    name = f"“{citation.title}”" if citation else "An article"
    if lost := _with(sentences, Standing.WITHDRAWN):
        yield f"{name} was withdrawn since this answer, or is gone. Do not rely on {_what(lost, sentences)}."
    elif lost := _with(sentences, Standing.EDITED):
        what = _what(lost, sentences)
        yield f"{name} has changed since this answer and no longer has {what}. Ask again to see what it says."
    elif lost := _with(sentences, Standing.UNKNOWN):
        yield f"Whether {name} still says {_what(lost, sentences)} cannot be told."
    elif any(one.article_changed for one in sentences):
        yield f"{name} has changed since this answer; the words quoted here are still in it."


def _with(sentences: Iterable[SentenceStanding], standing: Standing) -> int:
    return sum(one.standing is standing for one in sentences)


def _what(lost: int, sentences: list[SentenceStanding]) -> str:
    if lost == len(sentences):
        return "what is quoted from it here" if lost > 1 else "the sentence quoted here"
    return f"{lost} of the {len(sentences)} sentences quoted here"
