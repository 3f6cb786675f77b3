"""The words of all passages: BM25 with stemming. The only module that imports tantivy."""

from __future__ import annotations

import math
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import tantivy

from index.errors import BuildFailed, IndexBroken

WORDS_VERSION = 2
"""Part of the index's fingerprint: raise it when words would be indexed differently."""

_ANALYZER = "en_stem"
_BM25_K1 = 1.2
_OTHER_NAME = 0.9
"""What another name of a thing counts against the name in the question."""
_WRITER_BYTES = 50_000_000
_STOP_WORDS = frozenset(
    """
    a about actually after again all also am an and any are as at be because been before being between but
    by can could did do does doing done else even ever every few for from get getting give go goes
    going got had has have having he her hers him his how i if in into is it its just kind know let
    like lot make many may maybe me might mine more most much my myself need no nor not now of off
    ok on once one only or other our out over own please quite really same say see she should so
    some something sort such tell than that the their them then there these they thing things think
    this those though through to too try under until up us very want was way we well were what when
    where whether which while who whom whose why will with without would yes you your yours explain
    mean means meaning called i'm i've it's what's during don't doesn't didn't isn't aren't can't
    won't im ive whats dont doesnt s t d ll re ve m
    """.split()
)
_FOLDS = (
    (re.compile(r"(?<=[a-z])oe(?=[a-z])|\boe(?=[a-z])"), "e"),
    (re.compile(r"(?<=[a-z])ae(?=[a-z])|\bae(?=[a-z])"), "e"),
    (re.compile(r"(?<=[a-z])our(?=s?\b)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|ations)\b)"), "iz"),
    (re.compile(r"(?<=[a-z])tre\b"), "ter"),
)


@dataclass(frozen=True, slots=True)
class WordHit:
    """A passage found by its words."""

    row: int
    score: float
    """BM25 score over the most that this question's words could reach: 0 to about 1."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Terms of a question that name one thing, and the other names of that thing."""

    terms: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    """The terms of each other name; all of them together stand for ``terms``."""


class WordIndex:
    """The words of all passages, by row number."""

    def __init__(self, index: tantivy.Index, private_copy: tempfile.TemporaryDirectory[str] | None) -> None:
        self._index = index
        self._searcher = index.searcher()
        self._private_copy = private_copy  # it is deleted with this object
        self._frequency = lru_cache(maxsize=4096)(self._document_frequency)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def rows(self) -> list[int]:
        """Return the row number of every passage that has words here, in no order."""
        found = self._searcher.search(tantivy.Query.all_query(), limit=max(1, len(self)))
        return [int(self._searcher.doc(address)["row"][0]) for _, address in found.hits]

    def holds(self, row: int, terms: Iterable[str]) -> bool:
        """Whether the passage in ``row`` has every one of ``terms``."""
        schema = self._index.schema
        queries = [tantivy.Query.term_query(schema, "text", term) for term in dict.fromkeys(terms)]
        queries.append(tantivy.Query.term_query(schema, "row", row))
        wanted = tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])
        return bool(self._searcher.search(wanted, limit=1).hits)

    def weights(self, terms: Iterable[str]) -> dict[str, float]:
        """Return each term's inverse document frequency; a term that no passage has weighs most."""
        return {term: self._weight(self._frequency(term)) for term in terms}

    def known(self, term: str) -> bool:
        """Whether any passage has ``term`` (as ``terms_of`` gives it)."""
        return self._frequency(term) > 0

    def search(
        self, terms: Sequence[str], k: int, alternatives: Sequence[Alternatives] = ()
    ) -> list[WordHit]:
        """Return the ``k`` best passages for ``terms``, best first, equal scores by row.

        A passage with another name of a thing scores at most what the question's own name could,
        so that many names of one thing neither add up nor thin out the rest.
        """
        weights = self.weights(dict.fromkeys(terms))
        attainable = sum(weights.values()) * (_BM25_K1 + 1)
        queries: list[tantivy.Query] = []
        own = dict(weights)
        for one in alternatives:
            if one.terms and all(term in own for term in one.terms):
                queries += self._named(one)
                for term in one.terms:
                    own.pop(term, None)
        queries += [self._term(term) for term in own if self.known(term)]
        if not queries or k < 1:
            return []
        wanted = tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])
        found = self._searcher.search(wanted, limit=min(k, len(self)))
        hits = [
            WordHit(int(self._searcher.doc(address)["row"][0]), score / attainable)
            for score, address in found.hits
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.row))

    def _named(self, one: Alternatives) -> list[tantivy.Query]:
        """Return the query for a thing under any of its names, the best of which counts."""
        names = [
            tantivy.Query.boolean_query([(tantivy.Occur.Should, self._term(term)) for term in one.terms])
        ]
        worth = sum(self.weights(one.terms).values())
        for other in one.others:
            if not other or not all(map(self.known, other)):
                continue
            whole = tantivy.Query.boolean_query([(tantivy.Occur.Must, self._term(term)) for term in other])
            boost = _OTHER_NAME * worth / sum(self.weights(other).values())
            names.append(tantivy.Query.boost_query(whole, boost))
        return [tantivy.Query.disjunction_max_query(names)]

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, "text", term)

    def _document_frequency(self, term: str) -> int:
        return int(self._searcher.doc_freq("text", term))

    def _weight(self, frequency: int) -> float:
        return math.log(1 + (len(self) - frequency + 0.5) / (frequency + 0.5))


