"""What a reader is told of a reply whose sources have changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.receipts.standing import Absence, SentenceStanding, Standing, TurnStanding

_MARKS = {
    Standing.EDITED: "This sentence is no longer in the article, which has changed since.",
    Standing.UNKNOWN: "Whether this still stands in the article cannot be told.",
}
_WITHDRAWN = "The article that said this was withdrawn since."
_GONE = "The article that said this is no longer there."


def sentence_mark(one: SentenceStanding) -> str:
    """Return the line that stands with a quoted sentence; empty while its words hold."""
    if one.standing is Standing.WITHDRAWN:
        return _WITHDRAWN if one.absence is Absence.WITHDRAWN else _GONE
    return _MARKS.get(one.standing, "")


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
        withdrawn = sentences[0].absence is Absence.WITHDRAWN
        became = "was withdrawn since this answer" if withdrawn else "is no longer among the articles"
        yield f"{name} {became}. Before you rely on {_what(lost, sentences)}, ask someone who can tell."
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
