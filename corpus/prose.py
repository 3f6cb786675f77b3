"""The words and sentences of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.article import Article, Block, Section
from corpus.sentences import sentence_spans


def blocks(article: Article) -> Iterator[tuple[Section, Block]]:
    """Yield every block of an article with its section."""
    for section in article.sections:
        for block in section.blocks:
            yield section, block


def block_text(article: Article, block: Block) -> str:
    """Return the text of a block."""
    return article.text[block.start : block.end]


def block_sentences(article: Article, block: Block) -> list[str]:
    """Return the sentences of a block."""
    text = block_text(article, block)
    return [text[start:end] for start, end in sentence_spans(text)]


def section_sentences(article: Article, section: Section) -> list[str]:
    """Return the sentences of a section."""
    return [text for block in section.blocks for text in block_sentences(article, block)]


def sentences(article: Article) -> list[str]:
    """Return the sentences of an article."""
    return [text for section in article.sections for text in section_sentences(article, section)]


def word_count(article: Article) -> int:
    """Return the number of words under the headings."""
    return sum(len(block_text(article, block).split()) for _, block in blocks(article))


def tokens(text: str) -> list[str]:
    """Return the words of ``text`` in lower case: runs of letters, digits and apostrophes."""
    return re.findall(r"[a-z0-9']+", text.lower())
