"""Whether the sentences that a reply quoted still stand in the articles as they are now.

Pure, and light enough for every turn of a resumed conversation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.reply import Citation, QuotedSentence, Reply
from corpus.sentences import sentence_spans

_MAY_BE_A_PIECE = 400
"""Characters from which on a quote may be a piece of a sentence that was too long for one passage."""


class Standing(StrEnum):
    """What became of a quoted sentence, best first."""

    INTACT = "intact"
    MOVED = "moved"
    """It stands word for word elsewhere in its article."""
    EDITED = "edited"
    """Its article has changed, and the sentence is not in it any more."""
    WITHDRAWN = "withdrawn"
    """Its article is withdrawn, or is gone."""
    UNKNOWN = "unknown"


class Absence(StrEnum):
    """Why an article cannot be read."""

    WITHDRAWN = "withdrawn"
    """Its file says that it is withdrawn."""
    GONE = "gone"
    """No file holds it."""
    UNREADABLE = "unreadable"
    """It cannot be told, for something could not be read."""


@dataclass(frozen=True, slots=True)
class PresentArticle:
    """An article as it is now."""

    text: str
    """The reading text."""
    sha256: str


class PresentArticles(Protocol):
    """The articles as they are now."""

    def article(self, article_id: str, /) -> PresentArticle | Absence:
        """Return an article, or why there is none. Never raises."""


class NoArticles:
    """Stands for articles that cannot be opened."""

    def article(self, _article_id: str, /) -> PresentArticle | Absence:
        """Say that it cannot be told."""
        return Absence.UNREADABLE


@dataclass(frozen=True, slots=True)
class SentenceStanding:
    """What became of one quoted sentence."""

    number: int
    """Place of the sentence in the reply, from 0."""
    citation: Citation | None
    """None if the saved reply lacks it."""
    standing: Standing
    why: str = ""
    """More about it, where there is more to say; the start of no sentence."""
    start: int | None = None
    end: int | None = None
    """Where the sentence stands now; None if it does not."""
    article_changed: bool = False
    """Whether the article has another reading text than it had."""
    absence: Absence | None = None
    """Why the article is not there; None if it is."""

    @property
    def holds(self) -> bool:
        """Whether the words still are in their article."""
        return self.standing in {Standing.INTACT, Standing.MOVED}


@dataclass(frozen=True, slots=True)
class TurnStanding:
    """What became of all that a reply quoted."""

    sentences: tuple[SentenceStanding, ...] = ()

    @property
    def worst(self) -> Standing:
        """The worst that became of any sentence; intact where nothing was quoted."""
        order = list(Standing)
        return max((one.standing for one in self.sentences), key=order.index, default=Standing.INTACT)

    @property
    def holds(self) -> bool:
        """Whether every quoted word still is in its article."""
        return all(one.holds for one in self.sentences)

    @property
    def article_changed(self) -> bool:
        """Whether any quoted article has another text than it had, or is not there."""
        return any(one.article_changed for one in self.sentences)


def standing_of(reply: Reply, articles: PresentArticles) -> TurnStanding:
    """Return what became of each sentence that ``reply`` quotes. Never raises."""
    cited = {citation.n: citation for citation in reply.citations}
    read = {citation.article: articles.article(citation.article) for citation in reply.citations}
    return TurnStanding(tuple(_standings(reply.sentences, cited, read)))


def _standings(
    sentences: Sequence[QuotedSentence],
    cited: dict[int, Citation],
    read: dict[str, PresentArticle | Absence],
) -> Iterator[SentenceStanding]:
    for number, sentence in enumerate(sentences):
        citation = cited.get(sentence.citation)
        if citation is None:
            why = "the saved reply does not say where the sentence is from"
            yield SentenceStanding(number, None, Standing.UNKNOWN, why)
            continue
        present = read[citation.article]
        if isinstance(present, Absence):
            yield _absent(number, citation, present)
        else:
            yield _in_article(number, sentence, citation, present)


ABSENT = {
    Absence.WITHDRAWN: (Standing.WITHDRAWN, "the article was withdrawn"),
    Absence.GONE: (Standing.WITHDRAWN, "the article is gone"),
    Absence.UNREADABLE: (Standing.UNKNOWN, "the article cannot be read now"),
}
"""What an absence means for all that was quoted from the article, and why."""


def _absent(number: int, citation: Citation, absence: Absence) -> SentenceStanding:
    standing, why = ABSENT[absence]
    changed = absence is not Absence.UNREADABLE
    return SentenceStanding(number, citation, standing, why, article_changed=changed, absence=absence)


def _in_article(
    number: int, sentence: QuotedSentence, citation: Citation, present: PresentArticle
) -> SentenceStanding:
    changed = present.sha256 != citation.source_sha256
    start, end = sentence.start, sentence.end
    if 0 <= start < end and present.text[start:end] == sentence.text:
        if not changed or _stands_whole(present.text, start, end):
            return SentenceStanding(number, citation, Standing.INTACT, "", start, end, changed)
    elif not changed:
        why = "the article is as it was and never said this there: the saved quote itself was changed"
        return SentenceStanding(number, citation, Standing.UNKNOWN, why)
    found = nearest(present.text, sentence.text, start)
    if found is None:
        why = "the article has changed, and the sentence is not in it any more"
        return SentenceStanding(number, citation, Standing.EDITED, why, article_changed=True)
    return SentenceStanding(number, citation, Standing.MOVED, "", *found, article_changed=changed)


def nearest(text: str, quote: str, start: int) -> tuple[int, int] | None:
    """Return where ``quote`` stands whole in ``text``, nearest to ``start``; None if nowhere."""
    places = [at for at in _occurrences(text, quote) if _stands_whole(text, at, at + len(quote))]
    if not places:
        return None
    at = min(places, key=lambda place: (abs(place - start), place))
    return at, at + len(quote)


def _occurrences(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote) if quote.strip() else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _stands_whole(text: str, start: int, end: int) -> bool:
    """Whether a slice still is whole sentences and not the rest of a longer one.

    Words that were added to a sentence can turn its meaning: "Call at 38" is not "Call at 38 if ...".
    """
    return end - start >= _MAY_BE_A_PIECE or is_whole(text, start, end)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a slice of a reading text begins where a sentence begins and ends where one ends."""
    return start in {a for a, _ in _sentences_around(text, start)} and end in {
        b for _, b in _sentences_around(text, end)
    }


def _sentences_around(text: str, at: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences in the block that holds offset ``at``."""
    block = text.rfind("\n", 0, at) + 1
    block_end = text.find("\n", at)
    line = text[block : block_end if block_end >= 0 else len(text)]
    mark = 2 if line.startswith("- ") else 0
    return [(block + mark + a, block + mark + b) for a, b in sentence_spans(line[mark:])]


def passage_stands(text: str, passage: str) -> bool:
    """Whether a whole passage still is in a reading text, wherever."""
    return any(is_whole(text, at, at + len(passage)) for at in _occurrences(text, passage))
