"""Choosing the sentences that answer a question, and citing the passages they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.leaning import leans, limits
from bot.ranking import READ, Candidate, asks_for_list, sentence_texts
from bot.reply import Citation, CitedSource, QuotedSentence
from corpus.article import BlockKind
from index.content import StoredPassage
from index.search import Hit, Index
from index.words import terms_of

MOST_WORDS = 120
_MOST_SENTENCES = 8
_KEEP = 0.80
"""A further sentence of the best sentence's passage is quoted from this share of its score on."""
_KEEP_ELSEWHERE = 0.95
"""A sentence of another passage is quoted from this share of the best score on."""
_KEEP_PASSAGE = 1.0
"""A further passage is quoted from if it scores at least this share of the best sentence's."""
_SHORT = 70
"""Words up to which an answer is filled up from the passage that it comes from."""
_SAME = 0.6
"""Share of common terms from which on two sentences say the same."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The sentences to quote, with their citations."""

    sentences: tuple[QuotedSentence, ...]
    citations: tuple[Citation, ...]
    more: int
    """Further sentences that also bear on the question."""


def compose(
    index: Index,
    question: str,
    hits: Sequence[Hit],
    ranked: Sequence[Candidate],
    *,
    today: date,
    most_words: int = MOST_WORDS,
) -> Answer:
    """Quote the best few sentences in the articles' order, at most about ``most_words`` words."""
    selection = _Selection(hits, most_words)
    whole_lists = asks_for_list(question)
    bearing = _bearing(hits, ranked)
    left_out = 0
    for candidate in bearing:
        if not selection.take(candidate, with_list=whole_lists):
            left_out += not selection.has(candidate) and not selection.repeats(candidate.text)
    for candidate in (c for c in ranked if c.hit == ranked[0].hit):
        if selection.words >= _SHORT:
            break
        selection.take(candidate, with_list=whole_lists)
    return _cite(index, hits, selection.chosen(), left_out, today)


