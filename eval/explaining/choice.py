"""Why each quoted sentence was chosen: its place among all candidates, and what it is to its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answer.finding import Found
from bot.answer.leaning import leans, limits
from bot.answer.ranking import Candidate
from bot.answer.sections import Line
from bot.reply import QuotedSentence, Reply
from corpus.article import BlockKind


@dataclass(frozen=True, slots=True)
class ChosenSentence:
    """One quoted sentence, and what speaks for it."""

    text: str
    citation: int
    rank: int | None
    """Its place among the candidates by score, from 1; None if it was none."""
    candidates: int
    score: float | None
    share_of_best: float | None
    cosine: float | None
    why: tuple[str, ...]


def chosen_sentences(reply: Reply, found: Found) -> tuple[ChosenSentence, ...]:
    """Return the quoted sentences of a reply in its order."""
    passages = {citation.n: citation.passage for citation in reply.citations}
    places = {
        (_line(found, candidate).stored.passage.id, _line(found, candidate).sentence.start): (rank, candidate)
        for rank, candidate in enumerate(found.ranked, 1)
    }
    chosen = []
    for n, sentence in enumerate(reply.sentences):
        rank, candidate = places.get((passages[sentence.citation], sentence.start), (None, None))
        best = found.ranked[0].score if found.ranked else 0.0
        chosen.append(
            ChosenSentence(
                text=sentence.text,
                citation=sentence.citation,
                rank=rank,
                candidates=len(found.ranked),
                score=candidate.score if candidate else None,
                share_of_best=candidate.score / best if candidate and best > 0 else None,
                cosine=candidate.cosine if candidate else None,
                why=tuple(_why(reply.sentences, n, found, candidate)),
            )
        )
    return tuple(chosen)


def _line(found: Found, candidate: Candidate) -> Line:
    return found.sections[candidate.section].lines[candidate.position]


def _why(
    sentences: Sequence[QuotedSentence], n: int, found: Found, candidate: Candidate | None
) -> Iterator[str]:
    if candidate is None:
        yield "is no candidate of the sections that were read"
        return
    best = found.ranked[0]
    if candidate is best:
        yield "the best sentence"
    elif candidate.section == best.section:
        yield "in the section of the best sentence"
    else:
        yield "in another section"
    if candidate.position == 0 and found.sections[candidate.section].opens:
        yield "the first sentence of its section"
    this, after = sentences[n], sentences[n + 1] if n + 1 < len(sentences) else None
    if after and after.citation == this.citation and leans(after.text):
        yield "the next sentence leans on it"
    if n and sentences[n - 1].citation == this.citation and limits(this.text):
        yield "it limits the sentence before it"
    if _line(found, candidate).sentence.kind is BlockKind.ITEM:
        yield "an item of a list"
    elif this.text.endswith(":"):
        yield "it opens a list"
