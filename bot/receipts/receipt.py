"""What a saved reply rests on, drawn from the reply itself."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reply import Reply


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a question, and by what."""

    kind: str
    categories: tuple[str, ...]
    rules: tuple[str, ...]
    """Ids of the safety rules that matched."""
    confidence: float


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """One quoted sentence: where it stood, in a source that had this hash."""

    article: str
    passage: str
    start: int
    end: int
    source_sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that a reply rests on."""

    generation: str | None
    decision: Decision
    spans: tuple[QuotedSpan, ...]


def receipt_of(reply: Reply) -> Receipt:
    """Return what ``reply`` rests on; a sentence whose citation is missing has no span."""
    cited = {citation.n: citation for citation in reply.citations}
    spans = [
        QuotedSpan(source.article, source.passage, sentence.start, sentence.end, source.source_sha256)
        for sentence in reply.sentences
        if (source := cited.get(sentence.citation))
    ]
    decision = Decision(reply.kind.value, reply.categories, reply.rules, reply.confidence)
    return Receipt(reply.generation, decision, tuple(spans))


def section_of(passage: str) -> str:
    """Return the section of a passage's id, ``article#section``."""
    return passage.rpartition("/")[0] or passage
