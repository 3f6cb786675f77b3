"""Which article a document's name stands for, and the ranking of documents by their best passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from corpus.text import slug
from eval.cases import EvalSetError
from eval.engine import Found, Searcher
from eval.metrics import rank
from eval.retrieval.beir import Query
from index.files import IndexedFile

DEPTH = 100
"""Documents that are ranked for each question."""
_FIRST_PASSAGES = 400


@dataclass(frozen=True, slots=True)
class Named:
    """The articles of an index by all names that a document may go by."""

    by_id: frozenset[str]
    by_file: Mapping[str, str]
    """Article by the name of its file without the ending; a name that two files share is left out."""

    def article(self, document: str) -> str | None:
        """Return the article that a document's name means: its id, its file's name, or nearly its id."""
        if document in self.by_id:
            return document
        if document in self.by_file:
            return self.by_file[document]
        return slug(document) if slug(document) in self.by_id else None


def names_of(article_ids: Iterable[str], files: Iterable[IndexedFile]) -> Named:
    """Return the names of the articles of an index."""
    owners: dict[str, set[str]] = {}
    for file in files:
        if file.article is not None:
            owners.setdefault(PurePosixPath(file.path).stem, set()).add(file.article)
    single = {stem: min(articles) for stem, articles in owners.items() if len(articles) == 1}
    return Named(frozenset(article_ids), single)


def in_articles(queries: Sequence[Query], names: Named, *, skip_missing: bool) -> tuple[list[Query], int]:
    """Return the queries with articles in the place of document names, and how many were left out.

    A relevant document that is not indexed could never be found, so its query is no fair question: it is
    left out with ``skip_missing``, else it is an error. Raises EvalSetError, also if no query is left.
    """
    kept: list[Query] = []
    missing: list[tuple[Query, str]] = []
    for query in queries:
        lost = [name for name in sorted(query.relevant) if names.article(name) is None]
        if lost:
            missing.append((query, lost[0]))
        else:
            kept.append(_renamed(query, names))
    if missing and not skip_missing:
        query, name = missing[0]
        raise EvalSetError(
            f"query {query.id}",
            f"its document {name!r} is not in the index, and so it is with {len(missing)} queries",
            mend="Name documents by article id or file name, index them all, or give --skip-missing.",
        )
    if not any(query.relevant for query in kept):
        raise EvalSetError(
            "qrels", "no query has a relevant document in the index", mend="Open the home that holds them."
        )
    return kept, len(missing)


def _renamed(query: Query, names: Named) -> Query:
    grades: dict[str, int] = {}
    for name, grade in query.grades.items():
        article = names.article(name)
        if article is not None:
            grades[article] = max(grade, grades.get(article, grade))
    return replace(query, grades=grades)


def rank_documents(searcher: Searcher, question: str, depth: int = DEPTH) -> list[str]:
    """Return the best ``depth`` articles for a question, each as good as its best passage.

    More passages are asked for until there are enough articles or no more passages.
    """
    passages = _FIRST_PASSAGES
    while True:
        hits = searcher.search(question, passages)
        best = _best(hits)
        if len(best) >= depth or len(hits) < passages:
            return rank(best)[:depth]
        passages *= 4


def _best(hits: Iterable[Found]) -> dict[str, float]:
    best: dict[str, float] = {}
    for hit in hits:
        article = hit.passage.id.partition("#")[0]
        best[article] = max(hit.score, best.get(article, hit.score))
    return best
