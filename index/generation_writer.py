"""Writing one generation in a stream: articles in, its files out, the manifest last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from corpus.reader import SideFiles
from index.content_writer import ContentWriter
from index.encoder import Vectors
from index.files import CorpusFolder, IndexedFile
from index.generation import CONTENT, KEY_VECTORS, SENTENCE_VECTORS, VECTORS, WORDS
from index.indexed_article import IndexedArticle
from index.keys import KeyedSection
from index.row_file import RowFile
from index.vectors import EXACT_UP_TO, VectorLayout, VectorWriter
from index.words import WordWriter


@dataclass(frozen=True, slots=True)
class Written:
    """How much went into a generation."""

    articles: int
    passages: int
    sentences: int
    keys: int
    layout: VectorLayout


class GenerationWriter:
    """The files of one generation, but its manifest. Rows are numbered in the order of the articles.

    Methods raise BuildFailed or OSError if something cannot be written.
    """

    def __init__(self, folder: Path, dim: int, *, exact_up_to: int = EXACT_UP_TO) -> None:
        self._content = ContentWriter(folder / CONTENT)
        self._words = WordWriter(folder / WORDS)
        self._vectors = VectorWriter(folder / VECTORS, dim, exact_up_to=exact_up_to)
        self._sentences = RowFile(folder / SENTENCE_VECTORS)
        self._keys_file = RowFile(folder / KEY_VECTORS)
        self._keys = 0
        self._articles = 0

    def add_corpus(self, folder: CorpusFolder, side: SideFiles) -> None:
        """Add a corpus with its side files; before its articles."""
        self._content.add_corpus(folder, side)

    def add_files(self, files: Iterable[IndexedFile]) -> None:
        """Add what became of the files of the corpus folders."""
        self._content.add_files(files)

    @property
    def passages(self) -> int:
        """How many passages there are so far: the row of the next article's first."""
        return self._content.passages

    def add_keys(self, sections: Sequence[KeyedSection], vectors: Vectors) -> None:
        """Add the keys of an article's sections with their vectors, shape (keys, dim); before the article."""
        self._content.add_keys(sections)
        self._keys_file.add(vectors)
        self._keys += len(vectors)

    def add_article(self, corpus: int, article: IndexedArticle, vectors: Vectors) -> None:
        """Add an article with the vectors of ``article.texts()``, shape (passages + sentences, dim)."""
        first = self._content.passages
        self._content.add_article(corpus, article)
        for row, passage in enumerate(article.passages, start=first):
            self._words.add(row, passage.embedded_text)
        count = len(article.passages)
        self._vectors.add(vectors[:count])
        self._sentences.add(vectors[count:])
        self._articles += 1

    def finish_content(self) -> None:
        """Finish articles and sentence vectors."""
        self._sentences.close()
        self._keys_file.close()
        self._content.close()

    def finish_words(self) -> None:
        """Finish the words."""
        self._words.close()

    def finish_vectors(self) -> Written:
        """Finish the passage vectors: where there are many, this trains an index."""
        layout = self._vectors.finish()
        return Written(self._articles, self._content.passages, self._content.sentences, self._keys, layout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is still open, whether or not the generation was finished."""
        self._sentences.close()
        self._keys_file.close()
        self._vectors.abandon()
        self._content.abandon()
