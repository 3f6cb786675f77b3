"""Replies and articles for the tests of receipts, small enough to check by eye."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from bot.receipts.standing import Absence, PresentArticle
from bot.reply import Citation, CitedSource, Kind, QuotedSentence, Reply

NECTAR = "Bees eat nectar and pollen."
ENERGY = "Nectar gives them energy."
HONEY = "Honey is stored for the winter"
TEXT = (
    f"Keeping bees\n\nWhat do bees eat?\n\n{NECTAR} {ENERGY}\n\n- {HONEY}\n- Pollen is stored for the brood"
)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def bee_reply(
    *quotes: str, text: str = TEXT, kind: Kind = Kind.ANSWER, question: str = "What do bees eat?"
) -> Reply:
    """A reply that quotes these sentences of ``text``, the article "bees"."""
    citation = Citation(
        n=1,
        article="bees",
        title="Keeping bees",
        section="What do bees eat?",
        passage="bees#what-do-bees-eat/1",
        start=text.index(NECTAR),
        end=len(text),
        reviewed=date(2026, 1, 10),
        stale=False,
        sources=(CitedSource("Bee board", "https://bees.example/eat"),),
        source_sha256=sha256(text),
    )
    sentences = tuple(
        QuotedSentence(quote, 1, text.index(quote), text.index(quote) + len(quote)) for quote in quotes
    )
    return Reply(
        question=question,
        kind=kind,
        framing="General information on bees.",
        sentences=sentences,
        citations=(citation,),
        confidence=0.91,
        generation="000001-aaaaaaaaaaaa",
    )


class Articles:
    """Articles in memory; one that is not there is gone."""

    def __init__(self, texts: Mapping[str, str | Absence]) -> None:
        self._texts = texts

    def article(self, article_id: str, /) -> PresentArticle | Absence:
        found = self._texts.get(article_id, Absence.GONE)
        return found if isinstance(found, Absence) else PresentArticle(found, sha256(found))