def _bearing(hits: Sequence[Hit], ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the sentences near enough to the best one, from passages near enough to its passage."""
    if not ranked:
        return []
    best = ranked[0]
    here, elsewhere = _KEEP * best.score, _KEEP_ELSEWHERE * best.score
    passage = _KEEP_PASSAGE * hits[best.hit].score
    return [
        candidate
        for candidate in ranked
        if (candidate.hit == best.hit and candidate.score >= here)
        or (candidate.score >= elsewhere and hits[candidate.hit].score >= passage)
    ]


class _Selection:
    """The sentences chosen so far, by hit and position, within a budget of words."""

    def __init__(self, hits: Sequence[Hit], most_words: int) -> None:
        self._hits = hits
        self._texts = [sentence_texts(hit.stored) for hit in hits[:READ]]
        self._most_words = most_words
        self._order: list[int] = []
        self._taken: dict[int, set[int]] = {}
        self._terms: list[set[str]] = []
        self.words = 0

    def take(self, candidate: Candidate, *, with_list: bool) -> bool:
        """Add a sentence with all that it needs to stand; False if it repeats or does not fit."""
        if self.has(candidate) or self.repeats(candidate.text):
            return False
        needed = self._needed(candidate.hit, candidate.position)
        if needed is None or not self._fits(candidate.hit, needed):
            return False
        self._add(candidate.hit, needed)
        if with_list or self._introduces(candidate):
            self._add_list(candidate)
        return True

    def has(self, candidate: Candidate) -> bool:
        """Whether the sentence is chosen already."""
        return candidate.position in self._taken.get(candidate.hit, set())

    def repeats(self, text: str) -> bool:
        """Whether a chosen sentence says nearly the same."""
        terms = set(terms_of(text))
        return any(
            len(terms & other) > _SAME * max(1, min(len(terms), len(other)))
            and len(terms & other) > 0.5 * len(terms | other)
            for other in self._terms
        )

    def chosen(self) -> list[tuple[int, list[int]]]:
        """Return the chosen positions by hit: hits by when they were first needed, positions in order."""
        return [(hit, sorted(self._taken[hit])) for hit in self._order]

    def _needed(self, hit: int, position: int) -> list[int] | None:
        """Return the positions that must be quoted together, or None if the sentence cannot stand."""
        sentences = self._hits[hit].passage.sentences
        texts = self._texts[hit]
        first = position
        while leans(texts[first]) and sentences[first].kind is BlockKind.PARAGRAPH:
            if first == 0 or sentences[first - 1].block != sentences[first].block:
                return None
            first -= 1
        if sentences[first].kind is BlockKind.ITEM and (lead := self._lead(hit, first)) is not None:
            return [lead, *range(first, position + 1), *self._contrasts(hit, position)]
        if texts[position].endswith(":") and position + 1 == len(texts):
            return None
        return [*range(first, position + 1), *self._contrasts(hit, position)]

    def _contrasts(self, hit: int, position: int) -> list[int]:
        sentences, texts = self._hits[hit].passage.sentences, self._texts[hit]
        following = position + 1
        if following < len(texts) and sentences[following].block == sentences[position].block:
            return [following] if limits(texts[following]) else []
        return []

    def _lead(self, hit: int, position: int) -> int | None:
        """Return the position of the sentence that introduces the list of this item."""
        sentences, texts = self._hits[hit].passage.sentences, self._texts[hit]
        while position >= 0 and sentences[position].kind is BlockKind.ITEM:
            position -= 1
        return position if position >= 0 and texts[position].endswith(":") else None

    def _introduces(self, candidate: Candidate) -> bool:
        return candidate.text.endswith(":")

    def _add_list(self, candidate: Candidate) -> None:
        """Add the other items of a list that was opened, as far as they fit."""
        sentences = self._hits[candidate.hit].passage.sentences
        start = candidate.position
        if sentences[start].kind is BlockKind.ITEM:
            while start >= 0 and sentences[start].kind is BlockKind.ITEM:
                start -= 1
        elif not candidate.text.endswith(":"):
            return
        for position in range(start + 1, len(sentences)):
            if sentences[position].kind is not BlockKind.ITEM:
                break
            if self._fits(candidate.hit, [position]):
                self._add(candidate.hit, [position])

    def _fits(self, hit: int, positions: Sequence[int]) -> bool:
        new = [p for p in positions if p not in self._taken.get(hit, set())]
        count = sum(len(taken) for taken in self._taken.values())
        words = sum(len(self._texts[hit][p].split()) for p in new)
        if not count:
            return True
        return self.words + words <= self._most_words and count + len(new) <= _MOST_SENTENCES

    def _add(self, hit: int, positions: Sequence[int]) -> None:
        taken = self._taken.setdefault(hit, set())
        if hit not in self._order:
            self._order.append(hit)
        for position in positions:
            if position not in taken:
                taken.add(position)
                text = self._texts[hit][position]
                self.words += len(text.split())
                self._terms.append(set(terms_of(text)))


def _cite(
    index: Index, hits: Sequence[Hit], chosen: Sequence[tuple[int, list[int]]], more: int, today: date
) -> Answer:
    sentences: list[QuotedSentence] = []
    citations: list[Citation] = []
    for n, (number, positions) in enumerate(chosen, start=1):
        stored = hits[number].stored
        citations.append(cite_passage(index, stored, n, today))
        for position in positions:
            span = stored.passage.sentences[position]
            offset = stored.passage.start
            text = stored.passage.text[span.start - offset : span.end - offset]
            sentences.append(QuotedSentence(text, n, span.start, span.end))
    return Answer(tuple(sentences), tuple(citations), more)


def cite_passage(index: Index, stored: StoredPassage, n: int, today: date) -> Citation:
    """Return the citation of a passage, with its article's review date and its section's sources."""
    passage = stored.passage
    article = index.content.article(passage.article_id)
    if article is None:
        raise LookupError(f"passage {passage.id} has no article")
    section = next(s for s in index.content.sections(passage.article_id) if s.id == passage.section_id)
    age = index.content.settings(article.corpus).review_max_age_days
    stale = article.reviewed is not None and (today - article.reviewed).days > age
    return Citation(
        n=n,
        article=article.id,
        title=article.title,
        section=section.heading,
        passage=passage.id,
        start=passage.start,
        end=passage.end,
        reviewed=article.reviewed,
        stale=stale,
        sources=tuple(CitedSource(source.title, source.url) for source in section.sources),
        source_sha256=article.sha256,
        facts=section.facts,
        page=passage.page or None,
    )