class WordWriter:
    """Takes the words of passages in a stream; call ``close`` to finish.

    Every method raises BuildFailed if the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        with self._writing():
            self._index = tantivy.Index(_schema(), path=str(folder))
            self._writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)

    def add(self, row: int, text: str) -> None:
        """Add a passage's words under its row number."""
        with self._writing():
            document = tantivy.Document(text=fold_spelling(text))
            document.add_unsigned("row", row)
            self._writer.add_document(document)

    def close(self) -> None:
        """Write what is left."""
        with self._writing():
            self._writer.commit()
            self._writer.wait_merging_threads()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError, RuntimeError) as error:
            raise BuildFailed(
                f"the words cannot be written ({str(error).splitlines()[0] if str(error) else 'no reason'})",
                where=self._folder,
                mend="Check the free space and the folder's permissions; the live index is as it was.",
            ) from error


def terms_of(text: str) -> list[str]:
    """Return the stemmed content words of ``text``, in order, spellings folded to one form."""
    return [term for term in _analyzer().analyze(fold_spelling(_without_stop_words(text))) if term]


def stems_of(text: str) -> list[str]:
    """Return every stemmed word of ``text``, stop words included."""
    return list(_analyzer().analyze(fold_spelling(text)))


def fold_spelling(text: str) -> str:
    """Fold UK and US spellings ("oestrogen", "tumour", "randomise") to one; for matching only."""
    return " ".join(map(_fold_word, text.lower().replace("’", "'").split()))


@lru_cache(maxsize=65_536)
def _fold_word(word: str) -> str:
    for pattern, replacement in _FOLDS:
        word = pattern.sub(replacement, word)
    return word


def open_words(folder: Path) -> WordIndex:
    """Open what ``write_words`` wrote, through a private copy if the folder may not be written to.

    Raises IndexBroken if it is not readable.
    """
    if not folder.is_dir():
        raise IndexBroken("the words are missing", where=folder, mend="Run `mbc-chat index build --full`.")
    try:
        return WordIndex(tantivy.Index.open(str(folder)), None)
    except (ValueError, OSError):
        return _open_copy(folder)


def _open_copy(folder: Path) -> WordIndex:
    copy = tempfile.TemporaryDirectory(prefix="mbc-chat-words-")
    try:
        target = Path(copy.name) / "words"
        shutil.copytree(folder, target, copy_function=shutil.copyfile)
        return WordIndex(tantivy.Index.open(str(target)), copy)
    except (ValueError, OSError) as error:
        copy.cleanup()
        raise IndexBroken(
            "the words cannot be read", where=folder, mend="Run `mbc-chat index build --full`."
        ) from error


@lru_cache(maxsize=1)
def _analyzer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english")).build()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=True, indexed=True)
    builder.add_text_field("text", stored=False, tokenizer_name=_ANALYZER, index_option="freq")
    return builder.build()


def _without_stop_words(text: str) -> str:
    words = re.findall(r"[^\W_]+(?:'[a-z]+)?", text.lower().replace("’", "'"))
    return " ".join(word for word in words if not {word, word.partition("'")[0]} & _STOP_WORDS)
