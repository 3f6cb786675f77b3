"""Proving an index: every file hashed, every passage compared, a sample encoded again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from index.content import Content, StoredArticle, StoredPassage
from index.encoder import Encoder, QueryEncoder, Vectors
from index.errors import IndexProblem
from index.exported import check_exported
from index.generation import CONTENT, VECTORS, WORDS, IndexFolder, Manifest, check_hashes, read_manifest
from index.search import open_encoder
from index.vectors import open_all_vectors
from index.words import open_words, stems_of

SAMPLE = 64
"""Passages, and as many sentences, that are encoded again."""
TOLERANCE = 0.999
"""Least cosine between a stored vector and the same text encoded again: what bf16 and a trained
index's fp16 codes move a vector by stays above it (docs/decisions/0006)."""
_SEED = 7


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is not as it was built."""

    generation: str
    problem: str

    def __str__(self) -> str:
        return f"{self.generation}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what is wrong."""

    generations: tuple[str, ...]
    files: int
    passages: int
    sentences: int
    encoded: int
    """Texts that were encoded again."""
    damage: tuple[Damage, ...]


def verify(
    folder: IndexFolder,
    *,
    sample: int = SAMPLE,
    encoder: Encoder | None = None,
    advance: Callable[[str], None] = lambda _: None,
) -> Verified:
    """Verify every kept generation; ``encoder`` replaces the exported one.

    Raises IndexMissing if there is no index.
    """
    live = folder.live()
    names = folder.names()
    damage = [] if live in names else [Damage(live, "the live generation is not complete")]
    files = passages = sentences = encoded = 0
    for name in names:
        advance(name)
        checking = _Checking(folder, name, encoder, sample)
        damage += checking.run()
        files += checking.files
        passages += checking.passages
        sentences += checking.sentences
        encoded += checking.encoded
    return Verified(tuple(names), files, passages, sentences, encoded, tuple(damage))


