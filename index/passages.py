"""Cutting articles into passages of whole sentences, the unit of retrieval."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.article import Article, BlockKind, Section
from corpus.sentences import sentence_spans
from index.encoder import EncoderSettings

PASSAGES_VERSION = 1
"""Part of the index's fingerprint: raise it when some article would be cut differently."""

SPECIAL_TOKENS = 2
"""Tokens that a model adds to every text."""
_LEAST = 48
"""A passage may be this long however little the encoder reads."""

CountTokens = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class PassageLimits:
    """How long a passage may be, in tokens of the encoder."""

    body: int = 180
    """Longest text of a passage."""
    whole: int = 252
    """Longest text and heading path together."""


def limits_for(encoder: EncoderSettings) -> PassageLimits:
    """Return limits under which the encoder reads every passage to its end, prefix included."""
    usual = PassageLimits()
    room = encoder.max_tokens - 2 * SPECIAL_TOKENS - len(encoder.passage_prefix)
    whole = max(_LEAST, min(usual.whole, room))
    return PassageLimits(body=min(usual.body, whole * usual.body // usual.whole), whole=whole)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of quotation: ``article.text[start:end]``."""

    start: int
    end: int
    block: int
    """Ordinal of its paragraph or list item in the article."""
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences or list items of one section.

    ``article.text[start:end] == text``, and every sentence lies inside.
    """

    id: str
    """``article#section/k``, k from 1."""
    article_id: str
    section_id: str
    headings: tuple[str, ...]
    """Title of the article and heading path."""
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...]
    page: int = 0
    """Page of the source file on which the passage begins, from 1; 0 if it has none."""

    def quote(self, sentence: Sentence) -> str:
        """Return the exact text of one of its sentences."""
        return self.text[sentence.start - self.start : sentence.end - self.start]

    @property
    def embedded_text(self) -> str:
        """What is embedded: the heading path, then the text. Only the text is ever quoted."""
        return f"{' > '.join(self.headings)}\n{self.text}"


def split_passages(article: Article, limits: PassageLimits, count_tokens: CountTokens) -> list[Passage]:
    """Split an article into passages that never cross a section or cut a sentence.

    Every passage is an exact slice: ``article.text[p.start:p.end] == p.text``. A sentence longer
    than the limit is divided between words, since no encoder would read the rest of it.
    """
    passages = []
    pages = [block.page for section in article.sections for block in section.blocks]
    first_block = 0
    for section in article.sections:
        headings = article.heading_path(section)
        budget = min(limits.body, max(32, limits.whole - count_tokens([" > ".join(headings)])[0]))
        sentences = _sentences(article, section, first_block, budget, count_tokens)
        first_block += len(section.blocks)
        for k, run in enumerate(_runs(article, sentences, budget, count_tokens), start=1):
            start, end = run[0].start, run[-1].end
            passages.append(
                Passage(
                    id=f"{article.id}#{section.id}/{k}",
                    article_id=article.id,
                    section_id=section.id,
                    headings=headings,
                    start=start,
                    end=end,
                    text=article.text[start:end],
                    sentences=tuple(run),
                    page=pages[run[0].block],
                )
            )
    return passages


def _sentences(
    article: Article, section: Section, first_block: int, budget: int, count_tokens: CountTokens
) -> list[Sentence]:
    sentences = []
    for number, block in enumerate(section.blocks, start=first_block):
        for start, end in sentence_spans(article.text[block.start : block.end]):
            span = (block.start + start, block.start + end)
            for piece_start, piece_end in _pieces(article.text, span, budget, count_tokens):
                sentences.append(Sentence(piece_start, piece_end, number, block.kind))
    return sentences


def _pieces(
    text: str, span: tuple[int, int], budget: int, count_tokens: CountTokens
) -> Iterator[tuple[int, int]]:
    """Divide a span that is longer than ``budget`` tokens between words; most spans stay whole."""
    start, end = span
    if end - start <= budget or (tokens := count_tokens([text[start:end]])[0]) <= budget:
        yield span
        return
    step = max(1, (end - start) * budget // (tokens + 1))
    while end - start > step:
        cut = text.rfind(" ", start + step // 2, start + step)
        cut = cut if cut > 0 else start + step
        yield start, cut
        start = cut + 1 if text[cut].isspace() else cut
    if start < end:
        yield start, end


def _runs(
    article: Article, sentences: Sequence[Sentence], budget: int, count_tokens: CountTokens
) -> Iterator[list[Sentence]]:
    """Group sentences to runs of about equal length, none above ``budget`` tokens."""
    if not sentences:
        return
    lengths = count_tokens([article.text[sentence.start : sentence.end] for sentence in sentences])
    left = sum(lengths)
    run: list[Sentence] = []
    used = 0
    for n, (sentence, length) in enumerate(zip(sentences, lengths, strict=True)):
        share = (left + used) / max(1, math.ceil((left + used) / budget))
        opens_list = n > 0 and run and _introduces(article, run[-1])
        if run and (used + length > budget or (used >= share and not opens_list)):
            yield run
            run, used = [], 0
        run.append(sentence)
        used += length
        left -= length
    if run:
        yield run


def _introduces(article: Article, sentence: Sentence) -> bool:
    return article.text[sentence.start : sentence.end].endswith(":")
