"""Generated articles and vectors, so that growth can be measured without as many real ones.

Words follow the frequencies of our own articles (which fall off as natural words do), and vectors lie
closely around real passage vectors: uniform random ones would say nothing about recall.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.article import BlockKind
from index.encoder import EncoderSettings, Vectors, unit
from index.indexed_article import IndexedArticle, IndexedSection
from index.onnx_encoder import OnnxEncoder
from index.passages import Passage, Sentence

_SPREAD = 0.6
"""Length of the noise that is added to a real vector before it is made a unit vector again."""


class Writer:
    """Writes sentences with words as frequent as in a text, always the same ones for a seed."""

    def __init__(self, text: str, seed: int) -> None:
        counts = Counter(word for word in text.split() if word.isalpha())
        self._words = sorted(counts)
        weights = np.array([counts[word] for word in self._words], dtype=np.float64)
        self._shares = weights / weights.sum()
        self._random = np.random.default_rng(seed)

    def sentences(self, count: int) -> list[str]:
        """Return so many sentences of 8 to 20 words."""
        lengths = self._random.integers(8, 21, count)
        words = self._random.choice(len(self._words), int(lengths.sum()), p=self._shares)
        result, start = [], 0
        for length in lengths:
            chosen = " ".join(self._words[n] for n in words[start : start + length])
            result.append(chosen[:1].upper() + chosen[1:] + ".")
            start += length
        return result


def write_articles(folder: Path, writer: Writer, count: int) -> None:
    """Write so many Markdown articles of five sections with four sentences each."""
    folder.mkdir(parents=True)
    for n in range(count):
        sentences = writer.sentences(20)
        headings = writer.sentences(5)
        parts = [f"# Article {n}\n"]
        for k, heading in enumerate(headings):
            parts.append(f"## {heading.rstrip('.')}?\n\n{' '.join(sentences[4 * k : 4 * k + 4])}\n")
        (folder / f"article-{n:06}.md").write_text("\n".join(parts), "utf-8")


class PretendEncoder:
    """The real encoder's settings, tokens and export, with vectors made from a hash: quick to build with."""

    def __init__(self, real: OnnxEncoder) -> None:
        self._real = real

    @property
    def settings(self) -> EncoderSettings:
        """Those of the real encoder."""
        return self._real.settings

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (n, dim), that depend on the text alone."""
        return unit(np.stack([self._vector(text) for text in texts]))

    def encode_query(self, text: str) -> Vectors:
        """Return the real vector of a question, shape (1, dim)."""
        return self._real.encode_query(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text."""
        return self._real.count_tokens(texts)

    def export(self, folder: Path) -> bool:
        """Write the real encoder into ``folder``."""
        return self._real.export(folder)

    def _vector(self, text: str) -> NDArray[np.float32]:
        digest = hashlib.sha256(text.encode()).digest()
        seed = int.from_bytes(digest[:8], "big")
        return np.random.default_rng(seed).standard_normal(self.settings.dim, dtype=np.float32)


def near(vectors: Vectors, count: int, random: np.random.Generator) -> Vectors:
    """Return so many unit vectors closely around given ones, shape (count, dim)."""
    chosen = vectors[random.integers(0, len(vectors), count)]
    noise = random.standard_normal(chosen.shape, dtype=np.float32)
    return unit(chosen + _SPREAD * unit(noise))


def generated_articles(writer: Writer, passages: int, per_article: int = 50) -> Iterator[IndexedArticle]:
    """Yield articles of ``per_article`` passages with two sentences each, until there are enough."""
    for number, first in enumerate(range(0, passages, per_article)):
        count = min(per_article, passages - first)
        yield _article(f"generated-{number:06}", writer.sentences(2 * count))


def _article(article_id: str, sentences: Sequence[str]) -> IndexedArticle:
    title = f"Generated {article_id}"
    head = f"{title}\n\n"
    text = head + " ".join(sentences)
    return IndexedArticle(
        id=article_id,
        title=title,
        text=text,
        summary="",
        clinical_review="none",
        reviewed=None,
        url="",
        author="",
        language="",
        published=None,
        withdrawn=False,
        notes=(),
        sections=(IndexedSection("all", title, ()),),
        passages=tuple(_passages(article_id, (title,), text, len(head), sentences)),
    )


def _passages(
    article_id: str, headings: tuple[str, ...], text: str, start: int, sentences: Sequence[str]
) -> Iterator[Passage]:
    """Yield a passage for every two sentences, which stand in ``text`` from ``start`` on, a space between."""
    pairs = zip(sentences[::2], sentences[1::2], strict=True)
    for block, (first, second) in enumerate(pairs):
        middle = start + len(first) + 1
        end = middle + len(second)
        yield Passage(
            id=f"{article_id}#all/{block + 1}",
            article_id=article_id,
            section_id="all",
            headings=headings,
            start=start,
            end=end,
            text=text[start:end],
            sentences=(
                Sentence(start, start + len(first), block, BlockKind.PARAGRAPH),
                Sentence(middle, end, block, BlockKind.PARAGRAPH),
            ),
        )
        start = end + 1
