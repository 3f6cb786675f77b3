from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from eval.cases import EvalSetError
from eval.retrieval.beir import Query
from eval.retrieval.documents import in_articles, names_of, rank_documents
from index.files import IndexedFile

NAMES = names_of(
    ["bees", "med-10", "twins-a", "twins-b"],
    [
        IndexedFile(0, "insects/Bees of 2020.md", "0", "bees", None),
        IndexedFile(0, "a/twin.md", "1", "twins-a", None),
        IndexedFile(0, "b/twin.md", "2", "twins-b", None),
        IndexedFile(0, "broken.md", "3", None, "{}"),
    ],
)


@pytest.mark.parametrize(
    ("document", "article"),
    [
        ("bees", "bees"),
        ("Bees of 2020", "bees"),
        ("MED-10", "med-10"),
        ("twin", None),
        ("broken", None),
        ("wasps", None),
    ],
)
def test_a_document_goes_by_its_id_or_its_files_name(document: str, article: str | None) -> None:
    assert NAMES.article(document) == article


def test_grades_are_carried_over_to_articles_the_best_of_two_names_counting() -> None:
    (query,), left_out = in_articles(
        [Query("q", "x", {"bees": 1, "Bees of 2020": 2, "wasps": 0})], NAMES, skip_missing=False
    )
    assert (query.grades, left_out) == ({"bees": 2}, 0)


def test_a_query_whose_document_is_not_indexed_is_an_error_or_left_out_and_counted() -> None:
    queries = [Query("q1", "x", {"bees": 1}), Query("q2", "y", {"bees": 1, "wasps": 1})]
    with pytest.raises(
        EvalSetError, match=r"query q2: its document 'wasps' is not in the index, and so it is with 1"
    ):
        in_articles(queries, NAMES, skip_missing=False)
    kept, left_out = in_articles(queries, NAMES, skip_missing=True)
    assert ([query.id for query in kept], left_out) == (["q1"], 1)


def test_nothing_left_to_judge_is_an_error_and_never_a_row_of_zeros() -> None:
    for queries in ([Query("q", "x", {"wasps": 1})], [Query("q", "x", {"bees": 0})], [Query("q", "x", {})]):
        with pytest.raises(EvalSetError, match="no query has a relevant document in the index"):
            in_articles(queries, NAMES, skip_missing=True)


@dataclass(frozen=True)
class Passage:
    id: str


@dataclass(frozen=True)
class Hit:
    passage: Passage
    score: float


@dataclass
class Searcher:
    """Finds as many passages as it is asked for of those it has."""

    hits: Sequence[Hit]
    asked: list[int] = field(default_factory=list)

    def search(self, question: str, k: int, /) -> Sequence[Hit]:
        self.asked.append(k)
        return self.hits[:k]


def hit(name: str, score: float) -> Hit:
    return Hit(Passage(name), score)


def test_an_article_is_as_good_as_its_best_passage_and_equal_ones_fall_by_id() -> None:
    searcher = Searcher([hit("b#x/1", 0.9), hit("a#x/1", 0.8), hit("b#y/1", 0.7), hit("c#x/2", 0.8)])
    assert rank_documents(searcher, "?") == ["b", "c", "a"]


def test_more_passages_are_asked_for_until_there_are_enough_articles() -> None:
    long = [hit(f"long#x/{n}", 1 - n / 1e5) for n in range(1000)]
    searcher = Searcher([*long, hit("other#x/1", 0.1)])
    assert rank_documents(searcher, "?", depth=2) == ["long", "other"]
    assert searcher.asked == [400, 1600]


def test_only_so_many_articles_are_kept() -> None:
    searcher = Searcher([hit(f"d{n:03}#x/1", 1 - n / 1000) for n in range(300)])
    assert len(rank_documents(searcher, "?")) == 100