class _Checking:
    """The checks of one generation."""

    def __init__(self, folder: IndexFolder, name: str, encoder: Encoder | None, sample: int) -> None:
        self._folder = folder
        self._name = name
        self._path = folder.generations / name
        self._encoder = encoder
        self._sample = sample
        self.files = self.passages = self.sentences = self.encoded = 0

    def run(self) -> list[Damage]:
        """Return all damage; a part that cannot be opened is damage, and the rest is looked at."""
        try:
            manifest = read_manifest(self._path)
        except IndexProblem as problem:
            return [Damage(self._name, str(problem))]
        changed = check_hashes(self._path, manifest)
        damage = [Damage(self._name, problem) for problem in changed]
        self.files = len(manifest.files)
        for part in self._safe_to_open(changed):
            try:
                damage += [Damage(self._name, problem) for problem in part(manifest)]
            except IndexProblem as problem:
                damage.append(Damage(self._name, str(problem)))
        return damage

    def _safe_to_open(self, changed: Sequence[str]) -> Iterator[Callable[[Manifest], Iterator[str]]]:
        """Yield the checks of all parts but those whose native reader a damaged file could bring to end."""
        yield from (self._check_encoder, self._check_content)
        for name, check in ((WORDS, self._check_words), (VECTORS, self._check_vectors)):
            if not any(problem.startswith(name) for problem in changed):
                yield check

    def _check_encoder(self, manifest: Manifest) -> Iterator[str]:
        check_exported(self._folder.encoder(manifest.encoder))
        yield from ()

    def _check_content(self, manifest: Manifest) -> Iterator[str]:
        """Every passage is the slice it claims, and every sentence lies in its passage."""
        with closing(Content(self._path / CONTENT)) as content:
            ids = content.article_ids()
            if len(ids) != manifest.articles:
                yield f"{len(ids)} articles where the manifest says {manifest.articles}"
            rows = 0
            next_sentence = 0
            for article_id in ids:
                article = content.article(article_id)
                assert article is not None
                if hashlib.sha256(article.text.encode()).hexdigest() != article.sha256:
                    yield f"the text of {article_id} is not the one that was hashed"
                for stored in content.passages(content.passage_rows(article_id)):
                    yield from _check_passage(article, stored, rows, next_sentence)
                    rows += 1
                    next_sentence += len(stored.sentence_rows)
            if (rows, next_sentence) != (manifest.passages, manifest.sentences):
                yield (
                    f"{rows} passages and {next_sentence} sentences where the manifest says "
                    f"{manifest.passages} and {manifest.sentences}"
                )
            self.passages, self.sentences = rows, next_sentence

    def _check_words(self, manifest: Manifest) -> Iterator[str]:
        """Look for every passage among the words, and for the words of a sample."""
        words = open_words(self._path / WORDS)
        rows = words.rows()
        if sorted(rows) != list(range(manifest.passages)):
            missing = manifest.passages - len(set(rows))
            yield f"the words have {len(rows)} entries for {manifest.passages} passages ({missing} missing)"
        for stored in self._sampled(manifest):
            if not words.holds(stored.row, stems_of(stored.passage.embedded_text)):
                yield f"the words of passage {stored.passage.id} are not those of its text"

    def _check_vectors(self, manifest: Manifest) -> Iterator[str]:
        """Encode a sample again, and compare with what is stored."""
        vectors = open_all_vectors(self._path, manifest)
        encoder = self._encoder or _whole(open_encoder(self._folder, manifest.encoder))
        sample = self._sampled(manifest)
        rows = [stored.row for stored in sample]
        again = encoder.encode_passages([stored.passage.embedded_text for stored in sample])
        yield from _differing("passage", rows, vectors.passages.vectors(rows), again)
        rows = [stored.sentence_rows[0] for stored in sample]
        again = encoder.encode_passages(
            [stored.passage.quote(stored.passage.sentences[0]) for stored in sample]
        )
        yield from _differing("sentence", rows, vectors.sentences[rows], again)
        self.encoded += 2 * len(sample)
        yield from self._check_keys(manifest, vectors.keys, encoder)

    def _check_keys(self, manifest: Manifest, stored: Vectors, encoder: Encoder) -> Iterator[str]:
        with closing(Content(self._path / CONTENT)) as content:
            texts = content.key_texts()
        if len(texts) != manifest.keys:
            yield f"{len(texts)} keys where the manifest says {manifest.keys}"
            return
        random = np.random.default_rng(_SEED)
        rows = sorted(int(n) for n in random.choice(len(texts), min(self._sample, len(texts)), replace=False))
        yield from _differing("key", rows, stored[rows], encoder.encode_passages([texts[n] for n in rows]))
        self.encoded += len(rows)

    def _sampled(self, manifest: Manifest) -> list[StoredPassage]:
        random = np.random.default_rng(_SEED)
        count = min(self._sample, manifest.passages)
        rows = sorted(int(row) for row in random.choice(manifest.passages, count, replace=False))
        with closing(Content(self._path / CONTENT)) as content:
            return content.passages(rows)


def _differing(what: str, rows: Sequence[int], stored: Vectors, again: Vectors) -> Iterator[str]:
    for row, cosine in zip(rows, (stored * again).sum(axis=1), strict=True):
        if cosine < TOLERANCE:
            yield f"the vector of {what} {row} is not that of its text (cosine {cosine:.4f})"


def _check_passage(
    article: StoredArticle, stored: StoredPassage, row: int, next_sentence: int
) -> Iterator[str]:
    passage = stored.passage
    if article.text[passage.start : passage.end] != passage.text:
        yield f"passage {passage.id} is not the slice of its article that it claims to be"
    if stored.row != row:
        yield f"passage {passage.id} stands in row {stored.row} instead of {row}"
    if list(stored.sentence_rows) != list(range(next_sentence, next_sentence + len(passage.sentences))):
        yield f"the sentences of passage {passage.id} are not in their rows"
    for sentence in passage.sentences:
        if not passage.start <= sentence.start < sentence.end <= passage.end:
            yield f"a sentence of passage {passage.id} lies outside of it"


def _whole(encoder: QueryEncoder) -> Encoder:
    """Return the encoder as one that encodes passages too: both of ours do."""
    from index.model import TorchEncoder
    from index.onnx_encoder import OnnxEncoder

    assert isinstance(encoder, OnnxEncoder | TorchEncoder)
    return encoder
